/**
 * A small Parlor for tests of the front ends: keeps state and behaves by api/realtime.md, on one thread and in memory.
 * Tokens are not signed: `token({...})` makes one, and what is wrong with it is said in its claims.
 */
import type {
  Content,
  ConversationState,
  CountedEvent,
  Credentials,
  Cursor,
  Draft,
  Message,
  SessionGrant,
  User,
  WireError,
} from '../../sdk/index.ts';

export interface FakeClaims {
  external_id?: string;
  exp?: number;
  name?: string;
  /** What verification would find: `signature_invalid`, `key_unknown` ... */
  refused?: string;
}

export function token(claims: FakeClaims): string {
  return `fake.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.token`;
}

interface Session {
  token: string;
  user: FakeUser;
  client: string;
  expiresAt: number;
  signed: boolean;
}

interface FakeUser {
  user: User;
  name: string;
}

interface FakeConversation {
  state: ConversationState;
  owner: FakeUser;
  messages: Message[];
  events: CountedEvent[];
}

type Frame = Record<string, unknown>;

/** One open line: what the server does with it, whatever carries it. */
export interface FakeLine {
  send(frames: Frame[]): void;
  close(code: number, reason?: string): void;
  session?: Session;
}

class Refusal extends Error {
  constructor(
    readonly wire: WireError,
    readonly closeCode = 4401,
  ) {
    super(wire.code);
  }
}

/** The status of HTTP that goes with an error in a frame, where it is not 400. */
const statuses: Record<string, number> = { invalid_auth: 401, unauthorized: 401, anonymous_off: 403, conversation_not_found: 404, conflict: 409, rate_limited: 429 };

const idle = 30 * 24 * 3_600_000;

export class FakeParlor {
  anonymous = true;
  /** The next so many sends are answered with `rate_limited`. */
  rateLimited = 0;
  /** How requests of a type are refused, by the type. */
  readonly refusals = new Map<string, WireError>();
  /** Events are kept back from lines while this holds: makes gaps. */
  losesEvents = false;
  readonly users: FakeUser[] = [];
  readonly conversations: FakeConversation[] = [];
  readonly lines = new Set<FakeLine>();
  private readonly sessions = new Map<string, Session>();
  private lastId = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /** Takes a frame of a client; the first one is `hello`. What the handshake had in its cookie is the session that may be named by it. */
  receive(line: FakeLine, frame: Frame, cookie = String(frame['session']).replace(/^cookie:/, '')): void {
    try {
      if (!line.session && frame['session'] === `cookie:${cookie}`) return this.hello(line, { ...frame, session: cookie });
      if (!line.session) return this.hello(line, frame);
      this.touch(line.session);
      const result = this.request(line, line.session, frame);
      line.send([{ type: 'ok', ref: frame['ref'], ...result }]);
      if (frame['type'] === 'logout') this.end(line.session, 'logout');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const refused = { type: 'error', status: statuses[error.wire.code] ?? 400, error: error.wire };
      if (line.session && error.wire.code !== 'unauthorized') return line.send([{ ...refused, ref: frame['ref'] }]);
      line.send([refused]);
      line.close(error.closeCode);
      this.lines.delete(line);
    }
  }

  /** Ends sessions whose time is over, as the server does by itself. */
  expire(): void {
    for (const session of this.sessions.values()) if (session.expiresAt <= this.now()) this.end(session, 'session ended');
  }

  /** Ends every session for a reason of the server's own. */
  endAll(why: string): void {
    for (const session of [...this.sessions.values()]) this.end(session, why);
  }

  /** Something changed that the user is not shown. */
  change(conversation: string): void {
    this.find(conversation).state.change++;
  }

  /** Whether the session is one still. */
  lives(token: string): boolean {
    return this.sessions.has(token);
  }

  endSession(token: string): void {
    const session = this.sessions.get(token);
    if (session) this.end(session, 'logout');
  }

  /** Whether the session is the user's. */
  holds(token: string, user: FakeUser): boolean {
    return this.sessions.get(token)?.user === user;
  }

  /** Every line is lost. */
  cut(): void {
    for (const line of [...this.lines]) {
      this.lines.delete(line);
      line.close(1006);
    }
  }

  /** The business writes. */
  say(conversation: string, said: string | Content, author: Partial<Message['author']> = {}): Message {
    const held = this.find(conversation);
    return this.append(held, { type: 'business', displayName: 'Kim', ...author }, said);
  }

  /** The user writes, elsewhere, and so has read what was there. */
  answer(conversation: string, said: string | Content): Message {
    const held = this.find(conversation);
    const message = this.append(held, { type: 'user', userId: held.owner.user.id }, said);
    this.userReads(conversation);
    return message;
  }

  /** The user has read everything, elsewhere. */
  userReads(conversation: string): void {
    const held = this.find(conversation);
    Object.assign(held.state, { readNumber: held.state.lastNumber, unreadCount: 0 });
    this.record(held, { type: 'read', conversation, change: 0, by: 'user', userId: held.owner.user.id, number: held.state.lastNumber, at: new Date(this.now()).toISOString() });
  }

  /** The business begins a conversation, with a text or without; the answer is its id. */
  begin(user: FakeUser, text?: string): string {
    const held = this.newConversation(user);
    if (text !== undefined) this.say(held.state.id, text);
    return held.state.id;
  }

  typing(conversation: string, active: boolean, displayName = 'Kim'): void {
    this.tell(this.find(conversation), { type: 'typing', conversation, active, author: { type: 'business', displayName } });
  }

  businessReads(conversation: string): void {
    const held = this.find(conversation);
    const at = new Date(this.now()).toISOString();
    Object.assign(held.state, { businessReadNumber: held.state.lastNumber, businessLastRead: at });
    this.record(held, { type: 'read', conversation, change: 0, by: 'business', number: held.state.lastNumber, at });
  }

  removeMessage(conversation: string, id: string): void {
    const held = this.find(conversation);
    const message = held.messages.find((one) => one.id === id);
    held.messages = held.messages.filter((one) => one !== message);
    this.record(held, { type: 'message.removed', conversation, change: 0, id, number: message?.number ?? 0 });
  }

  /** All texts of a conversation, in order. */
  texts(conversation: string): string[] {
    return this.find(conversation).messages.map((message) => message.content.text ?? '');
  }

  config(integrationId: string): Frame {
    return { app: { id: integrationId, name: 'Fernhill' }, integration: { id: integrationId }, anonymous: this.anonymous, frame: `/frame/${integrationId}` };
  }

  /** Signs in over HTTP or by `hello`: the welcome without its conversations. */
  signIn(credentials: Credentials): { session: Session; grant?: SessionGrant; merged?: Frame } {
    const replaced = credentials.session ? this.sessions.get(credentials.session) : undefined;
    if (!credentials.token && credentials.session) return { session: this.resume(replaced) };
    if (!credentials.token && !this.anonymous) throw new Refusal({ code: 'anonymous_off', title: 'Anonymous chat is off.' }, 4403);
    const claims = credentials.token ? this.verify(credentials.token, credentials.externalId) : undefined;
    const anonymous = replaced && !replaced.signed ? replaced.user : undefined;
    let user = claims ? this.users.find((one) => one.user.externalId === claims.external_id) : undefined;
    let merged: Frame | undefined;
    if (user && anonymous && user !== anonymous) {
      for (const held of this.conversations) if (held.owner === anonymous) Object.assign(held, { owner: user });
      for (const held of this.conversations) for (const message of held.messages) if (message.author.userId === anonymous.user.id) message.author.userId = user.user.id;
      merged = { surviving: user.user.id, discarded: anonymous.user.id };
    }
    user ??= claims && anonymous ? anonymous : this.newUser();
    if (claims) Object.assign(user.user, { externalId: claims.external_id, profile: { ...user.user.profile, givenName: claims.name ?? user.user.profile?.givenName } });
    const same = replaced?.user === user;
    if (replaced) this.end(replaced, same ? 'replaced' : anonymous ? 'upgrade' : 'switch');
    const expiresAt = claims?.exp ? claims.exp * 1000 : this.now() + idle;
    const session: Session = { token: this.id('session'), user, client: same && replaced ? replaced.client : this.id('client'), expiresAt, signed: !!claims };
    this.sessions.set(session.token, session);
    return { session, grant: this.grant(session, claims), merged };
  }

  private hello(line: FakeLine, frame: Frame): void {
    if (frame['type'] !== 'hello') throw new Refusal({ code: 'bad_request', title: 'The first frame must be hello.' }, 4400);
    const credentials = frame as unknown as Credentials;
    const { session, grant, merged } = this.signIn(credentials);
    line.session = session;
    this.lines.add(line);
    const held = this.conversationsOf(session.user);
    const frames: Frame[] = [
      {
        type: 'welcome',
        v: 1,
        session: grant,
        user: session.user.user,
        client: { id: session.client },
        heartbeatSeconds: 25,
        conversations: held.slice(0, 10).map((one) => this.stateFor(one)),
        hasMore: held.length > 10,
        cursor: held.length > 10 ? '10' : undefined,
        merged,
      },
    ];
    for (const [id, cursor] of Object.entries(credentials.cursors?.conversations ?? {})) if (this.hasMissed(id, cursor)) frames.push(this.missed(id, cursor));
    line.send(frames);
  }

  private request(line: FakeLine, session: Session, frame: Frame): Frame {
    const conversation = String(frame['conversation']);
    const refusal = this.refusals.get(String(frame['type']));
    if (refusal) throw new Refusal(refusal);
    switch (frame['type']) {
      case 'ping':
      case 'logout':
      case 'postback':
        return {};
      case 'send':
        return this.send(session, frame as unknown as { id: string; conversation?: string; message: Draft });
      case 'history': {
        const before = Number(frame['before'] ?? Infinity);
        const all = this.own(session, conversation).messages.filter((message) => message.number < before);
        const limit = Number(frame['limit'] ?? 50);
        return { messages: all.slice(-limit), hasMore: all.length > limit };
      }
      case 'conversations': {
        const from = Number(frame['after'] ?? 0);
        const all = this.conversationsOf(session.user);
        return { conversations: all.slice(from, from + 10).map((one) => this.stateFor(one)), hasMore: all.length > from + 10, cursor: String(from + 10) };
      }
      case 'conversation.get':
        return { conversation: this.stateFor(this.own(session, conversation)) };
      case 'conversation.create':
        return this.create(session, frame);
      case 'conversation.update': {
        const held = this.own(session, conversation);
        for (const name of ['displayName', 'description', 'iconUrl', 'metadata'] as const) if (name in frame) Object.assign(held.state, { [name]: frame[name] });
        this.record(held, { type: 'conversation', conversation, change: 0, state: held.state });
        return { conversation: this.stateFor(held) };
      }
      case 'read': {
        const held = this.own(session, conversation);
        const number = Number(frame['number'] ?? held.state.lastNumber);
        Object.assign(held.state, { readNumber: number, unreadCount: held.messages.filter((one) => one.number > number && one.author.type === 'business').length });
        this.record(held, { type: 'read', conversation, change: 0, by: 'user', userId: session.user.user.id, number, at: new Date(this.now()).toISOString() });
        return {};
      }
      case 'typing':
        return {};
      case 'user.update': {
        const { type: _, ref: __, metadata, ...profile } = frame;
        Object.assign(session.user.user, { profile: { ...session.user.user.profile, ...profile }, metadata: metadata ?? session.user.user.metadata });
        for (const other of this.lines) if (other.session?.user === session.user) other.send([{ type: 'user', user: session.user.user }]);
        return { user: session.user.user };
      }
      case 'sync':
        line.send([this.missed(conversation, frame as unknown as Cursor)]);
        return {};
      case 'refresh': {
        const claims = this.verify(String(frame['token']), undefined);
        if (claims.external_id !== session.user.user.externalId) throw new Refusal({ code: 'invalid_auth', title: 'The token names another person.', reason: 'claim_invalid', claim: 'external_id' });
        this.sessions.delete(session.token);
        Object.assign(session, { token: this.id('session'), expiresAt: claims.exp ? claims.exp * 1000 : this.now() + idle });
        this.sessions.set(session.token, session);
        return { session: this.grant(session, claims) };
      }
      default:
        throw new Refusal({ code: 'unknown_type', title: 'There is no such request.' });
    }
  }

  private send(session: Session, { id, conversation, message }: { id: string; conversation?: string; message: Draft }): Frame {
    const before = this.conversations.flatMap((one) => one.messages).find((one) => one.clientMessageId === id);
    if (before) {
      if (before.content.text !== message.text) throw new Refusal({ code: 'conflict', title: 'This id has other content.' });
      return { message: before, conversation: this.conversationOf(before), duplicate: true };
    }
    if (this.rateLimited > 0) {
      this.rateLimited--;
      throw new Refusal({ code: 'rate_limited', title: 'Too fast.', retryAfterMs: 500 });
    }
    if (message.text.includes('(refuse me)')) throw new Refusal({ code: 'bad_request', title: 'The text must not say this.' });
    const held = conversation ? this.own(session, conversation) : (this.conversationsOf(session.user).find((one) => one.state.isDefault) ?? this.newConversation(session.user));
    const said = this.append(held, { type: 'user', userId: session.user.user.id }, message.text, { clientMessageId: id, metadata: message.metadata, source: { type: 'web', client: { id: session.client } } });
    return { message: said, conversation: held.state.id };
  }

  private create(session: Session, frame: Frame): Frame {
    const messages = (frame['messages'] ?? []) as (Draft & { id: string })[];
    const firstId = messages[0]?.id;
    const first = this.conversations.find((one) => firstId && one.messages.some((message) => message.clientMessageId === firstId));
    if (first) return { conversation: this.stateFor(first), messages: first.messages };
    const held = this.newConversation(session.user);
    for (const name of ['displayName', 'description', 'iconUrl', 'metadata'] as const) if (name in frame) Object.assign(held.state, { [name]: frame[name] });
    for (const { id, ...message } of messages) this.send(session, { id, conversation: held.state.id, message });
    return { conversation: this.stateFor(held), messages: held.messages };
  }

  private append(held: FakeConversation, author: Message['author'], said: string | Content, more: Partial<Message> = {}): Message {
    const received = new Date(this.now()).toISOString();
    const number = held.state.lastNumber + 1;
    const message: Message = { id: this.id('message'), number, change: held.state.change + 1, received, author, content: typeof said === 'string' ? { type: 'text', text: said } : said, ...more };
    held.messages.push(message);
    Object.assign(held.state, { lastNumber: number, lastUpdatedAt: received, lastMessage: message });
    if (author.type === 'business') held.state.unreadCount++;
    this.record(held, { type: 'message', conversation: held.state.id, change: 0, message });
    return message;
  }

  private record(held: FakeConversation, event: CountedEvent): void {
    event.change = ++held.state.change;
    held.events.push(structuredClone(event));
    this.tell(held, event);
  }

  private tell(held: FakeConversation, event: Frame): void {
    if (this.losesEvents) return;
    for (const line of this.lines) if (line.session?.user === held.owner) line.send([structuredClone(event)]);
  }

  private hasMissed(id: string, cursor: Cursor): boolean {
    return this.conversations.find((one) => one.state.id === id)?.state.change !== cursor.change;
  }

  private missed(id: string, cursor: Cursor): Frame {
    const held = this.conversations.find((one) => one.state.id === id);
    const events = held?.events.filter((event) => (event.change ?? 0) > cursor.change) ?? [];
    if (!held || events.length > 500) return { type: 'sync', conversation: id, reset: true };
    return { type: 'sync', conversation: id, events, change: held.state.change, done: true };
  }

  private verify(text: string, externalId: string | undefined): FakeClaims {
    const refuse = (reason: string, title: string, claim?: string) => new Refusal({ code: 'invalid_auth', title, reason, claim });
    const part = text.split('.')[1];
    if (!text.startsWith('fake.') || !part) throw refuse('malformed', 'The token is no JWT.');
    const claims = JSON.parse(Buffer.from(part, 'base64url').toString()) as FakeClaims;
    if (claims.refused) throw refuse(claims.refused, 'The token is not valid.');
    if (claims.exp !== undefined && claims.exp * 1000 <= this.now()) throw refuse('token_expired', 'The token has expired.', 'exp');
    if (externalId !== undefined && claims.external_id !== externalId) throw refuse('claim_invalid', 'The token names another person.', 'external_id');
    return claims;
  }

  private resume(session: Session | undefined): Session {
    if (!session || session.expiresAt <= this.now()) throw new Refusal({ code: 'unauthorized', title: 'The session has ended.' });
    return session;
  }

  private touch(session: Session): void {
    if (session.expiresAt <= this.now()) throw new Refusal({ code: 'unauthorized', title: 'The session has ended.' });
  }

  private end(session: Session, why: string): void {
    this.sessions.delete(session.token);
    for (const line of [...this.lines]) {
      if (line.session !== session) continue;
      this.lines.delete(line);
      line.close(4401, why);
    }
  }

  private grant(session: Session, claims: FakeClaims | undefined): SessionGrant {
    const left = session.expiresAt - this.now();
    const renewAt = claims?.exp ? new Date(session.expiresAt - Math.min(60_000, left / 3)).toISOString() : undefined;
    return { token: session.token, expiresAt: new Date(session.expiresAt).toISOString(), renewAt, assurance: claims ? 'signed' : 'anonymous' };
  }

  private newUser(): FakeUser {
    const made = { user: { id: this.id('user'), number: this.users.length + 1, profile: {} }, name: '' };
    this.users.push(made);
    return made;
  }

  private newConversation(owner: FakeUser): FakeConversation {
    const at = new Date(this.now()).toISOString();
    const isDefault = this.conversationsOf(owner).length === 0;
    const state: ConversationState = {
      id: this.id('conversation'),
      type: 'personal',
      isDefault,
      lastUpdatedAt: at,
      createdAt: at,
      lastNumber: 0,
      change: 0,
      unreadCount: 0,
      readNumber: 0,
      businessReadNumber: 0,
      participants: [{ id: this.id('participant'), userId: owner.user.id }],
      lastMessage: null,
    };
    const held = { state, owner, messages: [], events: [] };
    this.conversations.push(held);
    return held;
  }

  private conversationsOf(user: FakeUser): FakeConversation[] {
    return this.conversations.filter((one) => one.owner === user).sort((a, b) => (b.state.lastUpdatedAt ?? '').localeCompare(a.state.lastUpdatedAt ?? ''));
  }

  private conversationOf(message: Message): string | undefined {
    return this.conversations.find((one) => one.messages.includes(message))?.state.id;
  }

  private own(session: Session, id: string): FakeConversation {
    const held = this.conversations.find((one) => one.state.id === id && one.owner === session.user);
    if (!held) throw new Refusal({ code: 'conversation_not_found', title: 'There is no such conversation.' });
    return held;
  }

  private find(id: string): FakeConversation {
    const held = this.conversations.find((one) => one.state.id === id);
    if (!held) throw new Error(`no conversation ${id}`);
    return held;
  }

  private stateFor(held: FakeConversation): ConversationState {
    return structuredClone(held.state);
  }

  private id(kind: string): string {
    return `${kind}${String(++this.lastId).padStart(6, '0')}`;
  }
}
