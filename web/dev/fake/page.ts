import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WireError } from '../../sdk/index.ts';
import type { FakeParlor } from './parlor.ts';

/**
 * The endpoints of the hosted page. What an app admits is said in its id: "private" admits nobody without a link, "mail"
 * has sign-in by e-mail, and "nope" is none. The code of every e-mail is 123456; a claim `refused` fails as what it names.
 */
export const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

const code = '123456';
const statuses: Record<string, number> = { seat_limit_reached: 403, door_closed: 403, user_blocked: 403, user_not_found: 404, anonymous_off: 403 };

interface Body {
  code?: string;
  confirm?: boolean;
  email?: string;
}

export function configOf(parlor: FakeParlor, appId: string): object {
  return { ...parlor.config(appId), anonymous: !appId.includes('private'), color: appId.includes('green') ? '#0a7a55' : undefined, emailLogin: appId.includes('mail') ? 'on' : 'off' };
}

/** The session that the browser's cookie holds for the app. */
export function cookieOf(request: IncomingMessage, appId: string): string | undefined {
  return new RegExp(`(?:^|; )parlor-${appId}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1];
}

/** Answers a request below /page/v1; false where it is none. */
export async function answerPage(parlor: FakeParlor, request: IncomingMessage, answer: ServerResponse): Promise<boolean> {
  const [, appId = '', what] = /^\/page\/v1\/apps\/([^/]+)\/(session|email-codes|email-sessions)$/.exec(request.url ?? '') ?? [];
  if (!what) return false;
  const held = cookieOf(request, appId);
  const body = await bodyOf(request);
  const json = (status: number, said?: object) => {
    answer.writeHead(status, { 'Content-Type': 'application/json' });
    answer.end(said && JSON.stringify(said));
    return true;
  };
  const refuse = (error: WireError, status = statuses[error.code] ?? 401, more: object = {}) => json(status, { errors: [error], ...more });
  const admit = (jwt: string | undefined, status: number) => {
    const { session, merged } = parlor.signIn({ token: jwt, session: jwt || status === 200 ? held : undefined });
    answer.setHeader('Set-Cookie', `parlor-${appId}=${session.token}; HttpOnly; SameSite=Lax; Path=/`);
    const { user } = session.user;
    const grant = { token: `cookie:${session.token}`, expiresAt: new Date(session.expiresAt).toISOString(), assurance: session.signed ? 'signed' : 'anonymous' };
    return json(status, { session: grant, user, client: { id: session.client }, merged });
  };
  try {
    if (what === 'email-codes') return json(202);
    if (what === 'email-sessions') {
      if (body.code !== code) return refuse({ code: 'invalid_code', title: 'The code is wrong or has expired.' }, 401, { triesLeft: 4 });
      return admit(mailToken(body.email ?? ''), 201);
    }
    if (request.method === 'GET') return held && parlor.lives(held) ? admit(undefined, 200) : json(204);
    if (request.method === 'DELETE') {
      parlor.endSession(held ?? '');
      answer.setHeader('Set-Cookie', `parlor-${appId}=; Max-Age=0; Path=/`);
      return json(204);
    }
    const others = body.code !== undefined && !body.confirm ? otherPerson(parlor, held, body.code) : undefined;
    if (others) return refuse({ code: 'other_person', title: 'Another person is signed in.' }, 409, others);
    return admit(body.code, 201);
  } catch (error) {
    const { wire } = error as { wire?: WireError };
    if (!wire) throw error;
    const named = wire.reason && wire.reason in statuses ? { ...wire, code: wire.reason } : wire;
    return refuse(named);
  }
}

/** The names of who is signed in and of whom the code names, where these are two. */
function otherPerson(parlor: FakeParlor, held: string | undefined, jwt: string): object | undefined {
  const current = parlor.users.find((one) => held && parlor.holds(held, one));
  if (!jwt.startsWith('fake.')) return undefined;
  const { external_id, name } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { external_id?: string; name?: string };
  if (!current?.user.externalId || current.user.externalId === external_id) return undefined;
  return { current: { name: current.user.profile?.givenName ?? current.user.externalId }, next: { name: name ?? external_id } };
}

function mailToken(email: string): string {
  return `fake.${Buffer.from(JSON.stringify({ external_id: email, name: email })).toString('base64url')}.token`;
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  let text = '';
  for await (const part of request) text += String(part);
  return text ? (JSON.parse(text) as Body) : {};
}
