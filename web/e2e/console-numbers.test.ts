/** What was asked, answered and closed, as an admin reads it. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { Office, boss } from './office.ts';
import type { Desk } from './office.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('the numbers of an app', () => {
  const world = World.begin();
  const office = new Office(world);

  async function save(desk: Desk, name: string): Promise<string[][]> {
    const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.button(name).click()]);
    const text = await readFile(await download.path(), 'utf8');
    return text.trimEnd().split('\r\n').map((line) => line.split(','));
  }

  it('are empty first, then count what agents did, and can be taken along', async () => {
    const desk = await office.boss();
    await desk.page.getByRole('link', { name: 'Numbers', exact: true }).click();
    await desk.page.getByText('Nothing happened in these days').waitFor();

    for (const name of ['ana', 'ben']) {
      const id = world.newcomer(name);
      await world.rest.createUser(id, { givenName: id });
      const { id: conversation } = await world.rest.createConversation(id);
      await world.rest.say(conversation, 'Hello', { type: 'user', userExternalId: id });
      await desk.page.getByRole('link', { name: /^Waiting/ }).click();
      await desk.page.getByRole('link').filter({ hasText: id }).click();
      await desk.page.getByRole('textbox', { name: 'Answer' }).fill('Hello!');
      await desk.button('Send').click();
      await desk.page.getByRole('log').getByText('Hello!').waitFor();
    }
    await desk.page.keyboard.press('Escape');
    await desk.button(/^Close/).first().click();
    await desk.page.getByText('Closed', { exact: true }).last().waitFor();

    await desk.page.getByRole('link', { name: 'Numbers', exact: true }).click();
    const opened = desk.page.getByRole('figure').filter({ hasText: 'How much comes in?' });
    await opened.getByText('2', { exact: true }).waitFor();
    await desk.page.getByRole('figure').filter({ hasText: 'How much is done?' }).getByText('1', { exact: true }).waitFor();
    const row = desk.page.getByRole('region', { name: 'Who answered' }).getByRole('row').filter({ hasText: boss.name });
    expect((await row.getByRole('cell').allTextContents()).slice(0, 2)).toEqual(['2', '1']);

    const days = await save(desk, 'Save days as CSV');
    expect(days).toHaveLength(31);
    expect(days[0]?.slice(0, 4)).toEqual(['date', 'opened', 'first_answers', 'closed']);
    expect(days[30]?.slice(1, 4)).toEqual(['2', '2', '1']);
    expect((await save(desk, 'Save agents as CSV'))[1]?.slice(1, 4)).toEqual([boss.name, '2', '1']);
    await desk.page.getByText(/^Nobody was asked for a rating/).waitFor();
  });

  it('are read day by day with the arrow keys, for any days', async () => {
    const desk = await office.signIn(boss);
    await desk.page.getByRole('link', { name: 'Numbers', exact: true }).click();
    const days = desk.page.getByRole('slider', { name: 'Conversations by day' });
    await days.focus();
    const today = await days.getAttribute('aria-valuetext');
    expect(today).toMatch(/: 2$/);
    await desk.page.keyboard.press('ArrowLeft');
    expect(await days.getAttribute('aria-valuetext')).toMatch(/: 0$/);
    await desk.page.keyboard.press('End');
    expect(await days.getAttribute('aria-valuetext')).toBe(today);

    await desk.button('7 days').click();
    await desk.page.locator('[aria-label="Conversations by day"][aria-valuemax="7"]').waitFor();
    expect(new URL(desk.page.url()).pathname).toBe(`/console/apps/${world.app.id}/numbers/7d`);
    await desk.field('From').fill('2024-01-01');
    await desk.field('To').fill('2024-02-10');
    await desk.button('Show').click();
    await desk.page.getByText('Nothing happened in these days').waitFor();
    await desk.page.reload();
    await expect.poll(() => desk.field('From').inputValue()).toBe('2024-01-01');
    await desk.field('From').fill('2022-01-01');
    await desk.button('Show').click();
    await desk.page.getByText(/at most 366 days/).waitFor();
  });

  it('tell what users thought, with the way to the conversation', async () => {
    const desk = await office.signIn(boss);
    const { origin } = new URL(desk.page.url());
    const settings = `${origin}/console/v1/apps/${world.app.id}/settings`;
    expect((await desk.page.request.patch(settings, { headers: { origin }, data: { settings: { rating: 'on' } } })).ok()).toBe(true);
    const id = world.newcomer('rita');
    await world.rest.createUser(id, { givenName: id });
    const { id: conversation } = await world.rest.createConversation(id);
    await world.rest.say(conversation, 'Is it done?', { type: 'user', userExternalId: id });
    await desk.page.getByRole('link').filter({ hasText: id }).click();
    await desk.page.getByRole('textbox', { name: 'Answer' }).fill('It is.');
    await desk.button('Send').click();
    await desk.page.getByRole('log').getByText('It is.').waitFor();
    await desk.button('Close').click();
    await expect.poll(async () => (await world.rest.messages(conversation)).at(-1)?.content.type).toBe('form');
    const form = (await world.rest.messages(conversation)).at(-1);
    const fields = [{ type: 'select', name: 'rating', label: 'Rating', select: [{ name: '5', label: 'Very good' }] }, { type: 'text', name: 'comment', label: 'Comment', text: 'Quick and kind' }];
    await world.rest.call('POST', `/conversations/${conversation}/messages`, { author: { type: 'user', userExternalId: id }, content: { type: 'formResponse', quotedMessageId: form?.id, fields } });

    await desk.page.getByRole('link', { name: 'Numbers', exact: true }).click();
    await desk.page.getByRole('figure').filter({ hasText: 'Good ratings' }).getByText('100%', { exact: true }).waitFor();
    const rated = desk.page.getByRole('figure').filter({ hasText: 'How many of those who are asked' });
    await rated.getByText('1 was asked').waitFor();
    const [names, ...days] = await save(desk, 'Save days as CSV');
    expect(names?.slice(-3)).toEqual(['ratings_asked', 'ratings_given', 'ratings_good']);
    expect(days.at(-1)?.slice(-3)).toEqual(['1', '1', '1']);
    expect((await desk.page.getByRole('region', { name: 'Who answered' }).getByRole('row').filter({ hasText: boss.name }).getByRole('cell').allTextContents()).slice(-3)).toEqual(['1', '1', '100%']);
    const latest = desk.page.getByRole('list', { name: 'Latest ratings' }).getByRole('listitem');
    expect(await latest.count()).toBe(1);
    expect(await latest.textContent()).toMatch(/★★★★★ 5 of 5.*Quick and kind/s);
    await latest.getByRole('link', { name: id }).click();
    await desk.page.getByRole('log').getByText('It is.').waitFor();
  });

  it('can be read by everybody: axe finds nothing', async () => {
    const desk = await office.signIn(boss);
    await desk.page.getByRole('link', { name: 'Numbers', exact: true }).click();
    await desk.page.getByText('Show as a table').click();
    await desk.page.getByRole('region', { name: 'Day by day' }).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
  });
});
