import { ParlorError, unavailable } from '../sdk/index.ts';
import type { ClientInfo, SessionGrant, User, WireError } from '../sdk/index.ts';

/** What everybody may know of an app. */
export interface App {
  app: { id: string; name: string };
  anonymous: boolean;
  attachmentsEnabled: boolean;
  /** Hex. */
  color?: string;
  /** An address on this origin. */
  logo?: string;
  looks?: { theme?: 'light' | 'dark' };
  /** In place of the messenger's own words. */
  texts?: { greeting?: string; introAppText?: string };
  /** Who may sign in by e-mail: everybody, those known already, nobody. */
  emailLogin?: 'on' | 'known' | 'off';
}

/** Who is signed in, by a cookie that scripts do not see: the token of the session is its name. */
export interface Admitted {
  session: SessionGrant;
  user: User;
  client: { id: string };
  merged?: { discarded: string };
}

interface More {
  /** Of 409 `other_person`: who is signed in, and whom the code names. */
  current?: { name: string };
  next?: { name: string };
  /** Of `invalid_code`. */
  triesLeft?: number;
}

/** A refusal, with what these endpoints tell beside the error itself. */
export class Refusal extends ParlorError {
  constructor(
    error: ParlorError,
    readonly more: More,
  ) {
    super(error.toPlain());
  }
}

/** The app of the id, or the one that the server has for this host name. */
export function appOf(id: string | undefined): Promise<App> {
  return call('GET', id === undefined ? '/sdk/v1/config' : `/sdk/v1/apps/${encodeURIComponent(id)}/config`);
}

/** The server's answers to pages of its own origin, for one app. Every refusal is a {@link Refusal}. */
export class Endpoints {
  readonly #base: string;

  constructor(appId: string) {
    this.#base = `/page/v1/apps/${encodeURIComponent(appId)}`;
  }

  /** Undefined: nobody. */
  session(): Promise<Admitted | undefined> {
    return call('GET', `${this.#base}/session`);
  }

  /** Signs in by the code; without one the session is anonymous. `confirm`: also in place of another person. */
  admit(ask: { code?: string; confirm?: boolean; client: ClientInfo }): Promise<Admitted> {
    return call('POST', `${this.#base}/session`, ask);
  }

  /** Asks to end the session; a page that is left meanwhile does not stop it. Fails where no server answers. */
  end(): Promise<Response> {
    return fetch(`${this.#base}/session`, { method: 'DELETE', keepalive: true }).catch(() => Promise.reject(new Refusal(unavailable(), {})));
  }

  async sendCode(email: string): Promise<void> {
    await call('POST', `${this.#base}/email-codes`, { email });
  }

  admitByMail(ask: { email: string; code: string; client: ClientInfo }): Promise<Admitted> {
    return call('POST', `${this.#base}/email-sessions`, ask);
  }
}

/** Answers that may be without a body. */
const empty = [202, 204];

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(path, {
    method,
    headers: body && { 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  }).catch(() => undefined);
  const said: unknown = await answer?.json().catch(() => undefined);
  if (!answer || (said === undefined && !empty.includes(answer.status))) throw new Refusal(unavailable(), {});
  if (answer.ok) return said as T;
  throw refusalOf(answer, said as { errors?: WireError[] } & More);
}

function refusalOf({ status, headers }: Response, { errors, ...more }: { errors?: WireError[] } & More): Refusal {
  const seconds = Number(headers.get('Retry-After'));
  const retryAfterMs = seconds > 0 ? seconds * 1_000 : undefined;
  const error = errors?.[0] ?? { code: status >= 500 ? 'unavailable' : 'internal' };
  return new Refusal(ParlorError.fromWire({ retryAfterMs, ...error }, status), { ...more, ...(error as More) });
}
