/** What helps agents to answer, in a real browser beside a user of the widget. */
import { describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { png } from './files.ts';
import { Office, boss } from './office.ts';
import type { Desk } from './office.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

describe.skipIf(browserSkipped())('the composer of the console', () => {
  const world = World.begin();
  const office = new Office(world);

  /** A user who has asked something, in front of the open widget. */
  async function asking(text: string, profile: object = {}): Promise<{ visitor: Visitor; name: string }> {
    const id = world.newcomer('ana');
    const name = `Ana ${id}`;
    await world.rest.createUser(id, { givenName: 'Ana', surname: id, ...profile });
    const visitor = await world.visitAs(id);
    await visitor.open();
    await visitor.send(text);
    return { visitor, name };
  }

  const composer = ({ page }: Desk): Locator => page.getByRole('textbox', { name: 'Answer' });
  const options = ({ page }: Desk): Locator => page.getByRole('option');

  async function open(desk: Desk, name: string): Promise<void> {
    await desk.page.getByRole('link').filter({ hasText: name }).click();
    await desk.heading(name).first().waitFor();
    await composer(desk).waitFor();
  }

  async function make(desk: Desk, title: string, shortcut: string, text: string): Promise<void> {
    await desk.button('New reply').click();
    await desk.field('Title').fill(title);
    await desk.field('Shortcut').fill(shortcut);
    await desk.field('Text').fill(text);
    await desk.button('Save').click();
  }

  it('has canned replies, which admins make and agents pick by keys alone, filled in', async () => {
    const desk = await office.boss({ bypassCSP: true });
    await desk.page.getByRole('link', { name: 'Canned replies' }).click();
    await desk.heading('No canned replies yet').waitFor();
    await make(desk, 'Greeting', 'Greet', 'Hi {{user.shoe}}');
    await desk.dialog.getByText(/\{\{user\.shoe\}\}, which does not exist/).waitFor();
    await desk.field('Text').fill('**Hi {{user.first_name|there}}**, this is ');
    await desk.button('Insert a variable').click();
    await desk.page.getByRole('menuitem', { name: 'First name of the agent' }).click();
    await desk.dialog.locator('strong').getByText('Hi Ana', { exact: true }).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.button('Save').click();
    await desk.dialog.waitFor({ state: 'detached' });
    await make(desk, 'Where it goes', 'mail', 'We write to {{user.email}}.');
    await desk.page.getByRole('button', { name: 'Where it goes /mail' }).waitFor();
    expect(await barriers(desk.page)).toEqual([]);

    const { visitor, name } = await asking('Hello?');
    await desk.page.goto(`${world.wire.url}/console`);
    await open(desk, name);
    const { keyboard } = desk.page;
    await composer(desk).press('/');
    await expect.poll(() => options(desk).count()).toBe(2);
    expect(await barriers(desk.page)).toEqual([]);
    await keyboard.press('ArrowDown');
    await expect.poll(() => options(desk).nth(1).getAttribute('aria-selected')).toBe('true');
    expect(await composer(desk).getAttribute('aria-activedescendant')).toBe(await options(desk).nth(1).getAttribute('id'));
    await keyboard.type('gre');
    await expect.poll(() => options(desk).count()).toBe(1);
    await keyboard.press('Enter');
    await expect.poll(() => composer(desk).inputValue()).toBe(`**Hi Ana**, this is ${boss.name.split(' ')[0]}`);
    await keyboard.press('Enter');
    await visitor.log.getByText('Hi Ana, this is Kim').waitFor();
  });

  it('asks before a user reads a variable that nobody filled in', async () => {
    const { visitor, name } = await asking('Where do you write to?');
    const desk = await office.signIn(boss);
    await open(desk, name);
    await desk.button('Canned replies').click();
    await options(desk).filter({ hasText: '/mail' }).click();
    await expect.poll(() => composer(desk).inputValue()).toBe('We write to {{user.email}}.');
    await desk.button('Send').click();
    await desk.heading('A variable is not filled in').waitFor();
    await desk.button('Fill it in').click();
    await desk.button('{{user.email}}').click();
    await desk.page.keyboard.type('you');
    await desk.page.keyboard.press('Enter');
    await visitor.said('We write to you.').waitFor();
    expect(await visitor.log.getByText('{{').count()).toBe(0);
  });

  it('leaves a slash alone that is none of a reply, and a list that was closed', async () => {
    const { visitor, name } = await asking('Slashes?');
    const desk = await office.signIn(boss);
    await open(desk, name);
    await composer(desk).pressSequentially('1/2 and /gre');
    await options(desk).first().waitFor();
    await desk.page.keyboard.press('Escape');
    await desk.page.keyboard.type('at');
    expect(await options(desk).count()).toBe(0);
    await desk.page.keyboard.press('Enter');
    await visitor.said('1/2 and /great').waitFor();
  });

  /** Files as the browser hands them over that are pasted or dropped. */
  async function hand(desk: Desk, how: 'paste' | 'drop', name: string, type: string): Promise<void> {
    await composer(desk).evaluate(
      (field, [how, name, type]) => {
        const data = new DataTransfer();
        data.items.add(new File(['some bytes'], name, { type }));
        if (how === 'paste') return void field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        for (const type of ['dragover', 'drop']) field.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      [how, name, type] as const,
    );
  }

  it('sends files that are chosen, pasted and dropped, in order, and the user opens them', async () => {
    const { visitor, name } = await asking('What does it look like?');
    const desk = await office.signIn(boss, { bypassCSP: true });
    await open(desk, name);
    const chosen = desk.page.waitForEvent('filechooser');
    await desk.button('Attach files').click();
    await (await chosen).setFiles([
      { name: 'lamp.png', mimeType: 'image/png', buffer: png(120, 80) },
      { name: 'run.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
    ]);
    await desk.page.getByText('run.exe is of a type that cannot be sent here.').waitFor();
    await hand(desk, 'paste', 'care.txt', 'text/plain');
    await hand(desk, 'drop', 'wrong.txt', 'text/plain');
    const tray = desk.page.getByRole('list', { name: 'Files to send' });
    await expect.poll(() => tray.getByRole('listitem').count()).toBe(3);
    await desk.button('Remove wrong.txt').click();
    await composer(desk).fill('Like this.');
    expect(await barriers(desk.page)).toEqual([]);
    await desk.button('Send').click();
    await visitor.said('Like this.').waitFor();
    const log = visitor.log;
    const places = await Promise.all([log.locator('a.picture img'), log.getByText('care.txt'), visitor.said('Like this.')].map(async (part) => (await part.boundingBox())?.y ?? 0));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    await log.locator('a.picture').click();
    await visitor.frame.getByRole('dialog').waitFor();
    expect(await tray.count()).toBe(0);
  });

  it('shows how far a file is, stops it, and tries again what failed', async () => {
    const { visitor, name } = await asking('Too slow?');
    const desk = await office.signIn(boss);
    await open(desk, name);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await desk.page.route('**/attachments', async (route) => {
      await held;
      await route.abort().catch(() => undefined);
    });
    await hand(desk, 'paste', 'slow.txt', 'text/plain');
    await hand(desk, 'paste', 'failing.txt', 'text/plain');
    await desk.button('Send').click();
    await desk.page.getByRole('progressbar', { name: 'Uploading slow.txt' }).waitFor();
    await desk.button('Cancel slow.txt').click();
    await desk.page.getByText('slow.txt').waitFor({ state: 'detached' });
    release();
    await desk.page.getByText('Not sent. The server cannot be reached.').waitFor();
    await desk.page.unroute('**/attachments');
    await desk.button('Try again').click();
    await visitor.log.getByText('failing.txt').waitFor();
    expect(await visitor.log.getByText('slow.txt').count()).toBe(0);
  });

  it('has emoji: found by a word while one writes, or in a picker that knows the last ones', async () => {
    const { visitor, name } = await asking('Are you happy?');
    const desk = await office.signIn(boss, { bypassCSP: true });
    await open(desk, name);
    const { keyboard } = desk.page;
    const thumb = '👍\uFE0F';
    const first = desk.page.waitForRequest(/console-emoji-en-/);
    await composer(desk).pressSequentially('Yes :tada');
    await first;
    await options(desk).filter({ hasText: 'party popper' }).first().waitFor();
    await keyboard.press('Enter');
    await expect.poll(() => composer(desk).inputValue()).toBe('Yes 🎉');
    await keyboard.press('Control+Shift+E');
    const search = desk.page.getByRole('combobox', { name: 'Find an emoji' });
    await desk.page.getByRole('group', { name: 'Used lately' }).getByRole('option', { name: 'party popper' }).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await search.fill('+1');
    await expect.poll(() => options(desk).first().getAttribute('aria-label')).toBe('thumbs up');
    await keyboard.press('Enter');
    await expect.poll(() => composer(desk).inputValue()).toBe(`Yes 🎉${thumb}`);
    await keyboard.press('Control+Shift+E');
    await search.press('ArrowDown');
    await search.press('ArrowRight');
    const chosen = await desk.page.locator('.emoji-list [aria-selected=true]').textContent();
    await keyboard.press('Enter');
    await expect.poll(() => composer(desk).inputValue()).toBe(`Yes 🎉${thumb}${chosen}`);
    await keyboard.press('Enter');
    await visitor.said(`Yes 🎉${thumb}${chosen}`).waitFor();
  });

  it('has users rate what was closed, once, where the app asks for it', async () => {
    const desk = await office.signIn(boss, { bypassCSP: true });
    await desk.page.getByRole('link', { name: 'Settings', exact: true }).click();
    const section = desk.page.getByRole('form', { name: 'Ratings' });
    await section.getByRole('switch', { name: 'Ask users for a rating' }).check();
    await section.getByLabel('Question', { exact: true }).fill('Were we of help?');
    await section.getByRole('button', { name: 'Save' }).click();
    await section.getByText('Saved', { exact: true }).waitFor();

    const { visitor, name } = await asking('Is it done?');
    await desk.page.goto(`${world.wire.url}/console`);
    await open(desk, name);
    await composer(desk).fill('It is.');
    await composer(desk).press('Enter');
    await visitor.said('It is.').waitFor();
    await desk.button('Close').click();
    await visitor.log.getByText('Were we of help?').waitFor();
    await desk.page.getByRole('button', { name: 'Undo' }).click();
    await visitor.log.getByText('Were we of help?').waitFor({ state: 'detached' });
    await desk.button('Close').click();

    const faces = () => visitor.frame.getByRole('radiogroup', { name: 'Were we of help?' });
    await faces().waitFor();
    await visitor.page.reload();
    await visitor.open();
    await faces().getByRole('radio', { name: 'All right' }).focus();
    await visitor.page.keyboard.press('Space');
    await visitor.page.keyboard.press('ArrowRight');
    await expect.poll(() => faces().getByRole('radio', { name: 'Good', exact: true }).isChecked()).toBe(true);
    await visitor.frame.getByLabel('Tell us more (optional)').fill('Quick and kind');
    await visitor.page.keyboard.press('Enter');
    await visitor.log.getByText('Thank you for your rating.').waitFor();
    await visitor.log.getByText('4 of 5').waitFor();
    await visitor.page.reload();
    await visitor.open();
    await visitor.log.getByText('Thank you for your rating.').waitFor();
    expect(await visitor.frame.getByRole('radiogroup').count()).toBe(0);

    const log = desk.page.getByRole('log');
    await log.getByText('Quick and kind').waitFor();
    await log.getByText('4 of 5').waitFor();
    expect(await desk.button('Reopen').count()).toBe(1);
    await desk.button('About this person').click();
    await desk.page.getByRole('complementary').getByText('★★★★☆ 4 of 5').waitFor();
    expect(await barriers(desk.page)).toEqual([]);
  });

  it('knows whom it answers, where people are asked before they write', async () => {
    const desk = await office.signIn(boss);
    await desk.page.getByRole('link', { name: 'Settings', exact: true }).click();
    const section = desk.page.getByRole('form', { name: 'Before the first message' });
    await section.getByLabel('Ask for').selectOption('Their name');
    await section.getByRole('button', { name: 'Save' }).click();
    await section.getByText('Saved', { exact: true }).waitFor();

    const visitor = await world.visit(world.company.page());
    await visitor.launcher.click();
    const asked = visitor.chat.getByRole('textbox', { name: 'Name' });
    await asked.waitFor();
    expect(await visitor.chat.getByRole('textbox').count()).toBe(1);
    await asked.fill('Dora Asked');
    await asked.press('Enter');
    await visitor.composer.waitFor();
    await desk.page.goto(`${world.wire.url}/console`);
    await desk.page.getByRole('link').filter({ hasText: 'Dora Asked' }).waitFor();

    const other = await world.visit(world.company.page({ prechatCapture: { enabled: true } }));
    await other.launcher.click();
    await other.chat.getByRole('textbox', { name: 'E-mail' }).waitFor();
    const known = await world.visitAs(world.newcomer('eve'));
    await known.open();
    await known.send('Nobody asks me');
  });

  it('knows what it is about, where the app has questions of its own', async () => {
    const desk = await office.signIn(boss);
    await desk.page.getByRole('link', { name: 'Settings', exact: true }).click();
    const section = desk.page.getByRole('form', { name: 'Questions of your own' });
    const keys = desk.page.keyboard;
    const asks = async (label: string, kind: string) => {
      await section.getByRole('button', { name: 'Add a question' }).focus();
      await keys.press('Enter');
      await keys.type(label);
      await section.getByRole('group', { name: label }).getByLabel('Answered by').selectOption(kind);
    };
    await asks('Tell us more', 'Several lines');
    await asks('Topic', 'A choice');
    await section.getByRole('group', { name: 'Topic' }).getByRole('switch', { name: 'An answer is needed' }).check();
    await section.getByRole('button', { name: 'Save' }).click();
    await section.getByText(/1 to 20/).waitFor();
    await section.getByLabel('Options').fill('An order\nSomething else\n');
    await section.getByRole('button', { name: 'Move up: Topic' }).focus();
    await keys.press('Enter');
    expect(await desk.page.locator(':focus').getAttribute('aria-label')).toBe('Move up: Topic');
    await section.getByText('Now at place 1 of 2').waitFor({ state: 'attached' });
    await section.getByRole('button', { name: 'Save' }).click();
    await section.getByText('Saved', { exact: true }).waitFor();
    expect(await barriers(desk.page)).toEqual([]);

    const visitor = await world.visit(world.company.page());
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await visitor.page.route('**/prechat', async (route) => (await held, route.continue()));
    await visitor.launcher.click();
    await visitor.composer.fill('Half a sentence');
    release();
    const topic = visitor.chat.getByRole('combobox', { name: 'Topic' });
    await topic.waitFor();
    await visitor.chat.getByRole('textbox', { name: 'Name' }).fill('Gil Asked');
    const more = visitor.chat.getByRole('textbox', { name: 'Tell us more (optional)' });
    await more.fill('It came in two halves.\nBoth are wet.');
    await visitor.chat.getByRole('button', { name: 'Submit' }).click();
    await visitor.chat.getByText('Please fill this in.').waitFor();
    expect(await visitor.chat.locator(':focus').evaluate((element) => element.tagName)).toBe('SELECT');
    expect(await barriers(visitor.page)).toEqual([]);
    await topic.selectOption('An order');
    await visitor.page.context().setOffline(true);
    await visitor.chat.getByRole('button', { name: 'Submit' }).click();
    await visitor.composer.waitFor();
    expect(await visitor.composer.inputValue()).toBe('Half a sentence');
    await visitor.page.context().setOffline(false);
    await visitor.chat.getByText(/^Delivered|^Seen/).waitFor();

    await desk.page.goto(`${world.wire.url}/console`);
    await desk.page.getByRole('link').filter({ hasText: 'Gil Asked' }).click();
    const log = desk.page.getByRole('log');
    await log.getByText('An order').waitFor();
    await log.getByText(/It came in two halves\.\s+Both are wet\./).waitFor();

    const hasty = await world.visit(world.company.page());
    await hasty.launcher.click();
    await hasty.chat.getByRole('textbox', { name: 'Name' }).fill('Hal Asked');
    await hasty.chat.getByRole('combobox', { name: 'Topic' }).selectOption('Something else');
    await hasty.page.keyboard.press('Tab');
    await hasty.chat.getByRole('button', { name: 'Submit' }).click();
    await hasty.chat.getByText('How can we help you?').waitFor();
    expect(await hasty.log.getByText('Tell us more').count()).toBe(0);
  });
});
