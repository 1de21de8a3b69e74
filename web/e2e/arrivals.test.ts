/** What a page of the documented calls, `init` and then `login`, hears of a chat that was there before it. */
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { Talk } from './rich.ts';
import type { Visitor } from './world.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('a page that is loaded', () => {
  const world = World.begin();

  /** The page does what its script does at each load. */
  async function begun(visitor: Visitor, person: string): Promise<void> {
    await visitor.began();
    await visitor.login(person);
    await visitor.untilUser(person);
  }

  const textsOf = async (visitor: Visitor, name: string) => (await visitor.heard(name)).map(({ args }) => (args[0] as { text?: string }).text);
  const news = (visitor: Visitor) => Promise.all(['message', 'message:received', 'conversation:added', 'unreadCount'].map((name) => visitor.heard(name)));
  const peeks = (visitor: Visitor) => visitor.page.locator('#parlor .peek').count();

  it('three times hears nothing of what was read, shows no bubble, and then hears what comes, once', async () => {
    const talk = await Talk.begin(world);
    const visitor = await world.visit();
    await begun(visitor, talk.person);
    await world.rest.say(talk.id, 'read before');
    await visitor.open();
    await visitor.said('read before').waitFor();
    await expect.poll(async () => (await visitor.heard('unreadCount')).at(-1)?.args[0]).toBe(0);
    for (let load = 0; load < 3; load++) {
      await visitor.page.reload();
      await begun(visitor, talk.person);
      expect(await news(visitor)).toEqual([[], [], [], []]);
      expect(await peeks(visitor)).toBe(0);
    }
    await world.rest.say(talk.id, 'live');
    await visitor.page.getByRole('status').getByText('live').waitFor();
    expect(await textsOf(visitor, 'message:received')).toEqual(['live']);
    expect(await textsOf(visitor, 'message')).toEqual(['live']);
  });

  it('hears how much came while it was closed, of each conversation, and not each message', async () => {
    const talk = await Talk.begin(world);
    const visitor = await world.visit();
    await begun(visitor, talk.person);
    await visitor.page.goto('about:blank');
    await world.rest.say(talk.id, 'while away');
    const { id } = await world.rest.createConversation(talk.person);
    for (const text of ['begun', 'while away']) await world.rest.say(id, text);
    await visitor.page.goto(world.company.page());
    await begun(visitor, talk.person);
    await visitor.page.locator('#parlor .badge').getByText('3', { exact: true }).waitFor();
    const [messages, received, added, unread = []] = await news(visitor);
    expect([messages, received, added, await peeks(visitor)]).toEqual([[], [], [], 0]);
    expect(unread.map(({ args }) => args[0]).sort()).toEqual([1, 2]);

    const live = await world.rest.createConversation(talk.person);
    await world.rest.say(live.id, 'begun live');
    await visitor.page.getByRole('status').getByText('begun live').waitFor();
    expect(await textsOf(visitor, 'message:received')).toEqual(['begun live']);
    expect(await visitor.heard('conversation:added')).toHaveLength(1);
  });
});
