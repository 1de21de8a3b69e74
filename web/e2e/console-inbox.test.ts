/** Agents at the inbox and a user of the widget, in real browsers. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { Office, boss } from './office.ts';
import type { Colleague, Desk } from './office.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

describe.skipIf(browserSkipped())('the inbox of the console', () => {
  const world = World.begin();
  const office = new Office(world);
  let lou: Colleague;

  beforeAll(async () => {
    lou = office.newcomer('Lou');
    const desk = await office.invite(lou);
    await desk.page.context().close();
  });

  /** A user who has asked something, in front of the open widget. */
  async function asking(text: string): Promise<{ visitor: Visitor; name: string }> {
    const id = world.newcomer('ana');
    const name = `Ana ${id}`;
    await world.rest.createUser(id, { givenName: name });
    const visitor = await world.visitAs(id);
    await visitor.open();
    await visitor.send(text);
    return { visitor, name };
  }

  const entry = ({ page }: Desk, name: string): Locator => page.getByRole('link').filter({ hasText: name });
  const log = ({ page }: Desk): Locator => page.getByRole('log');
  const said = (desk: Desk, text: string): Locator => log(desk).getByText(text, { exact: true });
  const composer = (desk: Desk): Locator => desk.page.getByRole('textbox', { name: 'Answer' });

  async function open(desk: Desk, name: string): Promise<void> {
    await entry(desk, name).click();
    await desk.heading(name).first().waitFor();
    await composer(desk).waitFor();
  }

  async function answer(desk: Desk, text: string): Promise<void> {
    await composer(desk).fill(text);
    await desk.button('Send').click();
  }

  it('has what a user asks, live, and brings the answer to them', async () => {
    const desk = await office.signIn(boss);
    const { visitor, name } = await asking('Where is my order?');
    await entry(desk, name).getByText('Where is my order?').waitFor();
    await open(desk, name);
    await said(desk, 'Where is my order?').waitFor();
    await visitor.page.bringToFront();
    await visitor.log.getByText('Seen').waitFor();
    await answer(desk, 'It is **on its way**.');
    await visitor.log.getByText('It is on its way.').waitFor();
    await visitor.log.getByText(boss.name).waitFor();
    await desk.page.bringToFront();
    await log(desk).getByText('Seen').waitFor();
    expect(await log(desk).locator('strong').allTextContents()).toEqual(['on its way']);
    await visitor.send('Thank you!');
    await said(desk, 'Thank you!').waitFor();
  });

  it('shows two agents the same, and each what the other is at', async () => {
    const { name } = await asking('Do ferns like coffee?');
    const [one, other] = [await office.signIn(boss), await office.signIn(lou)];
    await open(one, name);
    await open(other, name);
    await composer(other).pressSequentially('I think');
    await log(one).getByText(`${lou.name} is answering…`).waitFor();
    await composer(other).fill('');
    await one.button('Assign').click();
    await one.page.getByRole('menuitemradio', { name: 'To me' }).click();
    await log(other).getByText(`${boss.name} took this`).waitFor();
    await other.button(`Answered by ${boss.name}`).waitFor();
    await one.page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await other.button('Assign').waitFor();
  });

  it('does not send a second answer before one has seen the first', async () => {
    const { visitor, name } = await asking('Is anybody here?');
    const [one, other] = [await office.signIn(boss), await office.signIn(lou)];
    await open(one, name);
    await open(other, name);
    await said(other, 'Is anybody here?').waitFor();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await other.page.route('**/messages', async (route) => {
      await held;
      await route.continue();
    });
    const asked = other.page.waitForRequest('**/messages');
    await answer(other, 'Me, too.');
    await asked;
    await answer(one, 'I am.');
    await visitor.said('I am.').waitFor();
    letGo();
    await other.alert.getByText('not sent yet').waitFor();
    await said(other, 'I am.').waitFor();
    await other.button('Look first').click();
    await expect.poll(() => composer(other).inputValue()).toBe('Me, too.');
    expect(await visitor.said('Me, too.').count()).toBe(0);
    await other.button('Send').click();
    await visitor.said('Me, too.').waitFor();
  });

  it('keeps notes among agents', async () => {
    const { visitor, name } = await asking('May I send it back?');
    const [one, other] = [await office.signIn(boss), await office.signIn(lou)];
    await open(one, name);
    await open(other, name);
    await one.page.getByRole('button', { name: 'Note', exact: true }).click();
    await one.page.getByRole('textbox', { name: 'Note for the team' }).fill('Third time *this month*.');
    await one.button('Add note').click();
    const note = other.page.getByRole('note');
    await note.getByText('Third time this month.').waitFor();
    expect(await note.textContent()).toContain(boss.name);
    await one.page.getByRole('button', { name: 'Answer', exact: true }).click();
    await answer(one, 'Of course.');
    await visitor.said('Of course.').waitFor();
    expect(await visitor.log.getByText('Third time').count()).toBe(0);
    await visitor.page.reload();
    await visitor.open();
    await visitor.said('Of course.').waitFor();
    expect(await visitor.log.getByText('Third time').count()).toBe(0);
  });

  it('closes, reopens and puts off, and a user who writes brings it back', async () => {
    const { visitor, name } = await asking('The pot is broken.');
    const desk = await office.signIn(boss);
    await open(desk, name);
    await desk.button('Close').click();
    await log(desk).getByText(`${boss.name} closed this`).waitFor();
    await desk.page.getByRole('link', { name: /^Closed/ }).click();
    await entry(desk, name).waitFor();
    await open(desk, name);
    await desk.button('Reopen').click();
    await log(desk).getByText(`${boss.name} opened this again`).waitFor();
    await desk.button('Snooze').click();
    await desk.page.getByRole('menuitem', { name: 'Tomorrow morning' }).click();
    await desk.page.getByRole('link', { name: /^Snoozed/ }).click();
    await entry(desk, name).waitFor();
    await visitor.send('Hello?');
    await desk.page.getByRole('link', { name: /^Waiting/ }).click();
    await entry(desk, name).getByText('Hello?').waitFor();
  });

  it('says how sure we are who somebody is, and what is signed', async () => {
    const { visitor, name } = await asking('Who am I?');
    const desk = await office.signIn(boss);
    await open(desk, name);
    await desk.button('About this person').click();
    const panel = desk.page.getByRole('complementary', { name: 'Person' });
    await panel.getByText('Signed in by your own site').waitFor();
    await panel.getByText('External ID').waitFor();
    const page = new URL(visitor.page.url());
    await panel.getByText(page.origin + page.pathname).waitFor();
    await desk.button('Close the panel').click();
    await panel.waitFor({ state: 'detached' });
  });

  it('shows what the user sees, and presses nothing in their place', async () => {
    const { name } = await asking('What have you got?');
    const [conversation] = await world.rest.conversationsOf(name.replace('Ana ', ''));
    const actions = [{ type: 'postback', text: 'Buy it', payload: 'fern' }];
    const content = { type: 'carousel', items: [{ title: 'Maidenhair', description: 'Never let it dry out', actions }] };
    await world.rest.call('POST', `/conversations/${conversation?.id}/messages`, { author: { type: 'business', displayName: 'Shop bot' }, content });
    const desk = await office.signIn(boss);
    await desk.page.getByRole('link', { name: /^All open/ }).click();
    await open(desk, name);
    await log(desk).getByText('Never let it dry out').waitFor();
    const button = log(desk).locator('.actions button').filter({ hasText: 'Buy it' });
    await button.waitFor();
    expect(await button.evaluate((element) => element.closest('[inert]') !== null)).toBe(true);
  });

  it('loads what was said before, and nothing moves by that, however long it is', async () => {
    const { name } = await asking('The beginning');
    const [conversation] = await world.rest.conversationsOf(name.replace('Ana ', ''));
    for (let i = 1; i <= 240; i++) await world.rest.say(conversation?.id ?? '', `line ${i}`);
    const desk = await office.signIn(boss);
    await desk.page.getByRole('link', { name: /^All open/ }).click();
    await open(desk, name);
    await said(desk, 'line 240').waitFor();
    expect(await said(desk, 'line 1').count()).toBe(0);
    const first = said(desk, 'line 194');
    const before = await first.evaluate((element) => {
      element.scrollIntoView({ block: 'start', behavior: 'instant' });
      return element.getBoundingClientRect().top;
    });
    await said(desk, 'line 150').waitFor({ state: 'attached' });
    expect(Math.abs((await first.evaluate((element) => element.getBoundingClientRect().top)) - before)).toBeLessThan(2);
    await expect.poll(async () => {
      await log(desk).evaluate((element) => element.parentElement?.scrollTo({ top: 0, behavior: 'instant' }));
      return said(desk, 'The beginning').isVisible();
    }).toBe(true);
    expect(await log(desk).locator('.message').count()).toBeLessThan(151);
    await desk.button('Jump to latest').click();
    await expect.poll(() => said(desk, 'line 240').evaluate((element) => element.getBoundingClientRect().bottom < innerHeight)).toBe(true);
    expect(await said(desk, 'The beginning').count()).toBe(0);
  });

  it('keeps what is written, of each conversation its own', async () => {
    const [first, second] = [await asking('One'), await asking('Two')];
    const desk = await office.signIn(boss);
    await open(desk, first.name);
    await composer(desk).fill('for the first');
    await open(desk, second.name);
    await expect.poll(() => composer(desk).inputValue()).toBe('');
    await desk.page.reload();
    await open(desk, first.name);
    await expect.poll(() => composer(desk).inputValue()).toBe('for the first');
    await first.visitor.page.close();
    await second.visitor.page.close();
  });

  it('says that the line is lost, and has everything when it is back', async () => {
    const { name } = await asking('Before');
    const desk = await office.signIn(boss);
    await open(desk, name);
    await said(desk, 'Before').waitFor();
    world.wire.cut();
    await desk.page.getByText('The connection is lost.').waitFor();
    const [conversation] = await world.rest.conversationsOf(name.replace('Ana ', ''));
    await world.rest.say(conversation?.id ?? '', 'from a program meanwhile');
    world.wire.mend();
    await said(desk, 'from a program meanwhile').waitFor();
    await desk.page.getByText('The connection is lost.').waitFor({ state: 'detached' });
    expect(await said(desk, 'Before').count()).toBe(1);
  });

  it('is worked with by keys alone', async () => {
    const { visitor, name } = await asking('By keys?');
    const desk = await office.signIn(boss);
    const { keyboard } = desk.page;
    await desk.page.getByRole('link', { name: /^All open/ }).press('Enter');
    await desk.page.waitForURL(/\/inbox\/open$/);
    await desk.page.getByRole('link').filter({ hasText: 'By keys?' }).waitFor();
    const current = desk.page.locator('.entry[aria-current]');
    for (let i = 0; i < 20 && !(await current.filter({ hasText: name }).count()); i++) {
      const before = desk.page.url();
      await keyboard.press('j');
      await desk.page.waitForURL((url) => url.href !== before);
      await current.waitFor();
    }
    await said(desk, 'By keys?').waitFor();
    // The focus is where one is, not on the view, and follows once that is drawn.
    const focused = desk.page.locator('.entry:focus').filter({ hasText: 'By keys?' });
    await focused.waitFor();
    await keyboard.press('Enter');
    await said(desk, 'By keys?').waitFor();
    await focused.waitFor();
    await keyboard.press('r');
    await expect.poll(() => composer(desk).evaluate((field) => field === document.activeElement)).toBe(true);
    await keyboard.type('By keys.');
    await keyboard.press('Enter');
    await visitor.said('By keys.').waitFor();
    await keyboard.press('Escape');
    await keyboard.press('e');
    await log(desk).getByText(`${boss.name} closed this`).waitFor();
    await keyboard.press('z');
    await log(desk).getByText(`${boss.name} opened this again`).waitFor();
  });

  it('goes on to who waits next, from any page', async () => {
    const first = await asking('I wait first');
    const second = await asking('I wait second');
    const desk = await office.signIn(boss);
    await desk.page.getByRole('link', { name: 'People' }).press('Enter');
    await desk.heading('People').first().waitFor();
    const waiting = await desk.page.getByRole('link', { name: /^Waiting/ }).textContent();
    const seen: string[] = [];
    for (let i = 0; i < Number(/\d+/.exec(waiting ?? '')?.[0]); i++) {
      const before = desk.page.url();
      await desk.page.keyboard.press('w');
      await desk.page.waitForURL((url) => url.href !== before && url.pathname.includes('/inbox/waiting/'));
      // Who comes from another page is at the beginning of this one.
      await desk.page.locator(i === 0 ? '.entry[aria-current]' : '.entry[aria-current]:focus').waitFor();
      seen.push((await desk.page.locator('.entry[aria-current]').textContent()) ?? '');
    }
    const placeOf = ({ name }: { name: string }) => seen.findIndex((row) => row.includes(name));
    expect(placeOf(first)).toBeGreaterThanOrEqual(0);
    expect(placeOf(second)).toBe(placeOf(first) + 1);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('has no barriers that axe finds', async () => {
    const { name } = await asking('Is it for everybody?');
    const desk = await office.signIn(boss, { bypassCSP: true });
    await entry(desk, name).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await open(desk, name);
    await answer(desk, 'With `code` and\n- a list');
    await said(desk, 'a list').waitFor();
    await desk.page.getByRole('button', { name: 'Note', exact: true }).click();
    await desk.page.getByRole('textbox', { name: 'Note for the team' }).fill('A note');
    await desk.button('Add note').click();
    await desk.page.getByRole('note').waitFor();
    if ((await desk.page.getByRole('complementary').count()) === 0) await desk.button('About this person').click();
    await desk.page.getByText('Signed in by your own site').last().waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.button('Snooze').click();
    await desk.page.getByRole('menuitem', { name: 'Tomorrow morning' }).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
  });

  it('is one pane after the other on a phone', async () => {
    const { name } = await asking('On the way');
    const desk = await office.signIn(boss, { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
    await entry(desk, name).tap();
    await composer(desk).waitFor();
    expect(await entry(desk, name).isVisible()).toBe(false);
    await desk.button('About this person').tap();
    await desk.page.getByText('Signed in by your own site').last().waitFor();
    expect(await composer(desk).isVisible()).toBe(false);
    await desk.button('Close the panel').tap();
    await desk.page.getByRole('link', { name: 'Back' }).tap();
    await entry(desk, name).waitFor();
    await desk.button('Open the menu').tap();
    await desk.page.getByRole('link', { name: /^Closed/ }).tap();
    await desk.heading('Closed').waitFor();
    expect(await desk.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
