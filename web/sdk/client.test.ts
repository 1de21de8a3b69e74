import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBrowser, pass, refusal } from '../dev/fake/browser.ts';
import { token } from '../dev/fake/parlor.ts';
import { after } from './conversation.ts';
import { ParlorError, Storage, saveSession } from './index.ts';
import type { Carrier, Client, Conversation, Session } from './index.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-20T10:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

async function signedIn(browser: FakeBrowser, id = 'ana', options: Parameters<FakeBrowser['tab']>[0] = {}, exp?: number): Promise<Client> {
  const client = browser.tab(options);
  const signIn = client.signIn({ door: 'sdk', token: token({ external_id: id, exp }), externalId: id });
  await pass();
  await signIn;
  return client;
}

/** The texts of the newest conversation, as the client sees them. */
const seen = (client: Client) => client.store.list()[0]?.messages.map((message) => message.content.text);

describe('anonymous people', () => {
  it('exist from their first message on, and not before', async () => {
    const browser = new FakeBrowser();
    const client = browser.tab();
    await client.start();
    await client.updateUser({ givenName: 'Ana' });
    await pass();
    expect(browser.server.users).toHaveLength(0);
    expect(browser.network.dialed).toBe(0);
    expect(browser.storage.length).toBe(0);

    const sent = client.send({ text: 'hello' });
    await pass();
    expect((await sent).message.content.text).toBe('hello');
    expect(browser.server.users).toHaveLength(1);
    expect(browser.server.users[0]?.user.profile?.givenName).toBe('Ana');
    expect(seen(client)).toEqual(['hello']);
    expect(client.outbox.list()).toHaveLength(0);
  });

  it('are one person where two messages are written at once', async () => {
    const browser = new FakeBrowser();
    const client = browser.tab();
    const both = Promise.all([client.send({ text: 'one' }), client.send({ text: 'two' })]);
    await pass();
    await both;
    expect(browser.server.users).toHaveLength(1);
    expect(seen(client)).toEqual(['one', 'two']);
  });

  it('are refused by an app that admits none, and the message says so', async () => {
    const browser = new FakeBrowser();
    browser.server.anonymous = false;
    const client = browser.tab();
    expect(client.mayWrite).toBe(false);
    expect(await refusal(client.send({ text: 'hello' }))).toMatchObject({ code: 'anonymous_off', status: 403, retryable: false });
    expect(client.outbox.list()[0]?.failure).toBeTruthy();
  });

  it('are the same person after the page was loaded anew', async () => {
    const browser = new FakeBrowser();
    const first = browser.tab();
    void first.send({ text: 'hello' });
    await pass();
    first.close();
    const second = browser.tab();
    void second.start();
    await pass();
    expect(seen(second)).toEqual(['hello']);
    expect(second.user?.id).toBe(first.user?.id);
    expect(browser.server.users).toHaveLength(1);
  });
});

describe('what nobody known wrote while offline', () => {
  it('is sent after the page was loaded anew, as one new person', async () => {
    const browser = new FakeBrowser();
    browser.network.down = true;
    const first = browser.tab();
    void first.send({ text: 'written offline' });
    await pass(3_000);
    first.close();
    browser.network.down = false;
    const second = browser.tab();
    void second.start();
    await pass(1_000);
    expect(seen(second)).toEqual(['written offline']);
    expect(browser.server.users).toHaveLength(1);
  });
});

describe('signing in', () => {
  it('makes no anonymous user', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    expect(client.user?.externalId).toBe('ana');
    expect(browser.server.users).toHaveLength(1);
    expect(browser.network.dialed).toBe(1);
  });

  it.each([
    ['expired', { exp: 1_700_000_000 }, { code: 'invalid_auth', reason: 'token_expired', claim: 'exp', status: 401 }],
    ['badly signed', { refused: 'signature_invalid' }, { code: 'invalid_auth', reason: 'signature_invalid', status: 401 }],
    ['of a key that is not known', { refused: 'key_unknown' }, { code: 'invalid_auth', reason: 'key_unknown', status: 401 }],
    ['of somebody else', { external_id: 'ben' }, { code: 'invalid_auth', reason: 'claim_invalid', claim: 'external_id' }],
  ])('with a token that is %s fails with the reason and changes nothing', async (_, claims, expected) => {
    const browser = new FakeBrowser();
    const client = browser.tab();
    void client.send({ text: 'hello' });
    await pass();
    const { id } = client.user ?? {};
    const error = await refusal(client.signIn({ door: 'sdk', token: token({ external_id: 'ana', ...claims }), externalId: 'ana' }));
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ ...expected, retryable: false });
    expect(client.user?.id).toBe(id);
    expect(client.connectionState).toBe('connected');
    const after = client.send({ text: 'still here' });
    await pass();
    await after;
    expect(seen(client)).toEqual(['hello', 'still here']);
  });

  it('takes the anonymous history along, also into a person known already', async () => {
    const browser = new FakeBrowser();
    const elsewhere = new FakeBrowser(browser.server);
    await signedIn(elsewhere);
    const client = browser.tab();
    void client.send({ text: 'written before' });
    await pass();
    void client.signIn({ door: 'sdk', token: token({ external_id: 'ana' }), externalId: 'ana' });
    await pass();
    expect(seen(client)).toEqual(['written before']);
    expect(client.user?.externalId).toBe('ana');
  });

  it('takes along what an anonymous person had not sent yet', async () => {
    const browser = new FakeBrowser();
    const client = browser.tab();
    void client.send({ text: 'first' });
    await pass();
    browser.lose();
    await pass();
    const late = client.send({ text: 'written offline' });
    browser.network.down = false;
    void client.signIn({ door: 'sdk', token: token({ external_id: 'ana' }), externalId: 'ana' });
    await pass(3_000);
    await late;
    expect(seen(client)).toEqual(['first', 'written offline']);
  });

  it('asks the host for a fresh token only where a page began with one that has expired', async () => {
    const browser = new FakeBrowser();
    const freshToken = vi.fn(() => Promise.resolve(token({ external_id: 'ana' })));
    const client = browser.tab({ freshToken });
    const old = { door: 'sdk', token: token({ external_id: 'ana', exp: 1_700_000_000 }), externalId: 'ana' } as const;
    const forged = { ...old, token: token({ external_id: 'ana', refused: 'signature_invalid' }) };
    expect(await refusal(client.signIn(old))).toMatchObject({ reason: 'token_expired' });
    expect(await refusal(client.signInAtStart(forged))).toMatchObject({ reason: 'signature_invalid' });
    expect(freshToken).not.toHaveBeenCalled();
    const user = client.signInAtStart(old);
    await pass();
    expect((await user).externalId).toBe('ana');
    expect(freshToken).toHaveBeenCalledTimes(1);
  });

  it('as another person shows nothing of the former, and sends nothing of theirs', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser, 'ana');
    void client.send({ text: 'of Ana' });
    await pass();
    browser.server.rateLimited = 1_000;
    const unsent = refusal(client.send({ text: 'not sent by Ana' }), 0);
    client.drafts.set('', 'half written');
    const dropped = vi.fn();
    client.on('dropped', dropped);
    void client.signIn({ door: 'sdk', token: token({ external_id: 'ben' }), externalId: 'ben' });
    await pass(1_000);
    expect(client.user?.externalId).toBe('ana');
    await pass(2_000);
    browser.server.rateLimited = 0;
    await pass(5_000);
    expect(client.user?.externalId).toBe('ben');
    expect(await unsent).toMatchObject({ code: 'signed_out' });
    expect(dropped).toHaveBeenCalledWith(1);
    expect(client.store.list()).toEqual([]);
    expect(client.drafts.get('')).toBe('');
    expect(browser.server.conversations.flatMap((one) => browser.server.texts(one.state.id))).toEqual(['of Ana']);
  });
});

describe('a sign-in at the start of a page', () => {
  const ana = { door: 'code', token: token({ external_id: 'ana' }) } as const;
  const ben = { door: 'code', token: token({ external_id: 'ben' }) } as const;

  async function begin(client: Client, signIn: Parameters<Client['signIn']>[0]): Promise<void> {
    const done = client.signInAtStart(signIn);
    await pass();
    await done;
  }

  /** What Ana left behind in the browser when its page was closed. */
  async function visitOfAna(browser: FakeBrowser): Promise<Client> {
    const client = browser.tab();
    await begin(client, ana);
    void client.send({ text: 'of Ana' });
    await pass();
    client.drafts.set('', 'half written');
    client.close();
    return client;
  }

  it('replaces the session of the same person: client, history and drafts are kept', async () => {
    const browser = new FakeBrowser();
    const first = await visitOfAna(browser);
    const before = browser.storedSession;
    const second = browser.tab();
    await begin(second, ana);
    expect(seen(second)).toEqual(['of Ana']);
    expect(second.user?.id).toBe(first.user?.id);
    expect(second.drafts.get('')).toBe('half written');
    expect(browser.storedSession?.clientId).toBe(before?.clientId);
    expect(browser.server.lives(before?.token ?? '')).toBe(false);
  });

  it('of another person ends the former session, and nothing of the former is there', async () => {
    const browser = new FakeBrowser();
    await visitOfAna(browser);
    const before = browser.storedSession;
    const second = browser.tab();
    await begin(second, ben);
    expect(second.user?.externalId).toBe('ben');
    expect(second.store.list()).toEqual([]);
    expect(second.drafts.get('')).toBe('');
    expect(browser.storedSession?.clientId).not.toBe(before?.clientId);
    expect(browser.server.lives(before?.token ?? '')).toBe(false);
  });

  it('takes along what somebody anonymous wrote on the page before', async () => {
    const browser = new FakeBrowser();
    const first = browser.tab();
    void first.send({ text: 'written before' });
    await pass();
    first.close();
    const second = browser.tab();
    await begin(second, ana);
    expect(seen(second)).toEqual(['written before']);
  });

  describe('where only anonymous sessions are taken up', () => {
    it('is what a person needs on each page: without it nobody is there, and what is written is of somebody new', async () => {
      const browser = new FakeBrowser();
      const first = await visitOfAna(browser);
      const second = browser.tab({ resume: 'anonymous' });
      await second.start();
      expect([second.presence, second.isKnown, second.drafts.get('')]).toEqual(['nobody', false, '']);
      expect(browser.network.dialed).toBe(1);
      void second.send({ text: 'of nobody known' });
      await pass();
      expect(seen(second)).toEqual(['of nobody known']);
      expect(second.user?.id).not.toBe(first.user?.id);
      const third = browser.tab({ resume: 'anonymous' });
      void third.start();
      await pass();
      expect(seen(third)).toEqual(['of nobody known']);
    });

    it('may fail, and nobody is there then either', async () => {
      const browser = new FakeBrowser();
      await visitOfAna(browser);
      const before = browser.storedSession;
      const second = browser.tab({ resume: 'anonymous' });
      const late = { ...ana, token: token({ external_id: 'ana', exp: 1_700_000_000 }) };
      expect(await refusal(second.signInAtStart(late))).toMatchObject({ reason: 'token_expired' });
      await second.start();
      expect(second.presence).toBe('nobody');
      const third = browser.tab({ resume: 'anonymous' });
      await begin(third, ana);
      expect(browser.storedSession?.clientId).toBe(before?.clientId);
      expect(seen(third)).toEqual(['of Ana']);
    });
  });
});

describe('signing out', () => {
  it('ends the session, forgets everything, and the next message is a new person', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    void client.send({ text: 'of Ana' });
    await pass();
    const done = client.signOut();
    await pass();
    await done;
    expect(client.presence).toBe('nobody');
    expect(client.store.list()).toEqual([]);
    expect(browser.storage.length).toBe(0);
    expect(browser.server.lines.size).toBe(0);
    void client.send({ text: 'of nobody known' });
    await pass();
    expect(seen(client)).toEqual(['of nobody known']);
    expect(client.user?.externalId).toBeUndefined();
    expect(browser.server.users).toHaveLength(2);
  });

  it('waits two seconds for unsent messages and then drops them', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    browser.server.rateLimited = 1_000;
    const unsent = refusal(client.send({ text: 'too fast' }), 0);
    const done = client.signOut();
    await pass(1_500);
    expect(client.presence).toBe('user');
    await pass(1_500);
    await done;
    expect(await unsent).toMatchObject({ code: 'signed_out' });
    expect(browser.stored('outbox')).toEqual([]);
  });

  it('works without a line, and ends the session over HTTP', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    browser.server.cut();
    await pass(10);
    const done = client.signOut();
    await pass(3_000);
    await done;
    expect(client.presence).toBe('nobody');
    const second = browser.tab();
    await second.start();
    expect(second.presence).toBe('nobody');
  });

  it('reaches the other tabs, whose pages are not asked for a token', async () => {
    const browser = new FakeBrowser();
    const freshToken = vi.fn(() => Promise.resolve(token({ external_id: 'ana' })));
    const first = await signedIn(browser);
    const second = browser.tab({ freshToken });
    void second.start();
    await pass();
    void first.signOut();
    await pass(1_000);
    expect(freshToken).not.toHaveBeenCalled();
    expect(second.presence).toBe('nobody');
    expect(second.store.list()).toEqual([]);
  });

  it.each([
    ['logout', 'nobody', 0],
    ['erased', 'expired', 0],
    ['session ended', 'user', 1],
    ['revoked', 'user', 1],
    ['everywhere', 'user', 1],
  ])('by the server for the reason "%s" leaves %s, after %d questions to the host', async (reason, presence, asked) => {
    const browser = new FakeBrowser();
    const freshToken = vi.fn(() => Promise.resolve(token({ external_id: 'ana' })));
    const client = await signedIn(browser, 'ana', { freshToken });
    browser.server.endAll(reason);
    await pass();
    expect(client.presence).toBe(presence);
    expect(freshToken).toHaveBeenCalledTimes(asked);
  });

  it('follows a sign-in of another tab', async () => {
    const browser = new FakeBrowser();
    const first = browser.tab();
    void first.send({ text: 'hello' });
    await pass();
    const second = browser.tab();
    void second.start();
    await pass();
    void first.signIn({ door: 'sdk', token: token({ external_id: 'ana' }), externalId: 'ana' });
    await pass(1_000);
    expect(second.user?.externalId).toBe('ana');
    expect(seen(second)).toEqual(['hello']);
  });
});

describe('a session that a cookie carries', () => {
  /** The page's side of it: over HTTP the server makes a session, of which scripts learn the name alone. */
  function carrierOf(browser: FakeBrowser): Carrier & { ended: number; held?: string; grant(jwt?: string): Session } {
    const carrier: ReturnType<typeof carrierOf> = {
      prefix: 'parlor.page.app1.',
      ended: 0,
      grant(jwt) {
        const { session, merged } = browser.server.signIn({ token: jwt, session: carrier.held });
        carrier.held = session.token;
        const { id: userId, externalId } = session.user.user;
        const was = merged?.['discarded'] as string | undefined;
        return { token: `cookie:${session.token}`, expiresAt: new Date(session.expiresAt).toISOString(), userId, externalId, clientId: session.client, door: jwt ? 'code' : undefined, was };
      },
      admit() {
        if (browser.network.down) return Promise.reject(new ParlorError({ message: 'no network', code: 'unavailable', status: 0, retryable: true }));
        saveSession(stored(browser), carrier.grant());
        return Promise.resolve();
      },
      end() {
        carrier.ended += 1;
        if (browser.network.down) return Promise.reject(new TypeError('network'));
        browser.server.endSession(carrier.held ?? '');
        return Promise.resolve(new Response(null, { status: 204 }));
      },
    };
    return carrier;
  }

  const stored = (browser: FakeBrowser) => new Storage(browser.storage, 'parlor.page.app1.');

  it('is made by the first message, once, also where the network was down at first', async () => {
    const browser = new FakeBrowser();
    const carrier = carrierOf(browser);
    browser.network.down = true;
    const client = browser.tab({ carrier });
    const both = Promise.all([client.send({ text: 'one' }), client.send({ text: 'two' })]);
    await pass(1_000);
    browser.network.down = false;
    await pass(60_000);
    await both;
    expect(browser.server.users).toHaveLength(1);
    expect(seen(client)).toEqual(['one', 'two']);
    expect(stored(browser).get<Session>('session')?.token).toBe(`cookie:${carrier.held}`);
    expect(browser.storage.getItem('parlor.app1.session')).toBeNull();
  });

  it('is taken over as it was stored, and its history goes along', async () => {
    const browser = new FakeBrowser();
    const carrier = carrierOf(browser);
    const client = browser.tab({ carrier });
    void client.send({ text: 'written before' });
    await pass();
    client.drafts.set('', 'half written');
    saveSession(stored(browser), carrier.grant(token({ external_id: 'ana' })));
    client.sessionChanged();
    await pass(1_000);
    expect(client.user?.externalId).toBe('ana');
    expect(seen(client)).toEqual(['written before']);
    expect(client.drafts.get('')).toBe('half written');
  });

  it('is taken over while the line of the former one is still on its way', async () => {
    const browser = new FakeBrowser();
    const carrier = carrierOf(browser);
    saveSession(stored(browser), carrier.grant());
    const client = browser.tab({ carrier });
    void client.start();
    saveSession(stored(browser), carrier.grant(token({ external_id: 'ana' })));
    client.sessionChanged();
    await pass(1_000);
    expect(client.presence).toBe('user');
    expect(client.user?.externalId).toBe('ana');
  });

  it('of another person shows and keeps nothing of the former', async () => {
    const browser = new FakeBrowser();
    const carrier = carrierOf(browser);
    saveSession(stored(browser), carrier.grant(token({ external_id: 'ana' })));
    const client = browser.tab({ carrier });
    void client.start();
    void client.send({ text: 'of Ana' });
    await pass();
    client.drafts.set('', 'a secret of Ana');
    saveSession(stored(browser), carrier.grant(token({ external_id: 'ben' })));
    client.sessionChanged();
    await pass(1_000);
    expect(client.user?.externalId).toBe('ben');
    expect(client.store.list()).toEqual([]);
    expect(client.drafts.get('')).toBe('');
  });

  it('ends over HTTP, which is tried until the server has heard of it', async () => {
    const browser = new FakeBrowser();
    const carrier = carrierOf(browser);
    saveSession(stored(browser), carrier.grant(token({ external_id: 'ana' })));
    const client = browser.tab({ carrier });
    void client.start();
    await pass();
    browser.network.down = true;
    const done = client.signOut();
    await pass(2_100);
    await done;
    expect(client.presence).toBe('nobody');
    expect(browser.storage.length).toBe(0);
    browser.network.down = false;
    await pass(10_000);
    expect(carrier.ended).toBeGreaterThan(1);
    expect(() => browser.server.signIn({ session: carrier.held })).toThrow('unauthorized');
  });
});

describe('a session near its end', () => {
  it('is renewed over the open line, before it ends, by one question to the host', async () => {
    const browser = new FakeBrowser();
    const freshToken = vi.fn(() => Promise.resolve(token({ external_id: 'ana', exp: inSeconds(300) })));
    const client = await signedIn(browser, 'ana', { freshToken }, inSeconds(300));
    await pass(239_000);
    expect(freshToken).not.toHaveBeenCalled();
    await pass(2_000);
    expect(freshToken).toHaveBeenCalledTimes(1);
    await pass(120_000);
    browser.server.expire();
    await pass(10);
    expect(client.connectionState).toBe('connected');
    expect(browser.network.dialed).toBe(1);
  });

  it('asks again where the host fails, and keeps what is written meanwhile', async () => {
    const browser = new FakeBrowser();
    let works = false;
    const freshToken = vi.fn(() => (works ? Promise.resolve(token({ external_id: 'ana', exp: inSeconds(300) })) : Promise.reject(new Error('offline'))));
    const client = await signedIn(browser, 'ana', { freshToken }, inSeconds(90));
    await pass(75_000);
    expect(freshToken.mock.calls.length).toBeGreaterThan(1);
    works = true;
    const sent = client.send({ text: 'hello' });
    await pass(30_000);
    await sent;
    expect(client.presence).toBe('user');
    expect(seen(client)).toEqual(['hello']);
  });

  it('that has ended asks once; without a token it is over, and the same person gets the unsent messages back', async () => {
    const browser = new FakeBrowser();
    const freshToken = vi.fn(() => Promise.resolve(undefined));
    const client = await signedIn(browser, 'ana', { freshToken }, inSeconds(30));
    browser.server.rateLimited = 1_000;
    const sent = client.send({ text: 'before the end' });
    await pass(31_000);
    browser.server.expire();
    await pass(1_000);
    expect(client.presence).toBe('expired');
    expect(client.mayWrite).toBe(false);
    browser.server.rateLimited = 0;
    void client.signIn({ door: 'sdk', token: token({ external_id: 'ana' }), externalId: 'ana' });
    await pass(1_000);
    expect((await sent).message.content.text).toBe('before the end');
    expect(client.presence).toBe('user');
  });

  it('is not taken over by the token of another person', async () => {
    const browser = new FakeBrowser();
    const freshToken = vi.fn(() => Promise.resolve(token({ external_id: 'mallory', exp: inSeconds(60) })));
    const client = await signedIn(browser, 'kim', { freshToken }, inSeconds(6));
    await pass(6_100);
    browser.server.expire();
    await pass(1_000);
    expect(client.presence).toBe('expired');
    expect(client.user?.externalId).toBe('kim');
    expect(browser.server.users).toHaveLength(1);
  });

  it('is renewed by one tab for all', async () => {
    const browser = new FakeBrowser();
    const freshToken = vi.fn(() => Promise.resolve(token({ external_id: 'ana', exp: inSeconds(300) })));
    let lock = Promise.resolve<unknown>(undefined);
    const alone = <T>(_: string, run: () => Promise<T>) => {
      const mine = lock.then(run, run);
      lock = mine.catch(() => undefined);
      return mine;
    };
    const first = await signedIn(browser, 'ana', { freshToken, alone }, inSeconds(300));
    const second = browser.tab({ freshToken, alone });
    void second.start();
    await pass(245_000);
    expect(freshToken).toHaveBeenCalledTimes(1);
    expect(first.connectionState).toBe('connected');
    expect(second.connectionState).toBe('connected');
  });
});

describe('the outbox', () => {
  it('keeps messages over a lost line and sends each once, in order', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    void client.send({ text: '1' });
    await pass();
    void client.send({ text: '2' });
    browser.lose();
    void client.send({ text: '3' });
    await pass(20_000);
    expect(client.connectionState).toBe('reconnecting');
    expect(client.outbox.waiting).toBeGreaterThan(0);
    browser.network.down = false;
    client.hint('online');
    await pass(2_000);
    expect(client.outbox.list()).toEqual([]);
    expect(seen(client)).toEqual(['1', '2', '3']);
  });

  it('survives that the page is loaded anew, also where the acknowledgement was lost', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    void client.send({ text: 'first' });
    await pass();
    void client.send({ text: 'acknowledgement lost' });
    await pass(6);
    browser.lose();
    void client.send({ text: 'never left' });
    await pass();
    client.close();
    expect(browser.stored('outbox').length).toBeGreaterThan(0);
    browser.network.down = false;
    const again = browser.tab();
    void again.start();
    await pass(2_000);
    expect(browser.server.texts(browser.server.conversations[0]?.state.id ?? '')).toEqual(['first', 'acknowledgement lost', 'never left']);
    expect(browser.stored('outbox')).toEqual([]);
  });

  it('waits out the limit of the server and fails nothing', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    browser.server.rateLimited = 3;
    const all = Promise.all(['1', '2', '3'].map((text) => client.send({ text })));
    await pass(100);
    expect(client.outbox.list().every((entry) => entry.failure === undefined)).toBe(true);
    await pass(3_000);
    await all;
    expect(seen(client)).toEqual(['1', '2', '3']);
  });

  it('keeps what is refused for good until the person decides, and lets the others pass', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    const refused = refusal(client.send({ text: '(refuse me)' }), 0);
    void client.send({ text: 'fine' });
    await pass();
    expect(await refused).toMatchObject({ code: 'bad_request', status: 400 });
    expect(seen(client)).toEqual(['fine']);
    const [entry] = client.outbox.list();
    expect(entry?.failure).toBeTruthy();
    client.outbox.discard(entry?.id ?? '');
    expect(browser.stored('outbox')).toEqual([]);
  });

  it('makes one conversation where the acknowledgement of its first message was lost', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    const sent = client.send({ text: 'a' }, 'new:x');
    await pass(6);
    browser.lose();
    browser.network.down = false;
    await pass(3_000);
    expect((await sent).message.content.text).toBe('a');
    expect(browser.server.conversations).toHaveLength(1);
    expect(seen(client)).toEqual(['a']);
  });

  it('makes a new conversation with its first message and sends the next ones there', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    void client.send({ text: 'default' });
    await pass();
    const moved = vi.fn();
    client.on('moved', moved);
    void client.send({ text: 'a' }, 'new:x');
    void client.send({ text: 'b' }, 'new:x');
    await pass();
    expect(browser.server.conversations.map((one) => browser.server.texts(one.state.id))).toEqual([['default'], ['a', 'b']]);
    expect(moved).toHaveBeenCalledWith('new:x', browser.server.conversations[1]?.state.id);
  });
});

describe('keeping in step', () => {
  async function talking(browser: FakeBrowser): Promise<{ client: Client; id: string }> {
    const client = await signedIn(browser);
    void client.send({ text: 'hello' });
    await pass();
    return { client, id: client.store.defaultId ?? '' };
  }

  it('notices a gap and asks for what it missed', async () => {
    const browser = new FakeBrowser();
    const { client, id } = await talking(browser);
    browser.server.losesEvents = true;
    browser.server.say(id, 'missed 1');
    browser.server.say(id, 'missed 2');
    browser.server.losesEvents = false;
    browser.server.say(id, 'heard');
    await pass();
    expect(seen(client)).toEqual(['hello', 'missed 1', 'missed 2', 'heard']);
    expect(client.store.get(id)?.state.unreadCount).toBe(3);
  });

  it('steps over changes that it is not shown', async () => {
    const browser = new FakeBrowser();
    const { client, id } = await talking(browser);
    browser.server.change(id);
    browser.server.say(id, 'heard');
    await pass();
    expect(seen(client)).toEqual(['hello', 'heard']);
    browser.server.say(id, 'and at once');
    await pass(12);
    expect(seen(client)).toEqual(['hello', 'heard', 'and at once']);
  });

  it('resumes after a lost line with exactly what it missed, told once', async () => {
    const browser = new FakeBrowser();
    const { client, id } = await talking(browser);
    const told: (string | undefined)[] = [];
    client.store.on('message', (message) => told.push(message.content.text));
    browser.lose();
    await pass();
    const gone = browser.server.say(id, 'removed again');
    browser.server.say(id, 'while away');
    browser.server.removeMessage(id, gone.id);
    browser.server.businessReads(id);
    browser.network.down = false;
    await pass(5_000);
    expect(seen(client)).toEqual(['hello', 'while away']);
    expect(told).toEqual(['removed again', 'while away']);
    expect(client.store.get(id)?.state.businessReadNumber).toBe(3);
  });

  it('forgets and asks anew where the server says reset', async () => {
    const browser = new FakeBrowser();
    const { client, id } = await talking(browser);
    browser.lose();
    await pass();
    for (let i = 1; i <= 501; i++) browser.server.say(id, `m${i}`);
    browser.network.down = false;
    await pass(5_000);
    expect(seen(client)).toEqual(['m501']);
    void client.loadOlder(id);
    await pass();
    expect(seen(client)).toHaveLength(51);
  });

  it('pages back to the first message', async () => {
    const browser = new FakeBrowser();
    const { client, id } = await talking(browser);
    for (let i = 1; i <= 120; i++) browser.server.say(id, `m${i}`);
    const fresh = await signedIn(new FakeBrowser(browser.server));
    for (let i = 0; i < 4; i++) {
      void fresh.loadOlder(id);
      await pass();
    }
    expect(fresh.store.get(id)?.messages.map((message) => message.number)).toEqual(Array.from({ length: 121 }, (_, i) => i + 1));
    expect(fresh.store.get(id)?.hasMore).toBe(false);
    expect(client.store.get(id)?.messages).toHaveLength(121);
  });

  it('holds so many messages and no more, and has the older ones again', async () => {
    const browser = new FakeBrowser();
    const { client, id } = await talking(browser);
    for (let i = 2; i <= 600; i++) browser.server.say(id, `m${i}`);
    await pass();
    client.store.shorten(id);
    expect(seen(client)).toHaveLength(600);
    browser.server.say(id, 'm601');
    await pass();
    client.store.shorten(id);
    expect([seen(client)?.length, seen(client)?.[0], seen(client)?.at(-1)]).toEqual([300, 'm302', 'm601']);
    void client.loadOlder(id);
    await pass();
    expect([seen(client)?.length, seen(client)?.[0]]).toEqual([350, 'm252']);
  });

  it('holds a part far above its end, tells what comes meanwhile, and has the newest again', async () => {
    const browser = new FakeBrowser();
    const { client, id } = await talking(browser);
    for (let i = 2; i <= 30; i++) browser.server.say(id, `m${i}`);
    await pass();
    const whole = client.store.get(id) as Conversation;
    client.store.put({ ...whole, messages: whole.messages.slice(0, 10), hasNewer: true });
    const told: string[] = [];
    client.store.on('message', ({ content }) => told.push(content.text ?? ''));
    browser.server.say(id, 'm31');
    await pass();
    const held = client.store.get(id) as Conversation;
    expect([seen(client)?.length, seen(client)?.at(-1), held.state.lastMessage?.content.text, told]).toEqual([10, 'm10', 'm31', ['m31']]);
    const removed = { type: 'message.removed', conversation: id, change: held.cursor.change + 1, id: held.state.lastMessage?.id ?? '', number: 31 } as const;
    expect(after(held, removed, '').state.lastMessage, 'what is before it is not known').toBeNull();
    client.store.shorten(id);
    expect([seen(client), client.store.get(id)?.hasNewer]).toEqual([['m31'], undefined]);
    void client.loadOlder(id);
    await pass();
    expect([seen(client)?.length, seen(client)?.at(-1)]).toEqual([31, 'm31']);
  });

  it('counts unread messages, and reading them reaches the other devices', async () => {
    const browser = new FakeBrowser();
    const { client, id } = await talking(browser);
    const other = await signedIn(new FakeBrowser(browser.server));
    browser.server.say(id, 'one');
    browser.server.say(id, 'two');
    await pass();
    expect([client.store.unreadCount(), other.store.unreadCount()]).toEqual([2, 2]);
    client.store.markRead(id);
    expect(client.store.unreadCount()).toBe(0);
    await pass();
    expect(other.store.unreadCount()).toBe(0);
  });

  it('shows typing for ten seconds at most, and not after the message', async () => {
    const browser = new FakeBrowser();
    const { client, id } = await talking(browser);
    browser.server.typing(id, true);
    await pass(50);
    expect(client.store.typing(id)?.displayName).toBe('Kim');
    await pass(10_000);
    expect(client.store.typing(id)).toBeUndefined();
    browser.server.typing(id, true);
    browser.server.say(id, 'here');
    await pass(50);
    expect(client.store.typing(id)).toBeUndefined();
  });

  it('lists conversations ten at a time', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    for (let i = 0; i < 13; i++) {
      void client.createConversation({ displayName: `c${i}` });
      await pass(1_000);
    }
    const fresh = await signedIn(new FakeBrowser(browser.server));
    expect(fresh.store.list()).toHaveLength(10);
    expect(fresh.store.hasMore).toBe(true);
    void fresh.loadMore();
    await pass();
    expect(fresh.store.list()).toHaveLength(13);
    expect(fresh.store.hasMore).toBe(false);
  });
});

describe('what is told as new', () => {
  interface Told {
    messages: (string | undefined)[];
    added: number;
    unread: number[];
  }

  function listening(client: Client): Told {
    const told: Told = { messages: [], added: 0, unread: [] };
    client.store.on('message', (message) => told.messages.push(message.content.text));
    client.store.on('added', () => told.added++);
    client.store.on('unread', (count) => told.unread.push(count));
    return told;
  }

  /** A page that goes on with the remembered session. */
  async function loaded(browser: FakeBrowser): Promise<{ client: Client; told: Told }> {
    const client = browser.tab();
    const told = listening(client);
    void client.start();
    await pass();
    return { client, told };
  }

  const signIn = { door: 'sdk', token: token({ external_id: 'ana' }), externalId: 'ana' } as const;
  const nothing: Told = { messages: [], added: 0, unread: [] };

  /** Somebody who has read a conversation, and left the page. */
  async function gone(browser: FakeBrowser): Promise<{ id: string; ana: FakeBrowser['server']['users'][number] }> {
    const client = await signedIn(browser);
    void client.send({ text: 'hello' });
    await pass();
    const id = client.store.defaultId ?? '';
    browser.server.say(id, 'read');
    await pass();
    client.store.markRead(id);
    await pass();
    client.close();
    return { id, ana: browser.server.users[0] as FakeBrowser['server']['users'][number] };
  }

  it('is nothing that was there when the page was loaded, whether it goes on with its session, signs in again, or both', async () => {
    const browser = new FakeBrowser();
    const { id } = await gone(browser);
    const { client, told } = await loaded(browser);
    void client.signIn(signIn);
    await pass();
    expect(told).toEqual(nothing);
    browser.server.say(id, 'now');
    await pass();
    expect(told).toEqual({ messages: ['now'], added: 0, unread: [1] });
    client.close();

    const next = browser.tab();
    const heard = listening(next);
    void next.signIn(signIn);
    await pass();
    expect(heard).toEqual({ ...nothing, unread: [1] });
  });

  it('is only the count of what came while no page was open, also in a conversation that was begun then', async () => {
    const browser = new FakeBrowser();
    const { id, ana } = await gone(browser);
    browser.server.say(id, 'while away');
    const other = browser.server.begin(ana, 'begun while away');
    const { client, told } = await loaded(browser);
    expect(told).toEqual({ ...nothing, unread: [1, 1] });
    expect(client.store.unreadCount()).toBe(2);
    browser.server.say(other, 'now');
    await pass();
    expect(told).toEqual({ messages: ['now'], added: 0, unread: [1, 1, 2] });
  });

  it('is what came while the line of this page was down: in a conversation that is held, and in one that was begun meanwhile', async () => {
    const browser = new FakeBrowser();
    const { id, ana } = await gone(browser);
    const { told } = await loaded(browser);
    browser.lose();
    await pass();
    browser.server.say(id, 'while offline');
    browser.server.begin(ana, 'begun meanwhile');
    browser.network.down = false;
    await pass(5_000);
    expect(told).toEqual({ messages: ['begun meanwhile', 'while offline'], added: 1, unread: [1, 1] });
  });

  it('is what came while the line was down also where the person signs in again, once', async () => {
    const browser = new FakeBrowser();
    const { id, ana } = await gone(browser);
    const { client, told } = await loaded(browser);
    browser.lose();
    await pass();
    browser.server.say(id, 'while offline');
    browser.server.begin(ana, 'begun meanwhile');
    browser.network.down = false;
    void client.signIn(signIn);
    await pass(5_000);
    expect(told.messages.sort()).toEqual(['begun meanwhile', 'while offline']);
    expect(told).toMatchObject({ added: 1, unread: [1, 1] });
  });

  it('is not the last answer of an old conversation that is fetched because somebody looks for it', async () => {
    const browser = new FakeBrowser();
    const { id, ana } = await gone(browser);
    await pass(1_000);
    for (let i = 0; i < 10; i++) browser.server.begin(ana, `newer ${i}`);
    const { client, told } = await loaded(browser);
    expect(client.store.get(id)).toBeUndefined();
    void client.load(id);
    await pass();
    expect(client.store.get(id)?.messages).toHaveLength(1);
    expect(told.messages).toEqual([]);
  });
});

describe('the line', () => {
  it('backs off from half a second to thirty, and comes back at once on a hint', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    browser.lose();
    await pass(120_000);
    const tried = browser.network.dialed;
    expect(tried).toBeGreaterThan(6);
    expect(tried).toBeLessThan(20);
    browser.network.down = false;
    client.hint('visible');
    await pass(50);
    expect(client.connectionState).toBe('connected');
  });

  it('that has gone silent is given up', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    browser.network.down = true;
    await pass(26_000);
    expect(client.connectionState).toBe('connected');
    await pass(15_000);
    expect(client.connectionState).toBe('reconnecting');
  });

  it.each([
    ['its message', 0],
    ['the acknowledgement', 6],
  ])('that is dead without a word, and has lost %s, is given up within 15 seconds; the message arrives once', async (_, afterMs) => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    void client.send({ text: 'before' });
    await pass();
    const sent = client.send({ text: 'into the dark' });
    await pass(afterMs);
    browser.network.handovers += 1;
    await pass(11_000);
    expect(client.outbox.waiting).toBe(1);
    await pass(4_000);
    await sent;
    expect(browser.server.texts(browser.server.conversations[0]?.state.id ?? '')).toEqual(['before', 'into the dark']);
    expect(seen(client)).toEqual(['before', 'into the dark']);
    expect(browser.network.dialed).toBe(2);
  });

  it('fails what was asked as unavailable, to be asked again, when the answer does not come', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    browser.network.handovers += 1;
    const error = await refusal(client.updateUser({ givenName: 'Ana' }), 13_000);
    expect(error).toMatchObject({ code: 'unavailable', retryable: true });
  });

  it('that is slow but not silent is kept', async () => {
    const browser = new FakeBrowser();
    const client = await signedIn(browser);
    browser.network.delayMs = 5_500;
    const first = client.updateUser({ givenName: 'Ana' });
    await pass(8_000);
    const second = client.updateUser({ surname: 'Lind' });
    await pass(12_000);
    await Promise.all([first, second]);
    expect(browser.network.dialed).toBe(1);
    expect(client.connectionState).toBe('connected');
  });
});
