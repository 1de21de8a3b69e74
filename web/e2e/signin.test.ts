/** Sign-in with tokens of the company, right and wrong, in a real browser on a page of another site. */
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { now, signed } from './company.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('sign-in', () => {
  const world = World.begin();

  it('is by login, after an init that knows nobody', async () => {
    const ana = world.newcomer('ana');
    const visitor = await world.visit();
    await visitor.began();
    await visitor.login(ana);
    expect(await visitor.user()).toMatchObject({ externalId: ana });
    await visitor.open();
    await visitor.send('hello from login');
    const [conversation] = await world.rest.conversationsOf(ana);
    expect(await world.rest.texts(conversation?.id ?? '')).toEqual(['hello from login']);
  });

  it('is by init with externalId and jwt, and makes no anonymous user on the way', async () => {
    const ben = world.newcomer('ben');
    const before = await world.rest.createUser(world.newcomer('before'));
    const visitor = await world.visitAs(ben);
    expect(await visitor.user()).toMatchObject({ externalId: ben });
    const after = await world.rest.createUser(world.newcomer('after'));
    expect(after.number - before.number, 'users made between the two').toBe(2);
    await visitor.page.goto(world.company.page());
    await visitor.untilUser(ben);
  });

  it('takes the token that the page was made with once more from the delegate when that has expired', async () => {
    const ada = world.newcomer('ada');
    world.company.token = () => world.tokenOf(ada);
    const visitor = await world.visit(world.company.page({ externalId: ada, jwt: world.tokenOf(ada, -7200) }, 'delegate'));
    await visitor.began();
    expect(await visitor.user()).toMatchObject({ externalId: ada });
    expect(world.company.asked).toBe(1);
  });

  it.each(['en_US', 'xx-not-a-locale', ''])('works with the locale "%s", which is none: the language is found or English', async (locale) => {
    const eva = world.newcomer('eva');
    const visitor = await world.visit(world.company.page({ externalId: eva, jwt: world.tokenOf(eva), locale }));
    await visitor.began();
    await visitor.open();
    expect(await visitor.user()).toMatchObject({ externalId: eva });
    await visitor.send('hello');
  });

  interface Mistake {
    name: string;
    token(id: string): string;
    reason: string;
    claim?: string;
    says: RegExp;
  }
  const claims = (id: string) => ({ scope: 'user', external_id: id, exp: now() + 3600 });
  const mistakes: Mistake[] = [
    { name: 'expired two hours ago', token: (id) => world.tokenOf(id, -7200), reason: 'token_expired', claim: 'exp', says: /expired/ },
    { name: 'a key that does not exist', token: (id) => signed(claims(id), { ...world.key, id: `app_${'0'.repeat(24)}` }), reason: 'key_unknown', says: /key/ },
    { name: 'the wrong secret', token: (id) => signed(claims(id), { ...world.key, secret: `x${world.key.secret}` }), reason: 'signature_invalid', says: /signature|secret/i },
    { name: 'an external_id that is a number', token: () => signed({ ...claims(''), external_id: 1001 }, world.key), reason: 'claim_invalid', claim: 'external_id', says: /external_id is a number/ },
    { name: 'another id than the argument', token: () => world.tokenOf('somebody-else'), reason: 'claim_invalid', claim: 'external_id', says: /external_id/ },
  ];

  describe.each(mistakes)('with a wrong token: $name', ({ token, reason, claim, says }) => {
    const refused = { isError: true, message: expect.stringMatching(says) as string, code: 'invalid_auth', reason, status: 401, retryable: false };

    it('fails at login, says why, and nothing has changed for the person who was here', async () => {
      const kim = world.newcomer('kim');
      const visitor = await world.visitAs(kim);
      await visitor.open();
      await visitor.send('before the mistake');
      const [session, user] = [await visitor.session(), await visitor.user()];
      const other = world.newcomer('other');
      const refusal = await visitor.refusal({ login: [other, token(other)] });
      expect(refusal).toMatchObject(refused);
      expect(refusal?.claim).toBe(claim);
      expect([await visitor.session(), await visitor.user()]).toEqual([session, user]);
      await visitor.send('after the mistake');
      const [conversation] = await world.rest.conversationsOf(kim);
      expect(await world.rest.texts(conversation?.id ?? '')).toEqual(['before the mistake', 'after the mistake']);
      expect(await world.rest.status('GET', `/users/${other}`)).toBe(404);
    });

    it('fails at login of somebody anonymous, who stays who they are', async () => {
      const visitor = await world.visit();
      await visitor.began();
      await visitor.open();
      await visitor.send('written by nobody');
      const [session, user] = [await visitor.session(), await visitor.user()];
      const other = world.newcomer('other');
      expect(await visitor.refusal({ login: [other, token(other)] })).toMatchObject(refused);
      expect([await visitor.session(), await visitor.user()]).toEqual([session, user]);
      expect(await visitor.said('written by nobody').count()).toBe(1);
    });

    it('fails at init, and a right one may follow', async () => {
      const other = world.newcomer('other');
      const visitor = await world.visit(world.company.url);
      const refusal = await visitor.refusal({ init: { integrationId: world.app.integrationId, externalId: other, jwt: token(other) } });
      expect(refusal).toMatchObject(refused);
      expect(refusal?.claim).toBe(claim);
      expect(await visitor.launcher.count()).toBe(0);
      expect((await visitor.user()).id).toBeUndefined();
      expect(await visitor.refusal({ init: { integrationId: world.app.integrationId, externalId: other, jwt: world.tokenOf(other) } })).toBeNull();
      expect(await visitor.user()).toMatchObject({ externalId: other });
    });
  });
});
