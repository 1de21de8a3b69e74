import { wait } from './clock.ts';
import type { Clock, Timer } from './clock.ts';
import type { ClientInfo, Door, Welcome } from './protocol.ts';
import type { Storage } from './storage.ts';

/** The session of this browser, as it is remembered. All tabs share it. */
export interface Session {
  readonly token: string;
  /** RFC 3339. */
  readonly expiresAt: string;
  /** When to ask for a fresh token; absent where none is needed. */
  readonly renewAt?: string;
  readonly userId: string;
  readonly externalId?: string;
  readonly clientId: string;
  /** The door of the token that made it; absent: anonymous. */
  readonly door?: Door;
  /** The anonymous record whose history went into this user's at sign-in. */
  readonly was?: string;
}

const key = 'session';

/** The key of the remembered session, for those who listen to changes of the storage. */
export function sessionKey(storage: Storage): string {
  return storage.prefix + key;
}

/** The remembered session, over or not: none means that a tab signed out. */
export function storedSession(storage: Storage): Session | undefined {
  return storage.get(key);
}

/** The remembered session, unless its time is over. */
export function loadSession(storage: Storage, clock: Clock): Session | undefined {
  const session = storedSession(storage);
  return session && Date.parse(session.expiresAt) > clock.now() ? session : undefined;
}

export function saveSession(storage: Storage, session: Session): void {
  storage.set(key, session);
}

export function removeSession(storage: Storage): void {
  storage.remove(key);
}

/** The session after a welcome; undefined where the server gave none and there was none. */
export function sessionAfter(welcome: Welcome, before: Session | undefined, door: Door | undefined): Session | undefined {
  const who = { userId: welcome.user.id, externalId: welcome.user.externalId, clientId: welcome.client.id };
  if (!welcome.session) return before && { ...before, ...who };
  const { token, expiresAt, renewAt } = welcome.session;
  return { token, expiresAt, renewAt, ...who, door, was: welcome.merged?.discarded };
}

/** How a session is carried where scripts do not hold its token: in a cookie, on a page of the server's own origin. */
export interface Carrier {
  /** What the keys of the storage begin with: such a page shares its origin with the widget's frame. */
  readonly prefix: string;
  /** Makes an anonymous session over HTTP and remembers it: its token is the name by which the line says hello. Fails with the server's refusal. */
  admit(client: ClientInfo): Promise<void>;
  /** Asks the server once to end the session. */
  end(): Promise<Response>;
}

const endTries = 5;

/** Ends a session over HTTP. Tries for half a minute, until the server has answered. */
export async function endSession(end: () => Promise<Response>, clock: Clock): Promise<void> {
  for (let tries = 0; tries < endTries; tries++) {
    const answer = await end().catch(() => undefined);
    if (answer && answer.status < 500) return;
    await wait(clock, 1_000 * 2 ** tries);
  }
}

export interface RenewalOptions {
  clock: Clock;
  random(): number;
  /** Renews the session; fails where that did not succeed this time. */
  renew(): Promise<void>;
}

const firstRetryMs = 5_000;
const longestRetryMs = 60_000;
const longestTimerMs = 2 ** 31 - 1;

/** Renews a session when its time comes, one attempt at a time, and again with growing pauses until it ends. */
export class Renewal {
  readonly #options: RenewalOptions;
  #timer: Timer | undefined;

  constructor(options: RenewalOptions) {
    this.#options = options;
  }

  /** Sets the time by the session; without one, or without a need, nothing happens any more. */
  schedule(session: Session | undefined): void {
    this.stop();
    if (!session?.renewAt) return;
    const inMs = Math.max(0, Date.parse(session.renewAt) - this.#options.clock.now());
    if (inMs <= longestTimerMs) this.#runIn(inMs, session, 0);
    else this.#timer = this.#options.clock.setTimeout(() => this.schedule(session), longestTimerMs);
  }

  stop(): void {
    this.#options.clock.clearTimeout(this.#timer);
  }

  #runIn(ms: number, session: Session, failures: number): void {
    const { clock, random, renew } = this.#options;
    const timer = clock.setTimeout(() => {
      renew().catch(() => {
        if (this.#timer !== timer || Date.parse(session.expiresAt) <= clock.now()) return;
        this.#runIn(Math.min(longestRetryMs, firstRetryMs * 2 ** failures) * (0.5 + random() / 2), session, failures + 1);
      });
    }, ms);
    this.#timer = timer;
  }
}
