import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { Connection } from './connection.ts';
import type { ConnectionState, Hint } from './connection.ts';
import type { Conversation } from './conversation.ts';
import { Drafts } from './drafts.ts';
import { Emitter } from './emitter.ts';
import { ParlorError, badRequest } from './errors.ts';
import { Identity } from './identity.ts';
import type { Presence, SignIn } from './identity.ts';
import { isNewConversation, newId } from './ids.ts';
import type { Dial } from './line.ts';
import { Outbox, nobodyYet } from './outbox.ts';
import type { Entry, FileNote, Sent } from './outbox.ts';
import { closeCodes } from './protocol.ts';
import type { ClientInfo, ConversationFields, Draft, Message, Requests, ServerEvent, User, UserFields, Welcome } from './protocol.ts';
import { sessionKey } from './session.ts';
import type { Carrier } from './session.ts';
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
  /** Which remembered session {@link Client.start} goes on with: any (the default), or only that of somebody anonymous. */
  resume?: 'any' | 'anonymous';
  info?: ClientInfo;
  clock?: Clock;
  random?(): number;
  /** Runs alone among all tabs of the browser. Absent: no other tabs. */
  alone?<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** Asks the host page for a fresh token; undefined where it has none to give. */
  freshToken?(): Promise<string | undefined>;
  /** How the session is carried where scripts do not hold its token; absent: they do. */
  carrier?: Carrier;
}

export type ClientEvents = {
  /** Presence, user, outbox or connection changed; the store tells of its own changes. */
  change: [];
  connection: [state: ConnectionState];
  /** Messages that the former person had not sent were dropped. */
  dropped: [count: number];
  /** A new conversation, known by a local name until now, has its id. */
  moved: [from: string, to: string];
  /** The page is older than the server: it should be loaded anew. */
  outdated: [];
};

const askWithinMs = 15_000;

/**
 * One person's chat in one browser: identity, connection, conversations and outbox, kept in step.
 * Anonymous sessions are made by the first message or conversation, never by looking.
 */
export class Client extends Emitter<ClientEvents> {
  readonly #options: ClientOptions;
  readonly store: Store;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  /** Why the server will have nothing to do with this client; undefined as long as it will. */
  stopped: ParlorError | undefined;

  /**
   * Brings the file of an entry to the server, and answers with the entry as it is to be sent. Set by whoever has files; to everybody
   * else they are lost, as after a page was loaded anew.
   */
  bringFile: (entry: Entry) => Promise<Entry> = () => Promise.reject(badRequest('The file is gone.'));

  /** The address below which the server answers for the app. */
  readonly base: string;

  readonly #storage: Storage;
  readonly #connection: Connection;
  readonly #identity: Identity;
  #pendingFields: UserFields = {};

  constructor(options: ClientOptions) {
    super();
    this.#options = options;
    const { appId, origin, dial, clock = systemClock, random = Math.random } = options;
    const base = (this.base = `${origin}/sdk/v1/apps/${encodeURIComponent(appId)}`);
    const prefix = options.carrier?.prefix ?? `parlor.${appId}.`;
    this.#storage = new Storage(options.storage, prefix);
    this.#connection = new Connection({
      url: `${base.replace(/^http/, 'ws')}/socket`,
      dial,
      clock,
      random,
      resume: () => ({ session: this.#identity.session?.token, cursors: { conversations: this.store.cursors() } }),
      onState: (state) => this.#connectionChanged(state),
      onWelcome: (welcome) => this.#welcomed(welcome),
      onEvent: (event) => this.#heard(event),
      onRefused: (error, code, reason) => this.#refused(error, code, reason),
    });
    this.store = new Store({ clock, request: (type, ask) => this.#connection.request(type, ask) });
    this.store.on('message', (message, conversation) => this.#arrived(message, conversation));
    this.outbox = new Outbox({
      clock,
      storage: this.#storage,
      ready: () => this.presence === 'user' && this.connectionState === 'connected',
      send: (entry) => this.#sendEntry(entry),
      changed: () => this.emit('change'),
      moved: (from, to) => this.emit('moved', from, to),
    });
    this.drafts = new Drafts(this.#storage);
    this.#identity = new Identity({
      ...options,
      clock,
      random,
      base,
      storage: this.#storage,
      connection: this.#connection,
      alone: (name, run) => options.alone?.(`${prefix}${name}`, run) ?? run(),
      changed: () => this.emit('change'),
      belongings: {
        flush: (ms) => this.outbox.settled(ms),
        pass: (from, to, continues) => this.#passOn(from, to, continues),
        clear: () => this.store.reset(),
        leave: () => this.#leave(),
      },
    });
  }

  get presence(): Presence {
    return this.#identity.presence;
  }

  get user(): User | undefined {
    return this.#identity.user;
  }

  /** What goes into `Authorization` beside the line; undefined for nobody. */
  get token(): string | undefined {
    return this.#identity.session?.token;
  }

  /** Whether the user is somebody who signed in. */
  get isKnown(): boolean {
    return this.#identity.isKnown;
  }

  get connectionState(): ConnectionState {
    return this.#connection.state;
  }

  /** Whether a message can be written now: to be sent at once, or later by itself. */
  get mayWrite(): boolean {
    return !this.stopped && (this.presence === 'user' || (this.presence === 'nobody' && this.#options.anonymous));
  }

  /** Goes on with the remembered session, if there is one. Done when the server has answered, or after ms. */
  async start(ms = 5_000): Promise<void> {
    if (this.#identity.resume()) return this.#connection.connected(ms).catch(() => undefined);
    this.drafts.drop();
    this.outbox.open(nobodyYet);
    if (this.outbox.waiting > 0) this.#makeUser();
  }

  /** Signs in. Resolves when the conversations are there; fails with the server's refusal and then changes nothing. */
  signIn(signIn: SignIn): Promise<User> {
    return this.#identity.signIn(signIn);
  }

  /** As {@link signIn}; where the token has expired meanwhile, the host is asked for a fresh one first. */
  signInAtStart(signIn: SignIn): Promise<User> {
    if (!this.#identity.former) this.drafts.drop();
    return this.#identity.signInAtStart(signIn);
  }

  /** Signs out: here, on the server and in the other tabs. The next message is that of a new anonymous user. */
  signOut(): Promise<void> {
    return this.#identity.signOut();
  }

  /** The key under which the browser's storage has the session: all tabs share it. */
  get sessionKey(): string {
    return sessionKey(this.#storage);
  }

  /** Another tab signed in, out or renewed. */
  sessionChanged(): void {
    this.#identity.sessionChanged();
  }

  /** Queues a message; resolves when the server has it. One with a file waits for that to be brought. */
  send(message: Draft, conversation?: string, file?: FileNote): Promise<Sent> {
    const sent = this.outbox.add(message, conversation, file);
    if (this.presence === 'nobody') this.#makeUser();
    return sent;
  }

  async createConversation(fields: ConversationFields, messages: readonly Draft[] = []): Promise<Conversation> {
    await this.#identity.ensure();
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
    if (this.presence === 'nobody') {
      this.#pendingFields = { ...this.#pendingFields, ...fields };
      return;
    }
    const { user } = await this.ask('user.update', fields);
    this.#setUser(user);
  }

  /** What {@link updateUser} has kept until there is a user. */
  get fieldsToCome(): UserFields {
    return this.#pendingFields;
  }

  async load(conversation: string): Promise<Conversation> {
    await this.#connection.connected(askWithinMs);
    return this.store.load(conversation);
  }

  async loadOlder(conversation: string): Promise<void> {
    await this.#connection.connected(askWithinMs);
    await this.store.loadOlder(conversation);
  }

  async loadMore(): Promise<void> {
    if (this.presence === 'nobody') return;
    await this.#connection.connected(askWithinMs);
    await this.store.loadMore();
  }

  /** Says that the user is typing, or no longer is. Nobody hears it where there is no conversation yet. */
  typing(conversation: string | undefined, active: boolean): void {
    const id = conversation ?? this.store.defaultId;
    if (id && this.store.get(id)) this.#connection.request('typing', { conversation: id, active }).catch(() => undefined);
  }

  hint(hint: Hint): void {
    this.#connection.hint(hint);
  }

  /** Lets go of the line and of all timers. The session lives on for the next page. */
  close(): void {
    this.#identity.close();
    this.#connection.stop();
  }

  #makeUser(): void {
    this.#identity.ensure().catch((error: unknown) => this.outbox.refuse(ParlorError.from(error)));
  }

  #welcomed(welcome: Welcome): void {
    const goesOn = this.#identity.welcomed(welcome);
    this.stopped = undefined;
    this.store.welcome(welcome, goesOn);
    for (const { id, lastMessage } of welcome.conversations) if (lastMessage) this.#arrived(lastMessage, id);
    queueMicrotask(() => this.#afterWelcome());
  }

  #afterWelcome(): void {
    this.outbox.resume();
    const fields = this.#pendingFields;
    this.#pendingFields = {};
    if (Object.keys(fields).length > 0) this.updateUser(fields).catch(() => undefined);
    this.emit('change');
  }

  /** A message that is seen on the server needs no sending any more. */
  #arrived(message: Message, conversation: string): void {
    if (message.clientMessageId) this.outbox.confirm(message.clientMessageId, { message, conversation });
  }

  #heard(event: ServerEvent): void {
    if (event.type === 'user') this.#setUser(event.user);
    else this.store.event(event);
  }

  #setUser(user: User): void {
    this.#identity.user = user;
    this.emit('change');
  }

  #connectionChanged(state: ConnectionState): void {
    this.emit('connection', state);
    this.emit('change');
  }

  #refused(error: ParlorError, code: number, reason: string): void {
    if (this.#identity.refused(code, reason)) return;
    if (code === closeCodes.otherVersion) return this.emit('outdated');
    this.stopped = error;
    this.#identity.close();
    this.outbox.refuse(error);
    this.emit('change');
  }

  /** What is unsent goes along where the person continues, and is dropped where another one comes. */
  #passOn(from: string | undefined, to: string, continues: boolean): void {
    if (from === to) return;
    if (continues) this.outbox.rename(from ?? nobodyYet, to);
    else this.#dropUnsent();
    this.outbox.open(to);
    this.drafts.keep();
  }

  #leave(): void {
    this.#dropUnsent();
    this.#storage.clear();
    this.#pendingFields = {};
    this.stopped = undefined;
    this.outbox.open(nobodyYet);
    this.store.reset();
  }

  #dropUnsent(): void {
    const { waiting } = this.outbox;
    this.outbox.drop();
    this.drafts.drop();
    if (waiting > 0) this.emit('dropped', waiting);
  }

  async #sendEntry(entry: Entry): Promise<Sent> {
    const { id, conversation, message } = entry.file && !entry.message.attachmentId ? await this.bringFile(entry) : entry;
    if (conversation !== undefined && isNewConversation(conversation)) {
      const made = await this.#connection.request('conversation.create', { messages: [{ id, ...message }] });
      this.store.take(made.conversation);
      return { message: made.messages[0] as Message, conversation: made.conversation.id };
    }
    const sent = await this.#connection.request('send', { id, conversation, message });
    if (!this.store.get(sent.conversation)) await this.store.load(sent.conversation);
    this.store.event({ type: 'message', conversation: sent.conversation, change: sent.message.change, message: sent.message });
    return sent;
  }

  /** Asks over the line, waiting for it a while where it is down. Fails as the line and the server do. */
  async ask<K extends keyof Requests>(type: K, ask: Requests[K]['ask']): Promise<Requests[K]['answer']> {
    await this.#connection.connected(askWithinMs);
    return this.#connection.request(type, ask);
  }
}
