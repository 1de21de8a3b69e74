/** What agents have not read, and the views that they keep, in real browsers. */
import { describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { Office, boss } from './office.ts';
import type { Colleague, Desk } from './office.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('views of the inbox', () => {
  const world = World.begin();
  const office = new Office(world);

  /** A user with a conversation in which they have said something. */
  async function talk(name: string, text: string): Promise<{ name: string; say(text: string): Promise<unknown> }> {
    const id = world.newcomer(name.toLowerCase());
    await world.rest.createUser(id, { givenName: name });
    const { id: conversation } = await world.rest.createConversation(id);
    const say = (words: string) => world.rest.say(conversation, words, { type: 'user', userExternalId: id });
    await say(text);
    return { name, say };
  }

  const view = ({ page }: Desk, name: string): Locator => page.getByRole('navigation').getByRole('link', { name });
  const entry = ({ page }: Desk, name: string): Locator => page.getByRole('list', { name: 'Conversations' }).getByRole('link').filter({ hasText: name });

  it('show each agent what they have not read, whatever colleagues have', async () => {
    const lou = office.newcomer('Lou');
    const other = await office.invite(lou);
    const [ana, ben] = [await talk('Ana', 'A question'), await talk('Ben', 'Another question')];
    const desk = await office.signIn(boss);
    await view(desk, 'Unread').click();
    await desk.page.waitForURL(/inbox\/unread/);
    expect(await view(desk, 'Unread').textContent()).toBe('Unread2');
    await entry(desk, ana.name).click();
    await desk.page.getByRole('textbox', { name: 'Answer' }).waitFor();
    await expect.poll(() => view(desk, 'Unread').textContent()).toBe('Unread1');
    await desk.page.keyboard.press('Escape');
    await entry(desk, ana.name).waitFor({ state: 'detached' });
    await entry(desk, ben.name).getByText('unread').waitFor({ state: 'attached' });

    await other.page.bringToFront();
    await view(other, 'Unread').click();
    await entry(other, ana.name).waitFor();
    await expect.poll(() => view(other, 'Unread').textContent()).toBe('Unread2');

    await ana.say('One more thing');
    await desk.page.bringToFront();
    await desk.page.mouse.move(900, 300); // nothing moves in a list that the pointer is on
    await entry(desk, ana.name).getByText('unread').waitFor({ state: 'attached' });
    await expect.poll(() => view(desk, 'Unread').textContent()).toBe('Unread2');
    await desk.page.reload();
    await entry(desk, ana.name).waitFor();
    await entry(desk, ana.name).click();
    await expect.poll(() => view(desk, 'Unread').textContent()).toBe('Unread1');
    await entry(desk, ben.name).click();
    await expect.poll(() => view(desk, 'Unread').textContent()).toBe('Unread');
    await desk.page.keyboard.press('Escape');
    await desk.heading('You have read everything').waitFor();
  });

  it('are kept by an agent for themselves, by tag and by words, and changed and removed', async () => {
    const [cem, dora] = [await talk('Cem', 'A broken teapot'), await talk('Dora', 'A broken lamp')];
    const desk = await office.boss({ bypassCSP: true });
    await view(desk, 'All open').click();
    await entry(desk, cem.name).click();
    await desk.button('Tags').click();
    await desk.dialog.getByLabel('Tags').fill('Fragile');
    await desk.button('Save').click();
    const menu = async (item: string) => {
      await desk.button('Your views').click();
      await desk.page.getByRole('menuitem', { name: item }).click();
    };
    await menu('New view…');
    await desk.dialog.getByLabel('Name').fill('Breakables');
    await desk.dialog.getByLabel('Tag', { exact: true }).fill('Fragile');
    expect(await barriers(desk.page)).toEqual([]);
    await desk.button('Save').click();
    await desk.heading('Breakables').waitFor();
    await entry(desk, cem.name).waitFor();
    expect(await entry(desk, dora.name).count()).toBe(0);

    await desk.page.reload();
    await view(desk, 'Breakables').waitFor();
    await entry(desk, cem.name).waitFor();
    await menu('Change this view…');
    await desk.dialog.getByLabel('Name').fill('Lamps');
    await desk.dialog.getByLabel('Tag', { exact: true }).fill('');
    await desk.dialog.getByLabel('Words').fill('lamp');
    await desk.button('Save').click();
    await desk.heading('Lamps').waitFor();
    await entry(desk, dora.name).waitFor();
    await entry(desk, cem.name).waitFor({ state: 'detached' });
    expect(await barriers(desk.page)).toEqual([]);

    await menu('Remove this view');
    await view(desk, 'Lamps').waitFor({ state: 'detached' });
    await desk.page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await view(desk, 'Lamps').click();
    await entry(desk, dora.name).waitFor();
    const other = await office.signIn(await joined());
    await view(other, 'All open').waitFor();
    expect(await view(other, 'Lamps').count()).toBe(0);
  });

  /** A colleague who has an account. */
  async function joined(): Promise<Colleague> {
    const colleague = office.newcomer('Max');
    const desk = await office.invite(colleague);
    await desk.page.context().close();
    return colleague;
  }
});
