/** Methods and events of `Smooch` that no other test calls, on the page of a company (contracts/sunshine.md 3.3 and 3.5). */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Smooch as SmoochAPI } from '../widget/api.ts';
import { browserSkipped } from './browser.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

declare const Smooch: SmoochAPI;

describe.skipIf(browserSkipped())('Smooch', () => {
  const world = World.begin();
  let person: string;
  let visitor: Visitor;
  let first: string;

  beforeEach(async () => {
    person = world.newcomer();
    await world.rest.createUser(person);
    first = (await world.rest.createConversation(person, { displayName: 'Order 1' })).id;
    await world.rest.say(first, 'about order 1');
    visitor = await world.visitAs(person);
  });

  const idsOf = (list: { id: string }[]) => list.map(({ id }) => id);

  it('lists ten conversations, the newest first, and ten more as long as there are any', async () => {
    const made = [first];
    for (let i = 2; i <= 12; i++) {
      const { id } = await world.rest.createConversation(person);
      await world.rest.say(id, `in ${i}`);
      made.unshift(id);
    }
    await visitor.page.reload();
    await visitor.began();
    expect(idsOf(await visitor.conversations())).toEqual(made.slice(0, 10));
    expect(await visitor.page.evaluate(() => Smooch.hasMoreConversations())).toBe(true);
    expect(idsOf(await visitor.page.evaluate(() => Smooch.getMoreConversations()))).toEqual(made.slice(10));
    expect(idsOf(await visitor.conversations())).toEqual(made);
    expect(await visitor.page.evaluate(() => Smooch.hasMoreConversations())).toBe(false);
    expect(await visitor.page.evaluate(() => Smooch.getMoreConversations())).toEqual([]);
  });

  it('gives a conversation by its id, and the displayed one without; loading one displays it, and the list is none', async () => {
    const { id } = await world.rest.createConversation(person, { displayName: 'Order 2' });
    const given = await visitor.page.evaluate((wanted) => Smooch.getConversationById(wanted), first);
    expect(given).toMatchObject({ id: first, type: 'personal', displayName: 'Order 1', participants: [{ unreadCount: 1 }], messages: [{ role: 'business', text: 'about order 1', displayName: 'Kim' }] });
    expect(typeof given.lastUpdatedAt).toBe('number');
    await visitor.page.evaluate((wanted) => Smooch.loadConversation(wanted), id);
    expect(await visitor.page.evaluate(() => Smooch.getDisplayedConversation()?.displayName)).toBe('Order 2');
    expect(await visitor.page.evaluate(() => Smooch.getConversationById().then((one) => one.displayName))).toBe('Order 2');
    await visitor.open();
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    await expect.poll(() => visitor.page.evaluate(() => Smooch.getDisplayedConversation())).toBeNull();
    const refusal = await visitor.page.evaluate(() => Smooch.getConversationById('0123456789abcdef01234567').then(String, (error: unknown) => (error as { code: string }).code));
    expect(refusal).toMatch(/not_found/);
  });

  it('names a conversation, and null takes a name away', async () => {
    const update = (fields: object) => visitor.page.evaluate(([id, changes]) => Smooch.updateConversation(id, changes), [first, fields] as const);
    expect(await update({ description: 'A fern', iconUrl: 'https://fernhill.example/fern.png', metadata: { order: 1 } })).toMatchObject({
      displayName: 'Order 1',
      description: 'A fern',
      iconUrl: 'https://fernhill.example/fern.png',
      metadata: { order: 1 },
    });
    expect(await update({ displayName: null, description: null, iconUrl: null, metadata: null })).toMatchObject({ displayName: null, description: null, iconUrl: null });
    expect((await world.rest.conversationsOf(person))[0]?.displayName ?? null).toBeNull();
  });

  it('marks one conversation as read, or all', async () => {
    const { id } = await world.rest.createConversation(person);
    await world.rest.say(id, 'unread, too');
    await expect.poll(() => visitor.page.locator('#parlor .badge').textContent()).toBe('2');
    await visitor.page.evaluate((one) => Smooch.markAllAsRead(one), id);
    await expect.poll(() => visitor.page.locator('#parlor .badge').textContent()).toBe('1');
    await visitor.page.evaluate(() => Smooch.markAllAsRead());
    await expect.poll(() => visitor.page.locator('#parlor .badge').textContent()).toBe('');
    expect((await visitor.heard('unreadCount')).map(({ args }) => args[0])).toContain(0);
  });

  it('fills the composer in, also by an object, and begins a conversation where the list is shown', async () => {
    await visitor.open();
    await visitor.page.evaluate(() => Smooch.setPredefinedMessage('I would like to'));
    await expect.poll(() => visitor.composer.inputValue()).toBe('I would like to');
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    await visitor.page.evaluate(() => Smooch.setPredefinedMessage({ text: 'Something else' }));
    await expect.poll(() => visitor.composer.inputValue()).toBe('Something else');
    expect(await visitor.said('about order 1').count()).toBe(0);
  });

  it('tells that somebody types once for many calls, and that they stopped', async () => {
    const typing: { conversation: string; active: boolean }[] = [];
    visitor.page.on('websocket', (line) =>
      line.on('framesent', ({ payload }) => {
        const { type, conversation = '', active = false } = JSON.parse(payload.toString()) as { type: string; conversation?: string; active?: boolean };
        if (type === 'typing') typing.push({ conversation, active });
      }),
    );
    await visitor.page.reload();
    await visitor.began();
    await visitor.page.evaluate((id) => Promise.all([Smooch.startTyping(id), Smooch.startTyping(id), Smooch.startTyping(id)]), first);
    await visitor.page.evaluate((id) => Promise.all([Smooch.stopTyping(id), Smooch.stopTyping(id)]), first);
    await expect.poll(() => typing).toEqual([true, false].map((active) => ({ conversation: first, active })));
  });

  it('hears who comes and goes, and that a conversation is gone', async () => {
    const friend = await world.rest.createUser(world.newcomer('friend'));
    const { id } = await world.rest.createConversation(person, { type: 'sdkGroup' });
    await expect.poll(() => visitor.heard('conversation:added')).toHaveLength(1);
    const added = (await visitor.heard('conversation:added'))[0]?.args as [{ userId: string }[], { conversation: { id: string } }];
    expect([added[0].length, added[1].conversation.id]).toEqual([1, id]);
    await world.rest.call('POST', `/conversations/${id}/join`, { userId: friend.id });
    await world.rest.call('POST', `/conversations/${id}/leave`, { userId: friend.id });
    for (const name of ['participant:added', 'participant:removed']) {
      await expect.poll(() => visitor.heard(name)).toHaveLength(1);
      expect((await visitor.heard(name))[0]?.args).toMatchObject([{ userId: friend.id }, { conversation: { id } }]);
    }
    await world.rest.call('DELETE', `/conversations/${id}`);
    await expect.poll(() => visitor.heard('conversation:removed')).toHaveLength(1);
    expect((await visitor.heard('conversation:removed'))[0]?.args).toMatchObject([{ conversation: { id } }]);
    expect(idsOf(await visitor.conversations())).toEqual([first]);
  });

  it('opens and closes once, and tells so', async () => {
    await visitor.page.evaluate(() => {
      Smooch.open();
      Smooch.open();
    });
    await expect.poll(() => visitor.page.evaluate(() => Smooch.isOpened())).toBe(true);
    await visitor.page.evaluate(() => Smooch.close());
    const told = [...(await visitor.heard('widget:opened')), ...(await visitor.heard('widget:closed'))];
    expect(told).toEqual([{ name: 'widget:opened', args: [] }, { name: 'widget:closed', args: [] }]);
    expect(await visitor.page.evaluate(() => Smooch.isOpened())).toBe(false);
  });

  it('has nothing to link, and says so once', async () => {
    const notes: string[] = [];
    visitor.page.on('console', (message) => message.type() === 'info' && notes.push(message.text()));
    await visitor.page.evaluate(() => Promise.all([Smooch.showNotificationChannelPrompt(), Smooch.showNotificationChannelPrompt()]));
    expect(notes).toEqual(['Parlor: showNotificationChannelPrompt does nothing, as there are no other channels.']);
  });

  it('keeps what is said of a user until there is one', async () => {
    const newcomer = await world.visit();
    await newcomer.began();
    await newcomer.page.evaluate(() => Smooch.updateUser({ givenName: 'Ines', email: 'ines@example.com', metadata: { plan: 'free' } }));
    const fields = { givenName: 'Ines', email: 'ines@example.com', metadata: { plan: 'free' }, hasPaymentInfo: false };
    expect(await newcomer.user()).toMatchObject(fields);
    expect((await newcomer.user()).id).toBeUndefined();
    await newcomer.page.evaluate(() => Smooch.sendMessage('hello'));
    await expect.poll(() => newcomer.user()).toMatchObject({ ...fields, id: expect.any(String) as string });
    const { id = '' } = await newcomer.user();
    await expect.poll(async () => (await world.rest.call<{ user: { profile: object } }>('GET', `/users/${id}`)).user.profile).toMatchObject({ givenName: 'Ines', email: 'ines@example.com' });
  });

  it('hears nothing any more after off() and after destroy()', async () => {
    await visitor.page.evaluate(() => Smooch.off());
    await world.rest.say(first, 'unheard');
    await expect.poll(() => visitor.page.locator('#parlor .badge').textContent()).toBe('2');
    expect(await visitor.heard('message:received')).toEqual([]);
    await visitor.page.evaluate(() => {
      const page = window as unknown as { ended: number };
      page.ended = 0;
      Smooch.on('destroy', () => (page.ended += 1));
      Smooch.destroy();
      Smooch.destroy();
    });
    expect(await visitor.page.evaluate(() => (window as unknown as { ended: number }).ended)).toBe(1);
  });
});
