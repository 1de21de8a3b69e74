import { wait } from './clock.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { ParlorError, unavailable } from './errors.ts';
import { closeCodes } from './protocol.ts';
import type { ClientInfo, Door, User, Welcome } from './protocol.ts';
import { Renewal, endSession, loadSession, removeSession, saveSession, sessionAfter, storedSession } from './session.ts';
import type { Carrier, Session } from './session.ts';
import type { Storage } from './storage.ts';

/** Who is here. `expired`: the session of an identified user ended and the host has no fresh token. */
export type Presence = 'nobody' | 'user' | 'expired';

/** What a sign-in takes. */
export interface SignIn {
  door: Door;
  token: string;
  externalId?: string;
}

/** What goes with a person: it is kept, handed on or dropped as persons change. */
export interface Belongings {
  /** Waits for what is still to be sent, at most ms. */
  flush(ms: number): Promise<void>;
  /** The person is `to` now. `continues`: it is who was here before, as `from`, or nobody known until now. */
  pass(from: string | undefined, to: string, continues: boolean): void;
  /** What is displayed is that of somebody else, or of nobody any more. */
  clear(): void;
  /** Nobody is here any more: nothing of the person stays in this browser. */
  leave(): void;
}

export interface IdentityOptions {
  clock: Clock;
  random(): number;
  storage: Storage;
  connection: Connection;
  belongings: Belongings;
  /** The address below which the server answers for the app. */
  base: string;
  fetch: typeof fetch;
  anonymous: boolean;
  /** Which remembered session counts before a sign-in; that of a person is, where it does not, still the one that a sign-in replaces. */
  resume?: 'any' | 'anonymous';
  info?: ClientInfo;
  freshToken?(): Promise<string | undefined>;
  /** Absent: the session's token is held here. */
  carrier?: Carrier;
  alone<T>(name: string, run: () => Promise<T>): Promise<T>;
  changed(): void;
}

const flushWithinMs = 2_000;
const signInTries = 3;
const tabsTellWithinMs = 300;
const tokenWithinMs = 10_000;
/** Why a session ended where another tab has begun the next one (api/realtime.md section 6). */
const followed = ['switch', 'upgrade', 'replaced'];

/**
 * Who this browser is to the server: its session, and how it begins, is renewed, changes hands and ends. Sign-ins, sign-outs
 * and the making of anonymous sessions run one after the other, and nothing changes unless one succeeds.
 */
export class Identity {
  readonly #options: IdentityOptions;
  user: User | undefined;
  session: Session | undefined;
  #expired = false;
  /** The sign-in that is under way; without a door that of somebody anonymous. */
  #signingIn: Partial<SignIn> | undefined;
  #making: Promise<void> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #renewal: Renewal;

  constructor(options: IdentityOptions) {
    this.#options = options;
    const { clock, random } = options;
    this.#renewal = new Renewal({ clock, random, renew: () => this.#renew() });
  }

  get presence(): Presence {
    if (this.#expired) return 'expired';
    return this.session ? 'user' : 'nobody';
  }

  /** Whether it is somebody who signed in. */
  get isKnown(): boolean {
    return this.session?.door !== undefined;
  }

  /** The session that a sign-in replaces: the present one, else one that is remembered and was not taken up. */
  get former(): Session | undefined {
    return this.session ?? storedSession(this.#options.storage);
  }

  /** Goes on with the remembered session; false where there is none that counts. */
  resume(): boolean {
    const session = this.#remembered();
    if (!session || (session.door && this.#options.resume === 'anonymous')) return false;
    this.#resumeWith(session);
    return true;
  }

  /** Signs in; fails with the server's refusal and then changes nothing. */
  signIn(signIn: SignIn): Promise<User> {
    const { connection, belongings } = this.#options;
    return this.#inTurn(async () => {
      const isSwitch = this.session?.door !== undefined && this.session.externalId !== signIn.externalId;
      if (isSwitch && connection.state === 'connected') await belongings.flush(flushWithinMs);
      return (await this.#trySignIn(signIn)).user;
    });
  }

  /**
   * Signs in with the token that a page was made with. Pages are kept in caches longer than tokens live: where it has
   * expired, the host is asked once for a fresh one of the same person.
   */
  async signInAtStart(signIn: SignIn): Promise<User> {
    try {
      return await this.signIn(signIn);
    } catch (error) {
      const isOld = ['token_expired', 'token_too_old'].includes(ParlorError.from(error).reason ?? '');
      const token = isOld && (await this.#askForToken());
      if (!token) throw error;
      return this.signIn({ ...signIn, token });
    }
  }

  /** Signs out: here, on the server and in the other tabs. */
  signOut(): Promise<void> {
    const { connection, belongings, storage } = this.#options;
    return this.#inTurn(async () => {
      const { session } = this;
      if (session && !this.#expired) {
        if (connection.state === 'connected') await belongings.flush(flushWithinMs);
        // First here: tabs that lose their line now find that somebody signed out, and do not sign in again.
        removeSession(storage);
        await this.#endOnServer(session);
      }
      this.#leave();
    });
  }

  /** Makes an anonymous session where there is none; fails where the app admits no anonymous users. */
  ensure(): Promise<void> {
    if (this.session && !this.#expired) return Promise.resolve();
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  /** Another tab signed in, out or renewed: the remembered session counts. */
  sessionChanged(): void {
    const stored = this.#remembered();
    if (stored?.token === this.session?.token) return;
    if (stored) this.#resumeWith(stored);
    else if (!this.#expired) this.#leave();
  }

  /** Takes over who the server says this is. True: the same session goes on, and what is held of it still counts. */
  welcomed(welcome: Welcome): boolean {
    const signingIn = this.#signingIn;
    const before = signingIn?.door ? this.former : this.session;
    const session = sessionAfter(welcome, before, (signingIn ?? before)?.door);
    if (!session) return false;
    const isSame = before?.userId === welcome.user.id;
    if (!isSame) this.#options.belongings.clear();
    this.#become(session, before, !signingIn || (before !== undefined && welcome.merged?.discarded === before.userId));
    saveSession(this.#options.storage, session);
    this.user = welcome.user;
    this.#renewal.schedule(session);
    return isSame && !signingIn;
  }

  /** The server closed the line on this session for good; false where there is more to it than the session. */
  refused(code: number, reason: string): boolean {
    const { session } = this;
    if (this.#signingIn) return true;
    if (code !== closeCodes.signedOut) return false;
    if (session) void this.#inTurn(() => this.#ended(session, reason));
    return true;
  }

  close(): void {
    this.#renewal.stop();
  }

  #remembered(): Session | undefined {
    return loadSession(this.#options.storage, this.#options.clock);
  }

  #resumeWith(session: Session): void {
    const { connection, belongings, changed } = this.#options;
    const before = this.session;
    // A line that is still on its way says hello as the former session.
    if (before?.userId !== session.userId || (before.token !== session.token && connection.state !== 'connected')) connection.stop();
    if (before?.userId !== session.userId) belongings.clear();
    this.#become(session, before, before !== undefined && before.userId === session.was);
    this.#renewal.schedule(session);
    connection.start();
    changed();
  }

  #become(session: Session, before: Session | undefined, continues: boolean): void {
    const from = this.session?.userId;
    const isAlive = !this.#expired;
    this.session = session;
    this.#expired = false;
    this.#options.belongings.pass(from, session.userId, !before || (continues && isAlive) || before.userId === session.userId);
  }

  /** The session has ended: by another tab, which says so in the storage, or for all of them. */
  async #ended(session: Session, reason: string): Promise<void> {
    const { clock, connection, storage } = this.#options;
    const isFollowed = followed.includes(reason);
    if (isFollowed) await wait(clock, tabsTellWithinMs);
    if (this.session !== session || this.#expired || connection.state !== 'idle') return;
    const stored = this.#remembered();
    // The next session may have been taken over before the line of the former one was closed.
    if (stored && (isFollowed || stored.token !== session.token)) return this.#resumeWith(stored);
    if (!session.door || reason === 'logout' || !storedSession(storage)) return this.#leave();
    if (reason === 'erased') this.#forget();
    else if (await this.#revive(session)) return;
    this.#expired = true;
    removeSession(storage);
    this.#renewal.stop();
    this.#options.changed();
  }

  /** One fresh token may bring the session back for the same person. */
  async #revive({ door, externalId }: Session): Promise<boolean> {
    const token = await this.#askForToken();
    if (!token || !door) return false;
    return this.#trySignIn({ door, token, externalId }).then(
      () => true,
      () => false,
    );
  }

  async #renew(): Promise<void> {
    const { clock, connection, storage, alone } = this.#options;
    await alone('renew', async () => {
      const { session } = this;
      const stored = this.#remembered();
      if (!session?.door) return;
      if (stored && stored.token !== session.token) return this.#resumeWith(stored);
      // Another tab renewed it while this one waited for its turn.
      if (Date.parse(session.renewAt ?? '') > clock.now()) return;
      const token = await this.#askForToken();
      if (!token) throw unavailable('The page has no fresh token.');
      const answer = await connection.request('refresh', { door: session.door, token, externalId: session.externalId });
      if (this.session !== session) return;
      this.session = { ...session, ...answer.session };
      saveSession(storage, this.session);
      if (answer.session.expiresAt <= session.expiresAt) throw unavailable('The token of the page is as old as the one before.');
      this.#renewal.schedule(this.session);
    });
  }

  /** A fresh token of the host; undefined where it has none, fails, or does not answer in time. */
  async #askForToken(): Promise<string | undefined> {
    const { clock, freshToken } = this.#options;
    const late = wait(clock, tokenWithinMs).then(() => undefined);
    return Promise.race([freshToken?.().catch(() => undefined), late]);
  }

  async #trySignIn(signIn: SignIn): Promise<Welcome> {
    const { clock, random, connection } = this.#options;
    this.#signingIn = signIn;
    try {
      for (let tries = 1; ; tries++) {
        const { former } = this;
        const attempt = connection.signIn({ ...signIn, session: former?.token, client: this.#clientInfo(former) });
        const answer = await attempt.catch(ParlorError.from);
        if (!(answer instanceof ParlorError)) return answer;
        if (!answer.retryable || tries === signInTries) throw answer;
        await wait(clock, answer.retryAfterMs ?? 1_000 * tries * random());
      }
    } finally {
      this.#signingIn = undefined;
      // The former session may have been lost unnoticed meanwhile.
      if (this.session && !this.#expired) connection.start();
    }
  }

  async #make(): Promise<void> {
    const { clock, random, anonymous, alone } = this.#options;
    if (this.#expired) throw ParlorError.fromWire({ code: 'unauthorized', title: 'The session has ended. Sign in again.' }, 401);
    if (!anonymous) throw ParlorError.fromWire({ code: 'anonymous_off', title: 'Only people who are signed in can write here.' }, 403);
    for (let failures = 0; !this.session; failures++) {
      const error = await this.#inTurn(() => alone('session', () => this.#tryAnonymous())).catch(ParlorError.from);
      if (!error) return;
      if (!error.retryable) throw error;
      await wait(clock, (error.retryAfterMs ?? 0) + random() * Math.min(30_000, 500 * 2 ** Math.min(failures, 6)));
    }
  }

  async #tryAnonymous(): Promise<void> {
    const { connection, carrier } = this.#options;
    if (this.session || this.resume()) return;
    if (carrier) {
      await carrier.admit(this.#clientInfo());
      this.resume();
      return;
    }
    this.#signingIn = {};
    try {
      await connection.signIn({ client: this.#clientInfo() });
    } finally {
      this.#signingIn = undefined;
    }
  }

  #clientInfo(session = this.session): ClientInfo {
    return { platform: 'web', ...this.#options.info, id: session?.clientId };
  }

  /** Ends the session on the server. Gives up waiting after a while, not trying. */
  async #endOnServer({ token }: Session): Promise<void> {
    const { carrier, base, fetch: send, clock } = this.#options;
    const headers = { Authorization: `Bearer ${token}` };
    const end = carrier?.end ?? (() => send(`${base}/sessions/current`, { method: 'DELETE', headers, keepalive: true }));
    await Promise.race([endSession(end, clock), wait(clock, flushWithinMs)]);
  }

  #leave(): void {
    this.#options.connection.stop();
    this.#renewal.stop();
    this.session = undefined;
    this.#expired = false;
    this.#forget();
    this.#options.changed();
  }

  #forget(): void {
    this.user = undefined;
    this.#options.belongings.leave();
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(run, run);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
