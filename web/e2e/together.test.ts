/** One person in two browsers, and the company's backend: what happens in one place is seen in all. */
import { beforeEach, describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

describe.skipIf(browserSkipped())('two browsers of one person', () => {
  const world = World.begin();
  let ana: string;
  let desk: Visitor;
  let phone: Visitor;
  let conversation: string;

  beforeEach(async () => {
    ana = world.newcomer('ana');
    await world.rest.createUser(ana, { givenName: 'Ana' });
    conversation = (await world.rest.createConversation(ana)).id;
    [desk, phone] = await Promise.all([world.visitAs(ana), world.visitAs(ana)]);
  });

  it('show what either of them writes, and what the business answers, once and in one order', async () => {
    await Promise.all([desk.open(), phone.open()]);
    await desk.send('from the desk');
    await phone.said('from the desk').waitFor();
    await phone.send('from the phone');
    await desk.said('from the phone').waitFor();
    await world.rest.say(conversation, 'an answer');
    for (const visitor of [desk, phone]) {
      await visitor.said('an answer').waitFor();
      const [seen] = await visitor.conversations();
      expect(seen?.messages.map(({ text }) => text)).toEqual(['from the desk', 'from the phone', 'an answer']);
      for (const text of ['from the desk', 'from the phone', 'an answer']) expect(await visitor.said(text).count()).toBe(1);
    }
    expect(await world.rest.texts(conversation)).toEqual(['from the desk', 'from the phone', 'an answer']);
  });

  it('show a second conversation that one of them begins', async () => {
    await Promise.all([desk.open(), phone.open()]);
    await desk.send('in the first');
    await desk.chat.getByRole('button', { name: 'New conversation' }).click();
    await desk.send('in the second');
    await phone.chat.getByRole('button', { name: 'Back to conversations' }).click();
    const items = phone.chat.getByRole('list', { name: 'Conversations' }).getByRole('button');
    await expect.poll(() => items.count()).toBe(2);
    await items.filter({ hasText: 'in the second' }).click();
    await phone.said('in the second').waitFor();
    expect(await phone.said('in the first').count()).toBe(0);
  });

  it('show that the business is typing, and no longer once it has answered', async () => {
    await Promise.all([desk.open(), phone.open()]);
    await desk.send('hello?');
    await world.rest.sign(conversation, 'typing:start');
    for (const visitor of [desk, phone]) {
      await visitor.chat.getByText('Kim is writing').waitFor({ state: 'attached' });
      await expect.poll(() => visitor.heard('typing:start')).toHaveLength(1);
    }
    await world.rest.say(conversation, 'hello!');
    for (const visitor of [desk, phone]) {
      await visitor.said('hello!').waitFor();
      await visitor.chat.getByText('Kim is writing').waitFor({ state: 'detached' });
    }
    await world.rest.sign(conversation, 'typing:start');
    await desk.chat.getByText('Kim is writing').waitFor({ state: 'attached' });
    await world.rest.sign(conversation, 'typing:stop');
    await desk.chat.getByText('Kim is writing').waitFor({ state: 'detached' });
  });

  it('hear that the person is typing, and do not show people to themselves', async () => {
    const heard: string[] = [];
    phone.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(payload.toString())));
    await phone.page.reload();
    await phone.untilUser(ana);
    await Promise.all([desk.open(), phone.open()]);
    await desk.send('a beginning');
    await desk.composer.pressSequentially('and mo');
    const typing = (active: boolean) => heard.some((frame) => frame.includes('"type":"typing"') && frame.includes(`"active":${active}`) && frame.includes('"type":"user"'));
    await expect.poll(() => typing(true)).toBe(true);
    await desk.composer.press('Enter');
    await expect.poll(() => typing(false)).toBe(true);
    await phone.said('and mo').waitFor();
    for (const visitor of [desk, phone]) expect(await visitor.heard('typing:start')).toEqual([]);
  });

  it('show what the business has seen', async () => {
    await Promise.all([desk.open(), phone.open()]);
    await desk.send('did you see this?');
    await desk.chat.getByText(/^Delivered/).waitFor();
    await world.rest.sign(conversation, 'conversation:read');
    for (const visitor of [desk, phone]) {
      await visitor.chat.getByText(/^Seen/).waitFor();
      await expect.poll(async () => (await visitor.heard('conversation:read')).map(({ args }) => args[0])).toContainEqual(expect.objectContaining({ role: 'business' }));
    }
  });

  it('count what is unread on both launchers, until one of them reads it', async () => {
    // An answer that comes while a page still connects is counted, but peeps out for nobody.
    for (const visitor of [desk, phone]) await expect.poll(async () => (await visitor.heard('connected')).length).toBeGreaterThan(0);
    for (let i = 1; i <= 3; i++) await world.rest.say(conversation, `answer ${i}`);
    for (const visitor of [desk, phone]) {
      await visitor.page.locator('#parlor .badge').getByText('3', { exact: true }).waitFor();
      await visitor.page.getByRole('status').getByText('answer 3').waitFor();
      expect((await visitor.heard('unreadCount')).at(-1)?.args[0]).toBe(3);
    }
    await desk.open();
    await desk.said('answer 3').waitFor();
    await expect.poll(() => phone.page.locator('#parlor .badge').isHidden()).toBe(true);
    await expect.poll(async () => (await phone.heard('unreadCount')).at(-1)?.args[0]).toBe(0);
    const [seen] = await phone.conversations();
    expect(seen?.participants[0]?.unreadCount).toBe(0);
    await phone.page.reload();
    await phone.untilUser(ana);
    expect(await phone.page.locator('#parlor .badge').isHidden()).toBe(true);
  });

  it('lose what is deleted over REST: one message, then all, then the person', async () => {
    await Promise.all([desk.open(), phone.open()]);
    for (const text of ['keep this', 'delete this']) await desk.send(text);
    await phone.said('delete this').waitFor();
    const doomed = (await world.rest.messages(conversation)).at(-1);
    await world.rest.call('DELETE', `/conversations/${conversation}/messages/${doomed?.id}`);
    for (const visitor of [desk, phone]) {
      await visitor.said('delete this').waitFor({ state: 'detached' });
      expect(await visitor.said('keep this').count()).toBe(1);
    }
    await world.rest.call('DELETE', `/conversations/${conversation}/messages`);
    for (const visitor of [desk, phone]) {
      await visitor.said('keep this').waitFor({ state: 'detached' });
      expect(await visitor.everything()).not.toMatch(/keep this|delete this/);
    }
  });

  it('are nobody any more once the person is deleted over REST', async () => {
    await Promise.all([desk.open(), phone.open()]);
    await desk.send('this goes with me');
    await phone.said('this goes with me').waitFor();
    await world.rest.call('DELETE', `/users/${ana}`);
    for (const visitor of [desk, phone]) {
      await visitor.untilEnded();
      expect(await visitor.composer.count()).toBe(0);
      await visitor.page.goto(world.company.page());
      await visitor.began();
      await visitor.open();
      expect(await visitor.everything()).not.toContain('this goes with me');
      expect((await visitor.user()).id).toBeUndefined();
    }
  });
});
