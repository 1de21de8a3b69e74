/** When somebody is there to answer, and what people are told by mail who are not: set at the console, told in the chat and in a real mailbox. */
import { afterAll, describe, expect, it } from 'vitest';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { Mailbox } from './mailbox.ts';
import { Office, boss } from './office.ts';
import type { Desk } from './office.ts';
import { World } from './world.ts';

const mailbox = await Mailbox.open();
afterAll(() => mailbox.close());

describe.skipIf(browserSkipped())('hours and mail', () => {
  const world = World.begin({ PARLOR_SMTP: mailbox.url });
  const office = new Office(world);

  async function at(page: string, desk?: Desk): Promise<Desk> {
    const here = desk ?? (await office.boss());
    await here.page.getByRole('link', { name: page, exact: true }).click();
    await here.heading(page).waitFor();
    return here;
  }

  const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  it('business hours are set by keyboard, and the chat says when nobody is there, until somebody is', async () => {
    const desk = await at('Business hours');
    const { keyboard } = desk.page;
    await desk.page.getByText('It stays open.').waitFor();
    await desk.button('Add hours: Monday').focus();
    await keyboard.press('Enter');
    const from = desk.field('Monday, from (1)');
    await expect.poll(() => from.evaluate((input) => input === document.activeElement)).toBe(true);
    await keyboard.type('0630');
    expect(await from.inputValue()).toBe('06:30');
    await desk.button('Same from Tuesday to Friday').focus();
    await keyboard.press('Enter');
    expect(await desk.field('Friday, from (1)').inputValue()).toBe('06:30');
    await desk.button('Add a holiday').focus();
    await keyboard.press('Enter');
    await keyboard.type('Summer break');
    await desk.field('First day').fill(dayFromNow(-1));
    await desk.field('Last day').fill(dayFromNow(-2));
    await keyboard.press('Enter');
    await desk.alert.getByText('Must not be before the first day').waitFor();
    await desk.field('Last day').fill(dayFromNow(20));
    await keyboard.press('Enter');
    await desk.page.getByText('Now closed.').waitFor();
    expect(await desk.page.getByText('Summer break', { exact: true }).count()).toBe(7);
    expect(await barriers(desk.page)).toEqual([]);

    const externalId = world.newcomer('ana');
    const browser = await world.newBrowser({ timezoneId: 'Asia/Tokyo' });
    await browser.clock.install();
    const ana = await world.visit(world.company.page({ externalId, jwt: world.tokenOf(externalId) }), browser);
    await ana.began();
    await ana.open();
    const note = ana.chat.getByText(/^Nobody is here right now\. We are back: \w+day.*3:30/);
    await note.waitFor();
    await ana.chat.getByText(/^Next answers: /).waitFor();
    await ana.composer.fill('I write anyway');
    await ana.composer.press('Enter');
    await ana.said('I write anyway').waitFor();

    await desk.button('Remove Summer break').click();
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) await desk.button(`Remove hours 1 of ${day}`).click();
    const letGo = await desk.delay('**/business-hours');
    await desk.button('Save').click();
    await desk.button('Add hours: Saturday').click();
    letGo();
    await desk.page.getByText('It stays open.').waitFor();
    expect(await desk.field('Saturday, from (1)').inputValue()).toBe('09:00');
    expect(await desk.page.getByText('Saved', { exact: true }).count()).toBe(0);
    await desk.button('Remove hours 1 of Saturday').click();
    await desk.button('Save').click();
    await desk.page.getByText('Saved', { exact: true }).waitFor();
    await browser.clock.fastForward('11:00');
    await note.waitFor({ state: 'detached' });
    expect(await ana.chat.getByText(/Next answers/).count()).toBe(0);
  });

  it('a user who is away gets the answer by mail, comes back by its link, and ends it with one click', async () => {
    const desk = await at('Settings');
    const form = desk.page.getByRole('form', { name: 'Mail' });
    await form.getByLabel('Tell users of answers they have not read for', { exact: true }).fill('1');
    await form.getByLabel('Unit of: Tell users of answers they have not read for').selectOption('s');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Saved', { exact: true }).waitFor();
    await form.getByRole('button', { name: 'Send me a test mail' }).click();
    await mailbox.textFor(boss.email, 'Mail from Fernhill arrives.');
    const keeping = desk.page.getByRole('form', { name: 'What is kept' });
    await keeping.getByLabel('Messages are kept for', { exact: true }).fill('30');
    await keeping.getByRole('button', { name: 'Save' }).click();
    await desk.dialog.getByText('Nothing is that old yet', { exact: false }).waitFor();
    expect(await desk.button('Remove and save').isDisabled()).toBe(true);
    await desk.dialog.getByRole('textbox').fill('Fernhill');
    await desk.button('Remove and save').click();
    await keeping.getByText('Saved', { exact: true }).waitFor();
    await world.parlor.command('app', 'set', world.app.id, 'email_login=known');

    const externalId = world.newcomer('ana');
    const address = `${externalId}@example.com`;
    await world.rest.createUser(externalId, { givenName: 'Ana', email: address });
    const ana = await world.visitAs(externalId);
    await ana.open();
    await ana.send('Where is my order?');
    await ana.page.close();
    const newer = await world.rest.createConversation(externalId, { displayName: 'Another one' });
    await world.rest.call('POST', `/conversations/${newer.id}/messages`, { author: { type: 'business' }, content: { type: 'text', text: 'Something else' } });

    await desk.page.getByRole('link', { name: /^Waiting/ }).click();
    await desk.page.getByRole('link', { name: /Where is my order/ }).click();
    await desk.page.getByRole('textbox', { name: 'Answer' }).fill('It comes on **Friday**.');
    await desk.page.keyboard.press('Enter');
    const mail = await mailbox.textFor(address, 'It comes on Friday.');
    expect(mail).not.toContain('Something else');
    const [link = ''] = /http\S+\/chat\/\S+/.exec(mail) ?? [];
    const [stop = ''] = /http\S+\/unsubscribe\/[\w/]+/.exec(mail) ?? [];
    expect(mail.replace(/\s+/g, ' ')).toContain(`List-Unsubscribe: <${stop}>`);

    const { pathname, hash } = new URL(link);
    const { page } = await office.visit(pathname + hash);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('textbox', { name: 'Email' }).fill(address);
    await page.getByRole('button', { name: 'Send code' }).click();
    await page.getByRole('textbox', { name: 'Code' }).fill(await mailbox.codeFor(address));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('log').getByText('Friday').waitFor();

    const stopping = await office.visit(new URL(stop).pathname, { bypassCSP: true });
    await stopping.button('Stop the mail').waitFor();
    expect(await barriers(stopping.page)).toEqual([]);
    await stopping.button('Stop the mail').click();
    await stopping.page.getByText('Done: you get no more mail about answers.').waitFor();
    await at('Users', desk);
    await desk.page.getByRole('link', { name: /^Ana/ }).first().click();
    await desk.page.getByText(/^ended it on/).waitFor();

    await desk.page.goto(`${world.wire.url}/console/apps/${world.app.id}/inbox/open`);
    await desk.page.getByRole('link', { name: /It comes on/ }).click();
    await desk.button('More').click();
    await desk.page.getByRole('menuitem', { name: 'Send transcript' }).click();
    await desk.page.getByText(`The transcript is on its way to ${address}.`).waitFor();
    expect(await mailbox.textFor(address, 'This is your conversation')).toMatch(/You · .*\n> Where is my order\?/);
  });
});
