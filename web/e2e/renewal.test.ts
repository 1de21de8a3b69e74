/** Sessions end with their tokens; a page that can get fresh ones never notices, any other is told. */
import { describe, expect, it } from 'vitest';
import type { Smooch as SmoochAPI } from '../widget/api.ts';
import { browserSkipped } from './browser.ts';
import { tokenOf } from './company.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

declare const Smooch: SmoochAPI;

const lifeSeconds = 12;

describe.skipIf(browserSkipped())('a session', () => {
  const world = World.begin();

  /** A tab of a person whose token lives so many seconds, on a page that asks its backend for fresh ones. */
  async function visitFor(externalId: string, seconds: number, key = world.key): Promise<Visitor> {
    const jwt = tokenOf(externalId, key, seconds);
    const visitor = await world.visit(world.company.page({ externalId, jwt }, 'delegate'));
    await visitor.began();
    return visitor;
  }

  /** Done when the time has come. */
  async function until(time: number): Promise<void> {
    await expect.poll(() => Date.now(), { timeout: 30_000 }).toBeGreaterThan(time);
  }

  it('is renewed before its token expires: once for two tabs, without a reconnect, and both chat on', async () => {
    const ana = world.newcomer('ana');
    world.company.token = () => world.tokenOf(ana);
    const first = await visitFor(ana, lifeSeconds);
    const second = await world.visit(world.company.page({}, 'delegate'), first.page.context());
    await second.untilUser(ana);
    await Promise.all([first.open(), second.open()]);
    await first.send('with the first token');
    await second.said('with the first token').waitFor();
    const before = await first.session();
    const expires = Date.parse(before.expiresAt);
    expect(expires - Date.now()).toBeLessThanOrEqual(lifeSeconds * 1000);
    await expect.poll(async () => Date.parse((await first.session()).expiresAt), { timeout: 15_000 }).toBeGreaterThan(expires + 60_000);
    expect(Date.now(), 'renewed before the token expired').toBeLessThan(expires);
    await until(expires + 1_000);
    await first.send('with the second token');
    await second.said('with the second token').waitFor();
    await second.send('from the other tab');
    await first.said('from the other tab').waitFor();
    expect(world.company.asked, 'how often the backend was asked').toBe(1);
    for (const tab of [first, second]) {
      expect(await tab.heard('disconnected')).toEqual([]);
      expect(await tab.heard('reconnecting')).toEqual([]);
      expect(await tab.heard('connected')).toHaveLength(1);
    }
    expect((await second.session()).token).toBe((await first.session()).token);
  }, 60_000);

  it('of a page whose backend fails ends with the token, says so, and is followed by a new sign-in', async () => {
    const ben = world.newcomer('ben');
    world.company.token = () => {
      throw new Error('the session of the company is over, too');
    };
    const visitor = await visitFor(ben, lifeSeconds);
    await visitor.open();
    await visitor.send('as long as it lasts');
    const { token, expiresAt } = await visitor.session();
    await visitor.composer.fill('not finis');
    await visitor.untilEnded(20_000);
    expect(Date.now(), 'not before its time').toBeGreaterThanOrEqual(Date.parse(expiresAt));
    expect(Date.now() - Date.parse(expiresAt), 'and soon after').toBeLessThan(5_000);
    expect(world.company.asked).toBeGreaterThan(0);
    expect(await visitor.composer.count()).toBe(0);
    expect(await world.sessionLives(token)).toBe(false);
    expect(await visitor.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    await visitor.login(ben);
    await visitor.said('as long as it lasts').waitFor();
    expect(await visitor.composer.inputValue(), 'the draft').toBe('not finis');
    await visitor.send('and on it goes');
    const [conversation] = await world.rest.conversationsOf(ben);
    expect(await world.rest.texts(conversation?.id ?? '')).toEqual(['as long as it lasts', 'and on it goes']);
  }, 60_000);

  it('of a page whose backend never answers ends with the token all the same, and says so', async () => {
    const cleo = world.newcomer('cleo');
    const visitor = await world.visit(world.company.url);
    await visitor.page.evaluate(
      (options) => Smooch.init({ ...options, delegate: { onInvalidAuth: () => new Promise<string>(() => undefined) } }),
      { integrationId: world.app.integrationId, externalId: cleo, jwt: world.tokenOf(cleo, 4) },
    );
    await visitor.open();
    await visitor.send('as long as it lasts');
    await visitor.untilEnded(20_000);
    await visitor.login(cleo);
    await visitor.send('and on it goes');
  }, 60_000);

  it('is not taken over by the token of another person that a confused backend hands out', async () => {
    const [kim, mallory] = [world.newcomer('kim'), world.newcomer('mallory')];
    world.company.token = () => world.tokenOf(mallory);
    const visitor = await visitFor(kim, 6);
    await visitor.open();
    await visitor.send('I am Kim');
    await visitor.untilEnded(20_000);
    expect(world.company.asked).toBeGreaterThan(0);
    expect(await world.rest.status('GET', `/users/${mallory}`)).toBe(404);
  }, 60_000);

  it('ends in the page within 2 s when its key is revoked by the command line', async () => {
    const [kim, eve] = [world.newcomer('kim'), world.newcomer('eve')];
    const key = await world.parlor.createKey(world.app, 'sdk');
    const jwt = tokenOf(eve, key);
    const visitor = await world.visit(world.company.url);
    // The server beside which the key was made sees it within 5 seconds.
    await expect.poll(() => visitor.refusal({ init: { integrationId: world.app.integrationId, externalId: eve, jwt } })).toBeNull();
    const bystander = await world.visitAs(kim);
    await Promise.all([visitor.open(), bystander.open()]);
    await visitor.send('signed by a key that leaks');
    await bystander.send('signed by another key');
    const { token } = await visitor.session();
    const gone = visitor.untilEnded().then(() => Date.now());
    await world.parlor.command('key', 'revoke', key.id);
    const revoked = Date.now();
    expect((await gone) - revoked, 'ms until the page knew').toBeLessThan(2_000);
    expect(await visitor.composer.count()).toBe(0);
    expect(await world.sessionLives(token)).toBe(false);
    expect(await visitor.refusal({ login: [eve, jwt] })).toMatchObject({ code: 'invalid_auth', reason: 'key_unknown', status: 401 });
    await bystander.send('still here');
    expect(await bystander.heard('disconnected')).toEqual([]);
    await visitor.login(eve);
    await visitor.said('signed by a key that leaks').waitFor();
  });

  it('goes on where its key is revoked and the backend signs with the next one', async () => {
    const rui = world.newcomer('rui');
    const key = await world.parlor.createKey(world.app, 'sdk');
    world.company.token = () => world.tokenOf(rui);
    const visitor = await world.visit(world.company.url);
    await expect.poll(() => visitor.refusal({ init: { integrationId: world.app.integrationId, externalId: rui, jwt: tokenOf(rui, key) } })).toBeNull();
    await visitor.page.goto(world.company.page({}, 'delegate'));
    await visitor.untilUser(rui);
    await visitor.open();
    await visitor.send('before the key was revoked');
    const { token } = await visitor.session();
    await world.parlor.command('key', 'revoke', key.id);
    await expect.poll(async () => (await visitor.session())?.token !== token).toBe(true);
    await visitor.send('after the key was revoked');
    expect(await visitor.composer.count()).toBe(1);
    expect(world.company.asked).toBe(1);
  });
});
