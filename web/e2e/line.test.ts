/** What is written while Parlor cannot be reached is kept, and sent exactly once and in order. */
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

describe.skipIf(browserSkipped())('the line', () => {
  const world = World.begin();

  async function visit(name: string): Promise<{ visitor: Visitor; texts(): Promise<(string | undefined)[]> }> {
    const externalId = world.newcomer(name);
    const visitor = await world.visitAs(externalId);
    await visitor.open();
    const texts = async () => {
      const [conversation, ...others] = await world.rest.conversationsOf(externalId);
      expect(others).toEqual([]);
      return conversation ? world.rest.texts(conversation.id) : [];
    };
    return { visitor, texts };
  }

  /** The line is lost, and the browser knows. */
  async function goOffline(visitor: Visitor): Promise<void> {
    await visitor.page.context().setOffline(true);
    world.wire.cut();
  }

  async function goOnline(visitor: Visitor): Promise<void> {
    world.wire.mend();
    await visitor.page.context().setOffline(false);
  }

  it('is lost and comes back: what was written meanwhile waits in words and is sent', async () => {
    const { visitor, texts } = await visit('ana');
    await visitor.send('before');
    await goOffline(visitor);
    for (const text of ['one', 'two', 'three']) await visitor.write(text);
    await visitor.chat.getByText('Waiting for the connection').waitFor();
    await visitor.chat.getByRole('status').getByText(/No connection/).waitFor();
    expect(await visitor.outbox()).toBe(3);
    expect(await texts()).toEqual(['before']);
    await goOnline(visitor);
    await visitor.settled();
    expect(await texts()).toEqual(['before', 'one', 'two', 'three']);
    for (const text of ['before', 'one', 'two', 'three']) expect(await visitor.said(text).count()).toBe(1);
    await visitor.chat.getByText(/No connection/).waitFor({ state: 'detached' });
  });

  /** Goes away and comes again while the script and the frame come through, and the socket does not until it is mended. */
  async function reloadWithoutSocket(visitor: Visitor): Promise<{ mend(): void }> {
    const { page } = visitor;
    await page.goto('about:blank');
    await page.context().setOffline(false);
    let down = true;
    await page.context().routeWebSocket('**/socket', (socket) => (down ? socket.close({ code: 4999 }) : socket.connectToServer()));
    world.wire.mend();
    await page.goto(world.company.page());
    await visitor.open();
    await visitor.chat.getByText(/No connection/).waitFor();
    return { mend: () => (down = false) };
  }

  it('may be down when the page is loaded anew: what was written before is sent once it is back', async () => {
    const { visitor, texts } = await visit('ben');
    await visitor.send('before');
    await goOffline(visitor);
    for (const text of ['one', 'two', 'three']) await visitor.write(text);
    expect(await visitor.outbox()).toBe(3);
    const socket = await reloadWithoutSocket(visitor);
    expect(await visitor.outbox()).toBe(3);
    expect(await texts()).toEqual(['before']);
    socket.mend();
    await visitor.settled();
    expect(await texts()).toEqual(['before', 'one', 'two', 'three']);
    for (const text of ['before', 'one', 'two', 'three']) await expect.poll(() => visitor.said(text).count()).toBe(1);
  });

  it('may be down when the page is loaded anew: what waits and what was being written is shown all the while', async () => {
    const { visitor, texts } = await visit('bea');
    await visitor.send('before');
    await goOffline(visitor);
    await visitor.write('one');
    await visitor.composer.fill('not yet sent');
    const socket = await reloadWithoutSocket(visitor);
    expect(await visitor.composer.inputValue()).toBe('not yet sent');
    await visitor.said('one').waitFor();
    await visitor.write('two');
    socket.mend();
    await visitor.settled();
    expect(await texts()).toEqual(['before', 'one', 'two']);
  });

  it('brings what the business said meanwhile', async () => {
    const { visitor } = await visit('cleo');
    await visitor.send('hello');
    const conversation = (await visitor.conversations())[0]?.id ?? '';
    await goOffline(visitor);
    await visitor.chat.getByText(/No connection/).waitFor();
    const doomed = await world.rest.say(conversation, 'said and taken back');
    for (let i = 1; i <= 30; i++) await world.rest.say(conversation, `answer ${i}`);
    await world.rest.call('DELETE', `/conversations/${conversation}/messages/${doomed.id}`);
    await goOnline(visitor);
    await visitor.said('answer 30').waitFor();
    for (let i = 1; i <= 30; i++) expect(await visitor.said(`answer ${i}`).count()).toBe(1);
    expect(await visitor.said('said and taken back').count()).toBe(0);
  });

  it('makes one anonymous user and one conversation of what was written before there was any', async () => {
    const visitor = await world.visit();
    await visitor.began();
    await visitor.open();
    await goOffline(visitor);
    for (const text of ['one', 'two', 'three']) await visitor.write(text);
    await goOnline(visitor);
    await visitor.settled();
    const [conversation, ...others] = await visitor.conversations();
    expect(others).toEqual([]);
    expect(await world.rest.texts(conversation?.id ?? '')).toEqual(['one', 'two', 'three']);
  });

  it('may be slow: what is being written stays when the first message makes the conversation', async () => {
    const { visitor, texts } = await visit('fay');
    await goOffline(visitor);
    await visitor.write('the first message');
    await visitor.composer.pressSequentially('the second, half writ');
    await goOnline(visitor);
    await visitor.settled();
    await visitor.chat.getByText(/^Delivered/).waitFor();
    expect(await visitor.composer.inputValue()).toBe('the second, half writ');
    await visitor.composer.press('Enter');
    await visitor.settled();
    expect(await texts()).toEqual(['the first message', 'the second, half writ']);
  });

  it('may break again and again while somebody writes', async () => {
    const { visitor, texts } = await visit('dora');
    const wanted: string[] = [];
    for (let round = 1; round <= 5; round++) {
      for (let i = 1; i <= 4; i++) {
        const text = `round ${round} line ${i}`;
        wanted.push(text);
        await visitor.composer.fill(text);
        await visitor.composer.press('Enter');
        if (i === 2) world.wire.cut();
      }
      await visitor.said(`round ${round} line 4`).waitFor();
      world.wire.mend();
    }
    await expect.poll(() => visitor.outbox(), { timeout: 25_000 }).toBe(0);
    expect(await texts()).toEqual(wanted);
    for (const text of wanted) expect(await visitor.said(text).count()).toBe(1);
  }, 60_000);

  it('ends with the server, killed while somebody writes, and nothing acknowledged is lost or doubled', async () => {
    const { visitor, texts } = await visit('egon');
    const other = await world.visitAs((await visitor.user()).externalId ?? '');
    await other.open();
    const wanted: string[] = [];
    for (let round = 1; round <= 3; round++) {
      for (let i = 1; i <= 6; i++) {
        const text = `life ${round} line ${i}`;
        wanted.push(text);
        await visitor.composer.pressSequentially(text);
        await visitor.composer.press('Enter');
        if (wanted.length === 1) await visitor.settled();
        // In the midst of what is on its way.
        if (i === 3) await world.parlor.kill();
      }
      await visitor.said(`life ${round} line 6`).waitFor();
      await world.parlor.serve();
    }
    await expect.poll(() => visitor.outbox(), { timeout: 25_000 }).toBe(0);
    expect(await texts()).toEqual(wanted);
    for (const one of [visitor, other]) {
      await one.said('life 3 line 6').waitFor({ timeout: 25_000 });
      for (const text of wanted) expect(await one.said(text).count(), text).toBe(1);
    }
  }, 90_000);
});
