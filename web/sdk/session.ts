import { wait } from './clock.ts';
import type { Clock, Timer } from './clock.ts';
import type { Door, Welcome } from './protocol.ts';
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

/** The remembered session, unless its time is over. */
export function loadSession(storage: Storage, clock: Clock): Session | undefined {
  const session = storage.get<Session>(key);
  return session && Date.parse(session.expiresAt) > clock.now() ? session : undefined;
}

/** Whether one is remembered at all, over or not: none means that a tab signed out. */
export function hasSession(storage: Storage): boolean {
  return storage.get(key) !== undefined;
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

const endTries = 5;

/** Ends the session over HTTP, where there is no line to do it. Tries for half a minute; `base` is the app's address. */
export async function endSession(session: Session, base: string, send: typeof fetch, clock: Clock): Promise<void> {
  const headers = { Authorization: `Bearer ${session.token}` };
  for (let tries = 0; tries < endTries; tries++) {
    const answer = await send(`${base}/sessions/current`, { method: 'DELETE', headers, keepalive: true }).catch(() => undefined);
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
