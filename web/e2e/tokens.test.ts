/**
 * Tokens as companies make them: by libraries that know nothing of Parlor, in every form that is documented for the three
 * doors, and each with the mistakes that people make. No browser: `POST /sdk/v1/apps/{appId}/sessions` judges.
 */
import { SignJWT } from 'jose';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { now, signed } from './company.ts';
import { Program } from './program.ts';
import type { App, Key } from './program.ts';
import { Rest } from './rest.ts';
import type { RestUser } from './rest.ts';

type Claims = Record<string, unknown>;

/** A library at work: it signs with HS256, with the key's id as kid or, as at the doors that know none, without. */
interface Library {
  name: string;
  sign(claims: Claims, key: Key, withKid: boolean): string | Promise<string>;
}

const require = createRequire(import.meta.url);
const jsonwebtoken = require('jsonwebtoken') as {
  sign(claims: Claims, secret: string, options?: { keyid?: string; expiresIn?: string; noTimestamp?: boolean }): string;
};
const jsrsasign = require('jsrsasign') as {
  KJUR: { jws: { JWS: { sign(alg: string, header: object, claims: object, secret: { utf8: string }): string } } };
};
const jwtSimple = require('jwt-simple') as {
  encode(claims: Claims, secret: string, alg: string, options?: { header: object }): string;
};

const libraries: Library[] = [
  {
    name: 'jsonwebtoken 9',
    sign: (claims, key, withKid) => jsonwebtoken.sign(claims, key.secret, withKid ? { keyid: key.id } : {}),
  },
  {
    name: 'jose 6',
    sign: (claims, key, withKid) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...(withKid ? { kid: key.id } : {}) }).sign(new TextEncoder().encode(key.secret)),
  },
  {
    name: 'jsrsasign 11',
    sign: (claims, key, withKid) =>
      jsrsasign.KJUR.jws.JWS.sign('HS256', { alg: 'HS256', typ: 'JWT', ...(withKid ? { kid: key.id } : {}) }, claims, { utf8: key.secret }),
  },
  {
    name: 'jwt-simple 0.5',
    sign: (claims, key, withKid) => jwtSimple.encode(claims, key.secret, 'HS256', withKid ? { header: { kid: key.id } } : undefined),
  },
];

type Door = 'sdk' | 'jsm' | 'code';

/** The answer of the server to a sign-in, right or wrong, as far as these tests look. */
interface Answer {
  status: number;
  session?: { expiresAt: string; assurance: string };
  user?: RestUser;
  errors?: { code: string; reason?: string; claim?: string; title: string }[];
}

const hour = 3600;
const week = 7 * 24 * hour;

describe('tokens of other libraries', () => {
  let parlor: Program;
  let app: App;
  let rest: Rest;
  let people = 0;
  const keys = {} as Record<Door | 'api' | 'revoked' | 'foreign', Key>;

  beforeAll(async () => {
    parlor = await Program.create();
    app = await parlor.createApp('Fernhill');
    for (const use of ['sdk', 'jsm', 'code', 'api'] as const) keys[use] = await parlor.createKey(app, use);
    keys.revoked = await parlor.createKey(app, 'sdk');
    await parlor.command('key', 'revoke', keys.revoked.id);
    keys.foreign = await parlor.createKey(await parlor.createApp('Another company'), 'sdk');
    rest = new Rest(parlor.url, app, keys.api);
    await parlor.serve();
  });
  afterAll(() => parlor?.stop());

  const newcomer = (): string => `person-${(people += 1)}`;

  async function signIn(door: Door, token: string, externalId?: string): Promise<Answer> {
    const answer = await fetch(`${parlor.url}/sdk/v1/apps/${app.id}/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: 'https://shop.example' },
      body: JSON.stringify({ door, token, externalId }),
    });
    expect(answer.headers.get('Access-Control-Allow-Origin'), 'a page must be able to read the answer').toBe('*');
    return { status: answer.status, ...((await answer.json()) as object) };
  }

  /** The seconds that the session of an answer has left. */
  const life = (answer: Answer): number => (Date.parse(answer.session?.expiresAt ?? '') - Date.now()) / 1000;

  function expectRefusal(answer: Answer, reason: string, claim?: string): void {
    expect(answer).toMatchObject({ status: 401, errors: [{ code: 'invalid_auth', reason }] });
    expect(answer.errors?.[0]?.claim).toBe(claim);
    expect(answer.errors?.[0]?.title).toBeTruthy();
    expect(answer).not.toHaveProperty('session');
  }

  describe.each(libraries)('$name', ({ name, sign }) => {
    const isStrict = name.startsWith('jsonwebtoken');

    /** As the library signs; what a strict one refuses to sign is signed by hand. */
    const signOr = (claims: Claims, key: Key, withKid: boolean): string | Promise<string> => {
      try {
        return sign(claims, key, withKid);
      } catch (error) {
        if (!isStrict) throw error;
        return signed(claims, key, { alg: 'HS256', typ: 'JWT', ...(withKid ? { kid: key.id } : {}) });
      }
    };

    describe('at the sdk door', () => {
      const at = async (claims: Claims, externalId?: string, key = keys.sdk) => signIn('sdk', await signOr(claims, key, true), externalId);

      it.each<[string, (id: string) => Claims, number]>([
        ['scope user with external_id', (id) => ({ scope: 'user', external_id: id, exp: now() + hour }), hour],
        ['the older scope appUser with userId', (id) => ({ scope: 'appUser', userId: id, exp: now() + hour }), hour],
        ['exp in quotes, as in a documented sample', (id) => ({ scope: 'user', external_id: id, exp: String(now() + hour) }), hour],
        ['without exp', (id) => ({ scope: 'user', external_id: id }), 30 * 24 * hour],
        ['iat and exp with fractions', (id) => ({ scope: 'user', external_id: id, iat: Date.now() / 1000, exp: Date.now() / 1000 + hour }), hour],
        ['name and e-mail beside', (id) => ({ scope: 'user', external_id: id, name: 'Ana Almeida', email: `${id}@x.example`, email_verified: true, exp: now() + hour }), hour],
      ])('signs in: %s', async (_, claims, seconds) => {
        const id = `${newcomer()}-ünï`;
        const answer = await at(claims(id), id);
        expect(answer).toMatchObject({ status: 201, user: { externalId: id }, session: { assurance: 'signed' } });
        expect(life(answer)).toBeGreaterThan(seconds - 60);
        expect(life(answer)).toBeLessThanOrEqual(seconds + 1);
        const again = await at(claims(id));
        expect(again.user?.id, 'the same person the second time').toBe(answer.user?.id);
      });

      const good = (): Claims => ({ scope: 'user', external_id: newcomer(), exp: now() + hour });
      it.each<[string, () => Claims, string, string?]>([
        ['expired', () => ({ ...good(), exp: now() - 120 }), 'token_expired', 'exp'],
        ['expired, with exp in quotes', () => ({ ...good(), exp: String(now() - 120) }), 'token_expired', 'exp'],
        ['external_id is a number', () => ({ ...good(), external_id: 42 }), 'claim_invalid', 'external_id'],
        ['external_id is empty', () => ({ ...good(), external_id: '' }), 'claim_invalid', 'external_id'],
        ['userId is a number', () => ({ scope: 'appUser', userId: 42 }), 'claim_invalid', 'userId'],
        ['userId with scope user', () => ({ scope: 'user', userId: 'ana' }), 'claim_invalid', 'external_id'],
        ['no scope', () => ({ external_id: 'ana' }), 'claim_invalid', 'scope'],
        ['a scope of the REST API', () => ({ ...good(), scope: 'app' }), 'claim_invalid', 'scope'],
        ['a claim with another case', () => ({ scope: 'user', External_ID: 'ana' }), 'claim_invalid', 'external_id'],
        ['exp in milliseconds', () => ({ ...good(), exp: Date.now() + hour * 1000 }), 'claim_invalid', 'exp'],
        ['exp is null', () => ({ ...good(), exp: null }), 'claim_invalid', 'exp'],
        ['exp is words', () => ({ ...good(), exp: 'tomorrow' }), 'claim_invalid', 'exp'],
        ['iat in the future', () => ({ ...good(), iat: now() + 300 }), 'not_yet_valid', 'iat'],
        ['nbf in the future', () => ({ ...good(), nbf: now() + 300 }), 'not_yet_valid', 'nbf'],
      ])('refuses: %s', async (_, claims, reason, claim) => {
        expectRefusal(await at(claims()), reason, claim);
      });

      it('refuses another person than the argument of login', async () => {
        expectRefusal(await at(good(), 'somebody-else'), 'claim_invalid', 'external_id');
      });

      it('refuses keys that are not good for it: unknown, revoked, of another app, of another use, or with another secret', async () => {
        expectRefusal(await at(good(), undefined, { ...keys.sdk, id: `app_${'0'.repeat(24)}` }), 'key_unknown');
        for (const key of [keys.revoked, keys.foreign, keys.api, keys.jsm]) expectRefusal(await at(good(), undefined, key), 'key_unknown');
        expectRefusal(await at(good(), undefined, { ...keys.sdk, secret: keys.api.secret }), 'signature_invalid');
      });

      it('refuses a token without kid', async () => {
        expectRefusal(await signIn('sdk', await sign(good(), keys.sdk, false)), 'malformed', 'kid');
      });
    });

    describe('at the code door', () => {
      const at = async (claims: Claims, key = keys.code) => signIn('code', await signOr(claims, key, false));

      /** The documented sample, `expiresIn: '7 days'`, where the library has such a thing. */
      const forAWeek = (claims: Claims): string | Promise<string> =>
        isStrict ? jsonwebtoken.sign(claims, keys.code.secret, { expiresIn: '7 days' }) : sign({ ...claims, iat: now(), exp: now() + week }, keys.code, false);

      const known = (): Promise<RestUser> => {
        const id = newcomer();
        return rest.createUser(id, { email: `${id}@customers.example` });
      };

      it.each<[string, (user: RestUser) => Claims]>([
        ['id', ({ number }) => ({ id: number })],
        ['id as a string of digits', ({ number }) => ({ id: String(number) })],
        ['email', ({ profile }) => ({ email: profile['email'] })],
        ['email in capitals', ({ profile }) => ({ email: profile['email']?.toUpperCase() })],
        ['id and email of somebody else: the id decides', ({ number }) => ({ id: number, email: 'nobody@customers.example' })],
        ['id and user.id of the same person', ({ number, externalId }) => ({ id: number, user: { id: externalId } })],
        ['user.id of somebody known', ({ externalId }) => ({ user: { id: externalId, plan: 'gold' } })],
      ])('finds by %s', async (_, claims) => {
        const user = await known();
        const answer = await signIn('code', await forAWeek(claims(user)));
        expect(answer).toMatchObject({ status: 201, user: { id: user.id, number: user.number }, session: { assurance: 'signed' } });
        expect(life(answer)).toBeGreaterThan(week - 60);
        expect(life(answer)).toBeLessThanOrEqual(week + 1);
      });

      it('makes a person of user.id, and finds them by all their names from then on', async () => {
        const id = newcomer();
        const email = `${id}@customers.example`;
        const made = await signIn('code', await forAWeek({ user: { id, email, plan: 'gold', age: 7 } }));
        expect(made).toMatchObject({ status: 201, user: { externalId: id, attributes: { plan: 'gold', age: 7 } } });
        for (const claims of [{ user: { id } }, { id: made.user?.number }, { email }]) {
          expect((await signIn('code', await forAWeek(claims))).user?.id).toBe(made.user?.id);
        }
      });

      it('does not tell who is not there: 404 for an id and an email on nobody\'s file', async () => {
        for (const claims of [{ id: 987654321 }, { email: 'nobody@customers.example' }]) {
          expect(await signIn('code', await forAWeek(claims))).toMatchObject({ status: 404, errors: [{ code: 'user_not_found' }] });
        }
      });

      it.each<[string, () => Claims, string, string?]>([
        ['nobody named', () => ({ plan: 'gold' }), 'claim_invalid', 'user.id'],
        ['user.id is a number', () => ({ user: { id: 42 } }), 'claim_invalid', 'user.id'],
        ['user without id', () => ({ user: { email: 'ana@x.example' } }), 'claim_invalid', 'user.id'],
        ['user is a string', () => ({ user: 'ana' }), 'claim_invalid', 'user'],
        ['id is words: it does not fall through to the email', () => ({ id: 'ana', email: 'ana@x.example' }), 'claim_invalid', 'id'],
        ['id is a fraction', () => ({ id: 1.5 }), 'claim_invalid', 'id'],
        ['email is no address', () => ({ email: 'ana' }), 'claim_invalid', 'email'],
        ['email is said not to be verified', () => ({ email: 'ana@x.example', email_verified: false }), 'claim_invalid', 'email_verified'],
        ['expired', () => ({ user: { id: 'ana' }, exp: now() - 120 }), 'token_expired', 'exp'],
        ['exp is a lifetime', () => ({ user: { id: 'ana' }, exp: week }), 'token_expired', 'exp'],
      ])('refuses: %s', async (_, claims, reason, claim) => {
        expectRefusal(await at(claims()), reason, claim);
      });

      it('refuses id and user.id of two people', async () => {
        const [one, other] = [await known(), await known()];
        expectRefusal(await at({ id: one.number, user: { id: other.externalId } }), 'claim_invalid', 'user.id');
      });

      it('refuses what another door\'s key signed', async () => {
        expectRefusal(await at({ user: { id: 'ana' } }, keys.jsm), 'signature_invalid');
        expectRefusal(await signIn('code', await sign({ user: { id: 'ana' } }, keys.sdk, true)), 'key_unknown');
      });
    });

    describe('at the jsm door', () => {
      const at = async (claims: Claims, key = keys.jsm) => signIn('jsm', await signOr(claims, key, false));
      /** As the documented sample makes its dates: milliseconds by 1000, not rounded, good for five minutes. */
      const sample = (email: string): Claims => {
        const iat = Date.now() / 1000;
        return { email, displayName: 'Ana Almeida', iat, exp: iat + 300 };
      };

      it('makes a person of an address at once, and finds them in any case; the session outlives the ticket', async () => {
        const email = `${newcomer()}@customers.example`;
        const made = await at(sample(email));
        expect(made).toMatchObject({ status: 201, user: { profile: { email } }, session: { assurance: 'signed' } });
        expect(JSON.stringify(made.user?.profile)).toMatch(/Ana.*Almeida/);
        expect(life(made)).toBeGreaterThan(11 * hour);
        expect((await at({ ...sample(email.toUpperCase()) })).user?.id).toBe(made.user?.id);
      });

      it.each<[string, (email: string) => Claims]>([
        ['whole seconds', (email) => ({ email, displayName: 'Ana', iat: now(), exp: now() + 300 })],
        ['no exp', (email) => ({ email, displayName: 'Ana', iat: Date.now() / 1000 })],
        ['the address alone', (email) => ({ email })],
      ])('signs in with %s', async (_, claims) => {
        expect(await at(claims(`${newcomer()}@customers.example`))).toMatchObject({ status: 201 });
      });

      it.each<[string, () => Claims, string, string?]>([
        ['no email', () => ({ displayName: 'Ana' }), 'claim_invalid', 'email'],
        ['email is no address', () => sample('Ana Almeida <ana@x.example>'), 'claim_invalid', 'email'],
        ['email is a list', () => ({ email: ['ana@x.example'] }), 'claim_invalid', 'email'],
        ['email is said not to be verified', () => ({ ...sample('ana@x.example'), email_verified: false }), 'claim_invalid', 'email_verified'],
        ['expired', () => ({ ...sample('ana@x.example'), iat: now() - 600.5, exp: now() - 299.5 }), 'token_expired', 'exp'],
        ['dates in milliseconds', () => ({ ...sample('ana@x.example'), exp: Date.now() + 300_000 }), 'claim_invalid', 'exp'],
        ['from the future', () => ({ ...sample('ana@x.example'), iat: now() + 300.25 }), 'not_yet_valid', 'iat'],
      ])('refuses: %s', async (_, claims, reason, claim) => {
        expectRefusal(await at(claims()), reason, claim);
      });

      it('refuses what another door\'s key signed', async () => {
        expectRefusal(await at(sample('ana@x.example'), keys.code), 'signature_invalid');
      });
    });
  });

  it('refuses what no library should sign: no signature, another algorithm, a part more or less, nothing', async () => {
    const claims = { scope: 'user', external_id: 'ana', exp: now() + hour };
    const header = { typ: 'JWT', kid: keys.sdk.id };
    expectRefusal(await signIn('sdk', signed(claims, keys.sdk, { ...header, alg: 'none' })), 'malformed', 'alg');
    expectRefusal(await signIn('sdk', signed(claims, keys.sdk, { ...header, alg: 'HS512' })), 'malformed', 'alg');
    expectRefusal(await signIn('sdk', signed(claims, keys.sdk, { ...header, alg: 'HS256', crit: ['exp'] })), 'malformed', 'crit');
    const token = signed(claims, keys.sdk);
    for (const text of [`${token}.x`, token.slice(0, token.lastIndexOf('.')), `Bearer ${token}`, '']) expectRefusal(await signIn('sdk', text), 'malformed');
    const [head, body, mac] = token.split('.') as [string, string, string];
    expectRefusal(await signIn('sdk', `${head}.${Buffer.from(JSON.stringify({ ...claims, external_id: 'ben' })).toString('base64url')}.${mac}`), 'signature_invalid');
    expect((await signIn('sdk', `${head}.${body}.${mac}`)).status).toBe(201);
  });
});
