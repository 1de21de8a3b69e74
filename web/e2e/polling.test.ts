/** Behind a proxy that lets no WebSocket through the chat is the same, over long polling, and nobody has to set that. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { Hosted } from './hosted.ts';
import type { Visit } from './hosted.ts';
import { Wire } from './wire.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

describe.skipIf(browserSkipped())('without WebSockets', () => {
  const world = World.begin();

  beforeEach(() => {
    world.wire.webSockets = 'refused';
    world.wire.stopped = 0;
  });
  afterEach(() => {
    world.wire.webSockets = 'pass';
  });

  /** How many WebSockets and how many polls the tab tried from now on. */
  function watch({ page }: { page: Visitor['page'] }): { sockets: number; polls: number } {
    const seen = { sockets: 0, polls: 0 };
    page.on('websocket', () => (seen.sockets += 1));
    page.on('request', (request) => (seen.polls += request.url().endsWith('/lines/current/poll') ? 1 : 0));
    return seen;
  }

  async function conversationOf(externalId: string): Promise<string> {
    const [conversation, ...others] = await world.rest.conversationsOf(externalId);
    expect(others).toEqual([]);
    return conversation?.id ?? '';
  }

  async function ready(name: string): Promise<{ visitor: Visitor; externalId: string }> {
    const externalId = world.newcomer(name);
    const visitor = await world.visitAs(externalId);
    await visitor.open();
    return { visitor, externalId };
  }

  it('people sign in, write, are answered and see who types', async () => {
    const { visitor, externalId } = await ready('ana');
    const seen = watch(visitor);
    await visitor.send('hello');
    const conversation = await conversationOf(externalId);
    expect(await world.rest.texts(conversation)).toEqual(['hello']);
    await world.rest.sign(conversation, 'typing:start');
    await expect.poll(() => visitor.heard('typing:start')).toHaveLength(1);
    await world.rest.say(conversation, 'good morning');
    await visitor.said('good morning').waitFor();
    expect(world.wire.stopped).toBeGreaterThan(0);
    expect(seen.sockets).toBe(0);
    expect(seen.polls).toBeGreaterThan(0);
  });

  it('an anonymous visitor writes, too', async () => {
    const visitor = await world.visit();
    await visitor.began();
    await visitor.open();
    await visitor.send('is anybody there?');
    const [conversation] = await visitor.conversations();
    expect(await world.rest.texts(conversation?.id ?? '')).toEqual(['is anybody there?']);
  });

  it('many messages come in order and once, both ways', async () => {
    const { visitor, externalId } = await ready('ben');
    await visitor.send('first');
    const conversation = await conversationOf(externalId);
    const wanted = ['first'];
    const answers = (async () => {
      for (let i = 1; i <= 40; i++) await world.rest.say(conversation, `answer ${i}`);
    })();
    for (let i = 1; i <= 15; i++) {
      await visitor.composer.fill(`line ${i}`);
      await visitor.composer.press('Enter');
      wanted.push(`line ${i}`);
    }
    await answers;
    await expect.poll(() => visitor.outbox(), { timeout: 25_000 }).toBe(0);
    await visitor.said('answer 40').waitFor();
    const stored = await world.rest.texts(conversation);
    expect(stored.filter((text) => !text?.startsWith('answer'))).toEqual(wanted);
    for (const text of [...wanted, 'answer 1', 'answer 20', 'answer 40']) expect(await visitor.said(text).count(), text).toBe(1);
  }, 60_000);

  it('the sign-out of another tab ends the chat', async () => {
    const { visitor, externalId } = await ready('cleo');
    await visitor.send('hello');
    const other = await world.visitAs(externalId, visitor.page.context());
    await other.open();
    await other.said('hello').waitFor();
    const began = Date.now();
    await other.logout();
    await visitor.untilUser(undefined);
    expect(Date.now() - began).toBeLessThan(4_000);
  });

  it('the end of the session on the server reaches the chat within two seconds', async () => {
    const { visitor } = await ready('dora');
    await visitor.send('hello');
    const { token } = await visitor.session();
    const began = Date.now();
    const answer = await fetch(`${world.parlor.url}/sdk/v1/apps/${world.app.id}/sessions/current`, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(204);
    await visitor.untilUser(undefined);
    expect(Date.now() - began).toBeLessThan(2_000);
  });

  it('a server that is killed while somebody writes loses and doubles nothing', async () => {
    const { visitor, externalId } = await ready('egon');
    const wanted: string[] = [];
    for (let round = 1; round <= 2; round++) {
      for (let i = 1; i <= 6; i++) {
        wanted.push(`life ${round} line ${i}`);
        await visitor.composer.fill(`life ${round} line ${i}`);
        await visitor.composer.press('Enter');
        if (wanted.length === 1) await visitor.settled();
        if (i === 3) await world.parlor.kill();
      }
      await visitor.said(`life ${round} line 6`).waitFor();
      await world.parlor.serve();
    }
    await expect.poll(() => visitor.outbox(), { timeout: 40_000 }).toBe(0);
    const conversation = await conversationOf(externalId);
    expect(await world.rest.texts(conversation)).toEqual(wanted);
    await world.rest.say(conversation, 'welcome back');
    await visitor.said('welcome back').waitFor({ timeout: 25_000 });
    for (const text of wanted) expect(await visitor.said(text).count(), text).toBe(1);
  }, 90_000);

  it('the line may break again and again while somebody writes', async () => {
    const { visitor, externalId } = await ready('eva');
    await visitor.send('first');
    const conversation = await conversationOf(externalId);
    const wanted = ['first'];
    for (let round = 1; round <= 4; round++) {
      for (let i = 1; i <= 4; i++) {
        wanted.push(`round ${round} line ${i}`);
        await visitor.composer.fill(`round ${round} line ${i}`);
        await visitor.composer.press('Enter');
        if (i === 2) world.wire.cut();
      }
      const said = world.rest.say(conversation, `answer ${round}`);
      if (round % 2 === 0) await visitor.chat.getByText(/No connection/).waitFor();
      world.wire.mend();
      await said;
      await visitor.said(`answer ${round}`).waitFor();
    }
    await expect.poll(() => visitor.outbox(), { timeout: 25_000 }).toBe(0);
    expect((await world.rest.texts(conversation)).filter((text) => !text?.startsWith('answer'))).toEqual(wanted);
    for (const text of wanted) expect(await visitor.said(text).count(), text).toBe(1);
  }, 90_000);

  it('the next page of the tab polls at once, until another network lets a WebSocket through', async () => {
    const { visitor, externalId } = await ready('fay');
    await visitor.send('hello');
    const seen = watch(visitor);
    await visitor.page.reload();
    await visitor.open();
    await visitor.said('hello').waitFor();
    await visitor.send('again');
    expect(seen.sockets).toBe(0);
    expect(seen.polls).toBeGreaterThan(0);
    world.wire.webSockets = 'pass';
    await visitor.frame.evaluate(() => dispatchEvent(new Event('online')));
    await expect.poll(() => visitor.frame.evaluate(() => sessionStorage.getItem('parlor.polls'))).toBeNull();
    await visitor.send('and by a socket');
    const { polls } = seen;
    await world.rest.say(await conversationOf(externalId), 'heard by a socket');
    await visitor.said('heard by a socket').waitFor();
    expect(seen.sockets).toBeGreaterThan(0);
    expect(seen.polls).toBe(polls);
  });

  it('a handshake that is never answered keeps nobody waiting for long', async () => {
    world.wire.webSockets = 'unanswered';
    const externalId = world.newcomer('gus');
    const visitor = await world.visit(world.company.page({ externalId, jwt: world.tokenOf(externalId) }));
    const began = Date.now();
    await expect.poll(() => visitor.frame.evaluate(() => sessionStorage.getItem('parlor.polls')).catch(() => null)).not.toBeNull();
    await visitor.open();
    await visitor.send('at last');
    expect(Date.now() - began).toBeLessThan(15_000);
    await visitor.page.reload();
    const again = Date.now();
    await visitor.open();
    await visitor.said('at last').waitFor();
    expect(Date.now() - again).toBeLessThan(3_000);
  }, 60_000);
});

describe.skipIf(browserSkipped())('the hosted page behind a proxy without WebSockets', () => {
  const hosted = Hosted.begin();

  it('works with the session in its cookie', async () => {
    const wire = await Wire.lay(hosted.parlor.address);
    try {
      wire.webSockets = 'refused';
      const browser = await hosted.newBrowser({ proxy: { server: wire.url } });
      const visit = await hosted.visitAs(hosted.newcomer('Ida'), hosted.open, browser);
      await visit.send('hello from the office');
      expect(wire.stopped).toBeGreaterThan(0);
      const { postData, headers } = await helloOf(visit);
      expect(postData).toMatch(/"session":"cookie:[0-9a-f]{24}"/);
      const [cookie] = await browser.cookies();
      expect(headers['cookie']).toContain(cookie?.value);
      const other = await hosted.visit(hosted.address(), browser);
      await other.log.getByText('hello from the office').waitFor();
      await other.signOut.click();
      await visit.signOut.waitFor({ state: 'detached' });
    } finally {
      await wire.close();
    }
  });

  async function helloOf(visit: Visit): Promise<{ postData: string | null; headers: Record<string, string> }> {
    const request = visit.requests.find((one) => one.url().endsWith('/lines'));
    if (!request) throw new Error('no line was opened');
    return { postData: request.postData(), headers: await request.allHeaders() };
  }
});

describe.skipIf(browserSkipped())('with WebSockets', () => {
  const world = World.begin();

  it('nobody polls, also where the server was away', async () => {
    const visitor = await world.visitAs(world.newcomer('hal'));
    await visitor.open();
    let lines = 0;
    visitor.page.on('request', (request) => (lines += request.url().includes('/lines') ? 1 : 0));
    await visitor.send('one');
    await world.parlor.kill();
    await visitor.write('two');
    await visitor.chat.getByText(/No connection/).waitFor();
    await world.parlor.serve();
    await visitor.settled();
    expect(lines).toBe(0);
    expect(await visitor.frame.evaluate(() => sessionStorage.getItem('parlor.polls'))).toBeNull();
  });
});
