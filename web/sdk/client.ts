import { systemClock, wait } from './clock.ts';
import type { Clock } from './clock.ts';
import { Connection } from './connection.ts';
import type { ConnectionState, Hint } from './connection.ts';
import type { Conversation } from './conversation.ts';
import { Drafts } from './drafts.ts';
import { Emitter } from './emitter.ts';
import { ParlorError, unavailable } from './errors.ts';
import { newId } from './ids.ts';
import type { Dial } from './line.ts';
import { Outbox, isNewConversation, nobodyYet } from './outbox.ts';
import type { Entry, Sent } from './outbox.ts';
import { closeCodes } from './protocol.ts';
import type { ClientInfo, ConversationFields, Credentials, Door, Draft, Message, Requests, ServerEvent, User, UserFields, Welcome } from './protocol.ts';
import { Renewal, hasSession, loadSession, removeSession, saveSession, sessionAfter } from './session.ts';
import type { Session } from './session.ts';
import { Storage } from './storage.ts';
import type { KeyValues } from './storage.ts';
import { Store } from './store.ts';

export interface ClientOptions {
  appId: string;
  /** Where Parlor is, without a slash at the end. */
  origin: string;
  storage: KeyValues;
  dial: Dial;
  fetch: typeof fetch;
  /** Whether the app admits people who have not signed in. */
  anonymous: boolean;
  info?: ClientInfo;
  clock?: Clock;
  random?(): number;
  /** Runs alone among all tabs of the browser. Absent: no other tabs. */
  alone?<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** Asks the host page for a fresh token; undefined where it has none to give. */
  freshToken?(): Promise<string | undefined>;
}

/** Who is here. `expired`: the session of an identified user ended and the host has no fresh token. */
export type Presence = 'nobody' | 'user' | 'expired';

export type ClientEvents = {
  /** Presence, user, outbox or connection changed; the store tells of its own changes. */
  change: [];
  connection: [state: ConnectionState];
  /** A message of this browser has been acknowledged. */
  sent: [sent: Sent];
  /** Messages that the former person had not sent were dropped. */
  dropped: [count: number];
  /** A new conversation, known by a local name until now, has its id. */
  moved: [from: string, to: string];
  /** The page is older than the server: it should be loaded anew. */
  outdated: [];
};

/** What a sign-in takes. */
export interface SignIn {
  door: Door;
  token: string;
  externalId?: string;
}

const flushWithinMs = 2_000;
const askWithinMs = 15_000;
const signInTries = 3;
const tabsTellWithinMs = 300;

/**
 * One person's chat in one browser: session, connection, conversations and outbox, kept in step.
 * Sign-ins, sign-outs and the making of anonymous sessions run one after the other; what a person sees changes only
 * when one has succeeded. Anonymous sessions are made by the first message or conversation, never by looking.
 */
export class Client extends Emitter<ClientEvents> {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  /** Why the server will have nothing to do with this client; undefined as long as it will. */
  stopped: ParlorError | undefined;
  user: User | undefined;

  private readonly clock: Clock;
  private readonly random: () => number;
  private readonly storage: Storage;
  private readonly connection: Connection;
  private readonly renewal: Renewal;
  private session: Session | undefined;
  private expired = false;
  private signingIn: SignIn | 'anonymous' | undefined;
  private making: Promise<void> | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private pendingFields: UserFields | undefined;

  constructor(private readonly options: ClientOptions) {
    super();
    this.clock = options.clock ?? systemClock;
    this.random = options.random ?? Math.random;
    this.storage = new Storage(options.storage, `parlor.${options.appId}.`);
    this.connection = new Connection({
      url: `${options.origin.replace(/^http/, 'ws')}/sdk/v1/apps/${encodeURIComponent(options.appId)}/socket`,
      dial: options.dial,
      clock: this.clock,
      random: this.random,
      resume: () => this.resumption(),
      onState: (state) => this.connectionChanged(state),
      onWelcome: (welcome) => this.welcomed(welcome),
      onEvent: (event) => this.heard(event),
      onRefused: (error, code) => this.refused(error, code),
    });
    this.store = new Store({ clock: this.clock, request: (type, ask) => this.connection.request(type, ask) });
    this.store.on('message', (message, conversation) => this.arrived(message, conversation));
    this.outbox = new Outbox({
      clock: this.clock,
      storage: this.storage,
      ready: () => this.ready(),
      send: (entry) => this.sendEntry(entry),
      changed: () => this.emit('change'),
      moved: (from, to) => this.emit('moved', from, to),
    });
    this.drafts = new Drafts(this.storage);
    this.renewal = new Renewal({ clock: this.clock, random: this.random, renew: () => this.renew() });
  }

  get presence(): Presence {
    if (this.expired) return 'expired';
    return this.session ? 'user' : 'nobody';
  }

  get connectionState(): ConnectionState {
    return this.connection.state;
  }

  /** Whether a message can be written now: to be sent at once, or later by itself. */
  get mayWrite(): boolean {
    return !this.stopped && !this.expired && (this.session !== undefined || this.options.anonymous);
  }

  /** Goes on with the remembered session, if there is one. Done when the server has answered, or after ms. */
  async start(ms = 5_000): Promise<void> {
    const session = loadSession(this.storage, this.clock);
    if (!session) return this.drafts.drop();
    this.resumeWith(session);
    await Promise.race([this.connected(ms).catch(() => undefined), wait(this.clock, ms)]);
  }

  /** Signs in. Resolves when the conversations are there; fails with the server's refusal and then changes nothing. */
  signIn(signIn: SignIn): Promise<User> {
    return this.inTurn(async () => {
      if (this.isSwitch(signIn)) await this.outbox.settled(flushWithinMs);
      const welcome = await this.trySignIn(signIn).catch((error: unknown) => this.signInAgain(signIn, ParlorError.from(error)));
      return welcome.user;
    });
  }

  /** Signs out: here, on the server and in the other tabs. The next message is that of a new anonymous user. */
  signOut(): Promise<void> {
    return this.inTurn(async () => {
      const { session } = this;
      if (session && !this.expired) {
        if (this.connection.state === 'connected') await this.outbox.settled(flushWithinMs);
        // First here: tabs that lose their line now find that somebody signed out, and do not sign in again.
        removeSession(this.storage);
        await this.endOnServer(session);
      }
      this.forget();
    });
  }

  /** Queues a message; resolves when the server has it. */
  send(message: Draft, conversation?: string): Promise<Sent> {
    const sent = this.outbox.add(message, conversation);
    if (!this.session) void this.ensureUser().catch((error: unknown) => this.outbox.refuse(ParlorError.from(error)));
    return sent;
  }

  async createConversation(fields: ConversationFields, messages: readonly Draft[] = []): Promise<Conversation> {
    await this.ensureUser();
    const withIds = messages.map((message) => ({ id: newId(), ...message }));
    const answer = await this.ask('conversation.create', { ...fields, messages: withIds });
    return this.store.take(answer.conversation);
  }

  async updateConversation(id: string, fields: ConversationFields): Promise<Conversation> {
    const answer = await this.ask('conversation.update', { ...fields, conversation: id });
    return this.store.take(answer.conversation);
  }

  /** Changes the user's profile; before there is a user the values wait for one. */
  async updateUser(fields: UserFields): Promise<void> {
    if (!this.session) {
      this.pendingFields = { ...this.pendingFields, ...fields };
      return;
    }
    const { user } = await this.ask('user.update', fields);
    this.setUser(user);
  }

  /** What {@link updateUser} has kept until there is a user. */
  get fieldsToCome(): UserFields {
    return this.pendingFields ?? {};
  }

  async load(conversation: string): Promise<Conversation> {
    await this.connected();
    return this.store.load(conversation);
  }

  async loadOlder(conversation: string): Promise<void> {
    await this.connected();
    await this.store.loadOlder(conversation);
  }

  async loadMore(): Promise<void> {
    if (!this.session) return;
    await this.connected();
    await this.store.loadMore();
  }

  /** Says that the user is typing, or no longer is. Nobody hears it where there is no conversation yet. */
  typing(conversation: string | undefined, active: boolean): void {
    const id = conversation ?? this.store.defaultId;
    if (this.store.get(id) && id) this.connection.request('typing', { conversation: id, active }).catch(() => undefined);
  }

  hint(hint: Hint): void {
    this.connection.hint(hint);
  }

  /** Another tab signed in, out or renewed: the remembered session counts. */
  sessionChanged(): void {
    const stored = loadSession(this.storage, this.clock);
    if (stored?.token === this.session?.token) return;
    if (stored) return this.resumeWith(stored);
    if (!this.expired) this.forget();
  }

  /** Lets go of the line and of all timers. The session lives on for the next page. */
  close(): void {
    this.renewal.stop();
    this.connection.stop();
  }

  private ready(): boolean {
    return this.session !== undefined && this.connection.state === 'connected';
  }

  private resumption(): Credentials {
    return { session: this.session?.token, cursors: { conversations: this.store.cursors() } };
  }

  private resumeWith(session: Session): void {
    const before = this.session;
    if (before && before.userId === session.userId) {
      this.session = session;
      this.expired = false;
    } else {
      this.connection.stop();
      this.store.reset();
      this.become(session, before?.userId === session.was);
    }
    this.renewal.schedule(session);
    this.connection.start();
    this.emit('change');
  }

  /** The session is now this one. `same`: the person before is the same person under another id. */
  private become(session: Session, same: boolean): void {
    const before = this.expired ? undefined : this.session;
    const owner = this.session?.userId ?? nobodyYet;
    this.session = session;
    this.expired = false;
    if (owner === nobodyYet || (same && before)) this.outbox.rename(owner, session.userId);
    else if (owner !== session.userId) this.dropUnsent();
    this.outbox.open(session.userId);
    this.drafts.keep();
  }

  private dropUnsent(): void {
    const count = this.outbox.drop();
    this.drafts.drop();
    if (count > 0) this.emit('dropped', count);
  }

  private welcomed(welcome: Welcome): void {
    const before = this.session;
    const { signingIn } = this;
    const door = signingIn === undefined ? before?.door : signingIn === 'anonymous' ? undefined : signingIn.door;
    const session = sessionAfter(welcome, before, door);
    if (!session) return this.connection.stop();
    const samePerson = before?.userId === welcome.user.id;
    if (!samePerson) this.store.reset();
    const continues = !signingIn || (before !== undefined && welcome.merged?.discarded === before.userId);
    this.become(session, continues);
    saveSession(this.storage, session);
    this.stopped = undefined;
    this.user = welcome.user;
    this.renewal.schedule(session);
    this.store.welcome(welcome, samePerson && !signingIn);
    for (const { id, lastMessage } of welcome.conversations) if (lastMessage) this.arrived(lastMessage, id);
    queueMicrotask(() => this.afterWelcome());
  }

  /** A message that is seen on the server needs no sending any more. */
  private arrived(message: Message, conversation: string): void {
    if (message.clientMessageId) this.outbox.confirm(message.clientMessageId, { message, conversation });
  }

  private afterWelcome(): void {
    this.outbox.resume();
    const fields = this.pendingFields;
    this.pendingFields = undefined;
    if (fields) this.updateUser(fields).catch(() => undefined);
    this.emit('change');
  }

  private heard(event: ServerEvent): void {
    if (event.type === 'user') this.setUser(event.user);
    else this.store.event(event);
  }

  private setUser(user: User): void {
    this.user = user;
    this.emit('change');
  }

  private connectionChanged(state: ConnectionState): void {
    this.emit('connection', state);
    this.emit('change');
  }

  private refused(error: ParlorError, code: number): void {
    if (this.signingIn) return;
    if (code === closeCodes.otherVersion) return this.emit('outdated');
    if (code !== closeCodes.signedOut) return this.stop(error);
    const { session } = this;
    if (session) void this.inTurn(() => this.ended(session));
  }

  /** The session has ended: by another tab, which says so in the storage, or for this one alone. */
  private async ended(session: Session): Promise<void> {
    await wait(this.clock, tabsTellWithinMs);
    if (this.session !== session || this.connection.state !== 'idle') return;
    const stored = loadSession(this.storage, this.clock);
    if (stored && stored.token !== session.token) return this.resumeWith(stored);
    if (!session.door || !hasSession(this.storage)) return this.forget();
    await this.revive(session);
  }

  /** Nothing more is possible with this server; what is shown stays. */
  private stop(error: ParlorError): void {
    this.stopped = error;
    this.renewal.stop();
    this.outbox.refuse(error);
    this.emit('change');
  }

  /** One fresh token may bring the session back for the same person. */
  private async revive(session: Session): Promise<void> {
    const token = await this.options.freshToken?.().catch(() => undefined);
    if (token && session.door) {
      const again = { door: session.door, token, externalId: session.externalId };
      const welcome = await this.trySignIn(again).catch(() => undefined);
      if (welcome) return;
    }
    this.expired = true;
    removeSession(this.storage);
    this.renewal.stop();
    this.emit('change');
  }

  private async renew(): Promise<void> {
    await this.alone('renew', async () => {
      const { session } = this;
      const stored = loadSession(this.storage, this.clock);
      if (!session?.door) return;
      if (stored && stored.token !== session.token) return this.resumeWith(stored);
      const token = await this.options.freshToken?.();
      if (!token) throw unavailable('The page has no fresh token.');
      const ask = { door: session.door, token, externalId: session.externalId };
      const answer = await this.connection.request('refresh', ask);
      if (this.session !== session) return;
      this.session = { ...session, ...answer.session };
      saveSession(this.storage, this.session);
      if (answer.session.expiresAt <= session.expiresAt) throw unavailable('The token of the page is as old as the one before.');
      this.renewal.schedule(this.session);
    });
  }

  private isSwitch(signIn: SignIn): boolean {
    const { session } = this;
    return session?.door !== undefined && session.externalId !== signIn.externalId && this.connection.state === 'connected';
  }

  private async trySignIn(signIn: SignIn): Promise<Welcome> {
    this.signingIn = signIn;
    try {
      for (let tries = 1; ; tries++) {
        const attempt = this.connection.signIn({ ...signIn, session: this.session?.token, client: this.clientInfo() });
        const answer = await attempt.catch(ParlorError.from);
        if (!(answer instanceof ParlorError)) return answer;
        if (!answer.retryable || tries === signInTries) throw answer;
        await wait(this.clock, answer.retryAfterMs ?? 1_000 * tries * this.random());
      }
    } finally {
      this.signingIn = undefined;
      this.goOnAfterFailure();
    }
  }

  /** A refused token may be an old one: the host is asked once for a fresh one of the same person. */
  private async signInAgain(signIn: SignIn, error: ParlorError): Promise<Welcome> {
    if (error.code !== 'invalid_auth') throw error;
    const token = await this.options.freshToken?.().catch(() => undefined);
    if (!token || token === signIn.token) throw error;
    return this.trySignIn({ ...signIn, token });
  }

  /** A sign-in may have failed while the former session was lost unnoticed. */
  private goOnAfterFailure(): void {
    if (this.session && !this.expired && this.connection.state === 'idle') this.connection.start();
  }

  /** Makes an anonymous session where there is none; fails where the app admits no anonymous users. */
  private ensureUser(): Promise<void> {
    if (this.session && !this.expired) return Promise.resolve();
    this.making ??= this.makeUser().finally(() => {
      this.making = undefined;
    });
    return this.making;
  }

  private async makeUser(): Promise<void> {
    if (this.expired) throw ParlorError.fromWire({ code: 'unauthorized', title: 'The session has ended.', cure: 'Sign in again.' });
    if (!this.options.anonymous) {
      throw ParlorError.fromWire({ code: 'anonymous_off', title: 'Only people who are signed in can write here.' });
    }
    for (let failures = 0; !this.session; failures++) {
      const error = await this.inTurn(() => this.alone('session', () => this.tryAnonymous())).catch(ParlorError.from);
      if (!error) return;
      if (!error.retryable) throw error;
      await wait(this.clock, (error.retryAfterMs ?? 0) + this.random() * Math.min(30_000, 500 * 2 ** Math.min(failures, 6)));
    }
  }

  private async tryAnonymous(): Promise<undefined> {
    if (this.session) return;
    const stored = loadSession(this.storage, this.clock);
    if (stored) {
      this.resumeWith(stored);
      return;
    }
    this.signingIn = 'anonymous';
    try {
      await this.connection.signIn({ client: this.clientInfo() });
    } finally {
      this.signingIn = undefined;
    }
  }

  private clientInfo(): ClientInfo {
    return { platform: 'web', ...this.options.info, id: this.session?.clientId };
  }

  private async sendEntry(entry: Entry): Promise<Sent> {
    const { id, conversation, message } = entry;
    if (conversation !== undefined && isNewConversation(conversation)) {
      const made = await this.connection.request('conversation.create', { messages: [{ id, ...message }] });
      this.store.take(made.conversation);
      const first = made.messages?.[0] ?? made.conversation.lastMessage;
      if (!first) throw unavailable();
      return this.acknowledged({ message: first, conversation: made.conversation.id });
    }
    const answer = await this.connection.request('send', { id, conversation, message });
    if (!this.store.get(answer.conversation)) await this.store.load(answer.conversation);
    this.store.event({ type: 'message', conversation: answer.conversation, change: answer.message.change, message: answer.message });
    return this.acknowledged({ message: answer.message, conversation: answer.conversation });
  }

  private acknowledged(sent: Sent): Sent {
    this.emit('sent', sent);
    return sent;
  }

  /** Asks over the line, waiting for it a while where it is down. */
  private async ask<K extends keyof Requests>(type: K, ask: Requests[K]['ask']): Promise<Requests[K]['answer']> {
    await this.connected();
    return this.connection.request(type, ask);
  }

  private connected(ms = askWithinMs): Promise<void> {
    if (this.connection.state === 'connected') return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (done: () => void) => {
        this.clock.clearTimeout(timer);
        off();
        done();
      };
      const timer = this.clock.setTimeout(() => settle(() => reject(unavailable())), ms);
      const off = this.on('connection', (state) => {
        if (state === 'connected') settle(resolve);
        else if (state === 'idle' && !this.signingIn) settle(() => reject(this.stopped ?? unavailable()));
      });
    });
  }

  /** Ends the session on the server: over the line, else over HTTP. Gives up waiting after a while, not trying. */
  private async endOnServer(session: Session): Promise<void> {
    const overLine = this.connection.request('logout', {}).then(() => undefined);
    const ended = overLine.catch(() => this.endOverHTTP(session));
    await Promise.race([ended, wait(this.clock, flushWithinMs)]);
  }

  private async endOverHTTP(session: Session): Promise<void> {
    const { origin, appId, fetch } = this.options;
    const url = `${origin}/sdk/v1/apps/${encodeURIComponent(appId)}/sessions/current`;
    const headers = { Authorization: `Bearer ${session.token}` };
    for (let tries = 0; tries < 5; tries++) {
      const answer = await fetch(url, { method: 'DELETE', headers, keepalive: true }).catch(() => undefined);
      if (answer && answer.status < 500) return;
      await wait(this.clock, 1_000 * 2 ** tries);
    }
  }

  /** Nobody is here any more, and nothing of them is left in this browser. */
  private forget(): void {
    this.connection.stop();
    this.renewal.stop();
    const { waiting } = this.outbox;
    this.outbox.drop();
    this.drafts.drop();
    this.storage.clear();
    this.session = this.user = this.pendingFields = this.stopped = undefined;
    this.expired = false;
    this.outbox.open(nobodyYet);
    this.store.reset();
    if (waiting > 0) this.emit('dropped', waiting);
    this.emit('change');
  }

  private inTurn<T>(run: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(run, run);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private alone<T>(name: string, run: () => Promise<T>): Promise<T> {
    const { alone, appId } = this.options;
    return alone ? alone(`parlor.${appId}.${name}`, run) : run();
  }
}
