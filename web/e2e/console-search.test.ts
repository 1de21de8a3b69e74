/** Agents find messages, notes and people, in real browsers. */
import { describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { Office, boss } from './office.ts';
import type { Desk } from './office.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('the search of the console', () => {
  const world = World.begin();
  const office = new Office(world);

  /** A user with a conversation in which they have said these things. */
  async function talk(name: string, ...said: string[]): Promise<{ name: string; id: string; conversation: string; messages: string[] }> {
    const id = world.newcomer(name.toLowerCase().replaceAll(' ', '-'));
    await world.rest.createUser(id, { givenName: name });
    const conversation = await world.rest.createConversation(id);
    const messages = [];
    for (const text of said) messages.push((await world.rest.say(conversation.id, text, { type: 'user', userExternalId: id })).id);
    return { name, id, conversation: conversation.id, messages };
  }

  const results = ({ page }: Desk): Locator => page.getByRole('list', { name: 'Found' });
  const field = ({ page }: Desk): Locator => page.getByRole('searchbox', { name: 'Search messages and notes' });
  const reached = ({ page }: Desk): Locator => page.locator('.reached');
  const palette = ({ page }: Desk): Locator => page.getByRole('dialog', { name: 'Find and do' });

  /** Looks until something is found: what was just written is found a moment later. */
  async function find(desk: Desk, query: string, text: string): Promise<Locator> {
    const result = results(desk).getByRole('link').filter({ hasText: text });
    await expect.poll(async () => {
      await field(desk).fill('');
      await field(desk).fill(query);
      return result.first().waitFor({ timeout: 700 }).then(() => true, () => false);
    }).toBe(true);
    return result;
  }

  const marks = (result: Locator, marked: string[]) => expect.poll(() => result.locator('mark').allTextContents()).toEqual(marked);

  it('finds messages by a word, a beginning, and in languages without spaces, and opens them where they were said', async () => {
    const long = Array.from({ length: 230 }, (_, i) => `Line ${i} of a long story`);
    const ana = await talk('Ana Fernández', 'My Überraschung was a cactus', ...long);
    await talk('Hanako', '注文した商品がまだ届いていません。東京都に住んでいます。');
    await talk('Li Wei', '你好，我想申请退款，谢谢');
    const desk = await office.boss();
    const found = await find(desk, 'uberraschung', ana.name);
    await marks(found, ['Überraschung']);
    expect(await found.textContent()).toContain('My Überraschung was a cactus');
    await found.click();
    await reached(desk).getByText('My Überraschung was a cactus').waitFor();
    expect(await reached(desk).evaluate((row) => {
      const [log, own] = [row.closest('.scroller'), row.getBoundingClientRect()];
      const seen = log?.getBoundingClientRect();
      return !!seen && own.top >= seen.top && own.bottom <= seen.bottom;
    })).toBe(true);
    await reached(desk).waitFor({ state: 'detached' });
    expect(new URL(desk.page.url()).searchParams.get('q')).toBe('uberraschung');

    await marks(await find(desk, 'cac', ana.name), ['cactus']);
    await marks(await find(desk, '商品', 'Hanako'), ['商品']);
    await marks(await find(desk, '届 東京', 'Hanako'), ['届', '東京']);
    await marks(await find(desk, '退款', 'Li Wei'), ['退款']);

    await desk.page.reload();
    await results(desk).getByText('退款').waitFor();
    await field(desk).fill('cactusses');
    await desk.heading('Nothing says “cactusses”').waitFor();
    await field(desk).press('Escape');
    await desk.page.getByRole('list', { name: 'Conversations' }).waitFor();
    expect(desk.page.url()).not.toContain('q=');
  });

  it('finds notes for agents alone, and nothing that was deleted', async () => {
    const ben = await talk('Ben Okri', 'The zebra is mine', 'Another zebra');
    const desk = await office.boss();
    await (await find(desk, 'zebra', 'Another')).click();
    await desk.page.getByRole('textbox', { name: 'Answer' }).waitFor();
    await desk.page.keyboard.press('n');
    await desk.page.getByRole('textbox', { name: 'Note for the team' }).fill('He means a *toy* zebra');
    await desk.button('Add note').click();
    const note = await find(desk, 'toy zeb', 'toy');
    await marks(note, ['toy', 'zebra']);
    expect(await note.textContent()).toContain(`Note:${boss.name}: `);
    expect(await world.rest.texts(ben.conversation)).toEqual(['The zebra is mine', 'Another zebra']);
    await world.rest.call('DELETE', `/conversations/${ben.conversation}/messages/${ben.messages[0]}`);
    await field(desk).fill('zebra');
    await expect.poll(() => results(desk).getByRole('link').count()).toBe(2);
    expect(await results(desk).textContent()).not.toContain('mine');
  });

  it('finds people, messages, pages and actions in the palette, by the keyboard alone', async () => {
    const cleo = await talk('Cleopatra Schneider', 'A question about obelisks');
    const desk = await office.boss({ bypassCSP: true });
    const { keyboard } = desk.page;
    await find(desk, 'obelisk', cleo.name);
    await field(desk).press('Escape');

    await keyboard.press('Control+k');
    const input = palette(desk).getByRole('combobox');
    expect(await input.evaluate((element) => element === document.activeElement)).toBe(true);
    await keyboard.type('patra schn');
    await palette(desk).getByRole('option', { name: cleo.name }).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    expect(await palette(desk).getByRole('option', { selected: true }).textContent()).toContain(cleo.name);
    expect(await input.getAttribute('aria-activedescendant')).toBe(await palette(desk).getByRole('option', { selected: true }).getAttribute('id'));
    await keyboard.press('Enter');
    await desk.heading(cleo.name).first().waitFor();
    await palette(desk).waitFor({ state: 'detached' });

    await keyboard.press('Control+k');
    await keyboard.type('take it');
    await palette(desk).getByRole('option', { name: 'Take it' }).waitFor();
    await keyboard.press('Enter');
    await desk.button(`Answered by ${boss.name}`).waitFor();

    await keyboard.press('Control+k');
    await keyboard.type('obeli');
    const message = palette(desk).getByRole('option', { name: /A question about obelisks/ });
    await message.waitFor();
    await keyboard.press('ArrowUp');
    expect(await palette(desk).getByRole('option', { selected: true }).textContent()).toBe('All messages with “obeli”');
    await keyboard.press('ArrowUp');
    expect(await message.getAttribute('aria-selected')).toBe('true');
    await keyboard.press('Enter');
    await reached(desk).getByText('A question about obelisks').waitFor();
    expect(await barriers(desk.page)).toEqual([]);

    await keyboard.press('Escape');
    await keyboard.press('/');
    await keyboard.type('obelisks');
    await results(desk).getByText(cleo.name).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await reached(desk).waitFor();

    await keyboard.press('Control+k');
    await keyboard.type('users');
    await palette(desk).getByRole('option', { name: 'Users', exact: true }).waitFor();
    await keyboard.press('Enter');
    await desk.heading('Users').waitFor();
    await desk.field('Find a user').fill('opatra');
    await desk.page.getByRole('link', { name: new RegExp(cleo.name) }).waitFor();
    await expect.poll(() => desk.page.locator('.user-list .user-row').count()).toBe(1);
    await keyboard.press('Control+k');
    await palette(desk).waitFor();
    await keyboard.press('Escape');
    await palette(desk).waitFor({ state: 'detached' });
  });
});
