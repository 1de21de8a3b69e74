import type { Clock, Timer } from './clock.ts';
import { after, conversationOf, readUpTo, withNewest, withOlder } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import { Emitter } from './emitter.ts';
import { ParlorError } from './errors.ts';
import type { Author, ConversationState, CountedEvent, Cursor, Message, Requests, ServerEvent, SyncFrame, TypingEvent, Welcome } from './protocol.ts';

/** What the store tells. Names are those of the glossary; a listener reads the state from the store itself. */
export type StoreEvents = {
  /** Anything that is drawn may have changed. */
  change: [];
  /** A message that was not there before, in order; pages of history are not told one by one. */
  message: [message: Message, conversation: string];
  added: [conversation: string];
  removed: [conversation: string];
  read: [event: Extract<CountedEvent, { type: 'read' }>];
  participant: [event: Extract<CountedEvent, { type: 'participant.added' | 'participant.removed' }>];
  unread: [count: number, conversation: string];
  typing: [event: TypingEvent];
};

export interface StoreOptions {
  clock: Clock;
  request<K extends keyof Requests>(type: K, ask: Requests[K]['ask']): Promise<Requests[K]['answer']>;
}

const maxCursors = 100;
/** Messages of a conversation, before old ones are let go of. */
export const mostHeld = 600;
/** Messages. */
export const pageOfHistory = 50;
const typingMs = 10_000;

/**
 * The conversations of one user as this client knows them. Counted events are applied only in their exact order;
 * whatever else arrives makes the store ask what it missed (api/realtime.md sections 4 and 5).
 */
export class Store extends Emitter<StoreEvents> {
  readonly #options: StoreOptions;
  /** More conversations than those held exist on the server. */
  hasMore = false;
  #held = new Map<string, Conversation>();
  readonly #catchingUp = new Map<string, number>();
  readonly #typists = new Map<string, { author: Author; timer: Timer }>();
  readonly #fetching = new Map<string, Promise<Conversation>>();
  #asked = new Set<string>();
  #pageCursor: string | undefined;
  #me = '';

  constructor(options: StoreOptions) {
    super();
    this.#options = options;
  }

  get(id: string | undefined): Conversation | undefined {
    return id === undefined ? undefined : this.#held.get(id);
  }

  /** All held, the one with the newest message first. */
  list(): Conversation[] {
    return [...this.#held.values()].sort((a, b) => timeOf(b.state).localeCompare(timeOf(a.state)));
  }

  /** The conversation that a message without one goes to, where it exists already. */
  get defaultId(): string | undefined {
    return this.list().find((one) => one.state.isDefault)?.state.id;
  }

  unreadCount(): number {
    return this.list().reduce((sum, one) => sum + one.state.unreadCount, 0);
  }

  typing(id: string): Author | undefined {
    return this.#typists.get(id)?.author;
  }

  /** What the next `hello` says of what is held. */
  cursors(): Record<string, Cursor> {
    const newest = this.list().slice(0, maxCursors);
    this.#asked = new Set(newest.map((one) => one.state.id));
    return Object.fromEntries(newest.map((one) => [one.state.id, one.cursor]));
  }

  /** Forgets everything: the user changed or signed out. */
  reset(): void {
    for (const { timer } of this.#typists.values()) this.#options.clock.clearTimeout(timer);
    this.#typists.clear();
    this.#held.clear();
    this.#catchingUp.clear();
    this.#asked.clear();
    this.hasMore = false;
    this.#me = '';
    this.emit('change');
  }

  /**
   * Takes over the list of a welcome. What was named in {@link cursors} is kept: the server's `sync` brings it up to date. Of the others
   * that is told which came since this person was seen last; what was there before the first welcome is no news.
   */
  welcome(welcome: Welcome, resumed: boolean): void {
    const isFirst = this.#me !== welcome.user.id;
    this.#me = welcome.user.id;
    this.#catchingUp.clear();
    const known = this.#held;
    this.#held = new Map([...known].filter(([id]) => resumed && this.#asked.has(id)));
    const listed = welcome.conversations.filter(({ id }) => !this.#held.has(id));
    for (const state of listed) {
      const former = known.get(state.id);
      this.#held.set(state.id, former?.cursor.change === state.change ? former : conversationOf(state));
    }
    this.#asked.clear();
    if (isFirst || !resumed) {
      this.hasMore = welcome.hasMore;
      this.#pageCursor = welcome.cursor;
    }
    for (const { id } of listed) this.#announce(id, known.get(id), isFirst);
    this.emit('change');
  }

  event(event: ServerEvent): void {
    switch (event.type) {
      case 'sync':
        return this.#takeSync(event);
      case 'typing':
        return this.#takeTyping(event);
      case 'conversation.removed':
        return this.#drop(event.conversation);
      default:
        // Also what a newer server may say: it counts, though this client does not know what it means.
        if ('conversation' in event) this.#takeCounted(event);
    }
  }

  /** Fetches the conversation where it is not held; fails with `not_found` where the user has no such one. */
  async load(id: string): Promise<Conversation> {
    return this.get(id) ?? (await this.#fetch(id));
  }

  /** Asks for the newest messages, or the last ones with numbers below `before`: so many that a page has. */
  history(conversation: string, before?: number): Promise<Requests['history']['answer']> {
    return this.#options.request('history', { conversation, before, limit: pageOfHistory });
  }

  /** Fetches a page of older messages; does nothing where there are none. */
  async loadOlder(id: string): Promise<void> {
    const conversation = this.get(id);
    if (!conversation?.hasMore) return;
    const before = conversation.messages[0]?.number;
    const page = await this.history(id, before);
    const now = this.get(id);
    if (now && now.messages[0]?.number === before) this.put(withOlder(now, page.messages, page.hasMore));
  }

  /** Fetches the next page of the list; does nothing where there is none. */
  async loadMore(): Promise<void> {
    if (!this.hasMore) return;
    const page = await this.#options.request('conversations', { after: this.#pageCursor });
    this.hasMore = page.hasMore;
    this.#pageCursor = page.cursor;
    for (const state of page.conversations) if (!this.#held.has(state.id)) this.#held.set(state.id, conversationOf(state));
    this.emit('change');
  }

  /** Takes over a conversation that the server gave as an answer. */
  take(state: ConversationState): Conversation {
    const held = this.get(state.id);
    if (held) {
      if (state.change > held.cursor.change) this.#takeCounted({ type: 'conversation', conversation: state.id, change: state.change, state });
      return this.get(state.id) ?? held;
    }
    const conversation = conversationOf(state);
    this.#held.set(state.id, conversation);
    this.#announce(state.id);
    this.emit('change');
    return conversation;
  }

  /** Marks everything read at once, and tells the server. */
  markRead(id: string | undefined): void {
    const conversation = this.get(id);
    if (!conversation) return;
    const { state, cursor: { number } } = conversation;
    if (state.unreadCount === 0 && state.readNumber >= number) return;
    this.put(readUpTo({ ...conversation, state: { ...state, unreadCount: 0 } }, number, this.#me));
    this.#options.request('read', { conversation: state.id, number }).catch(() => undefined);
  }

  /** Whoever is at the end needs the newest messages: older ones are let go of where very many are held, and so is a part far above. */
  shorten(id: string | undefined): void {
    const conversation = this.get(id);
    if (conversation && (conversation.hasNewer || conversation.messages.length > mostHeld)) this.put(withNewest(conversation, mostHeld / 2));
  }

  #takeCounted(event: CountedEvent): void {
    const conversation = this.get(event.conversation);
    const change = event.change ?? conversation?.cursor.change ?? 0;
    const waiting = this.#catchingUp.get(event.conversation);
    if (waiting !== undefined) {
      this.#catchingUp.set(event.conversation, Math.max(waiting, change));
    } else if (!conversation) {
      this.#fetch(event.conversation).catch(() => undefined);
    } else if (event.change === undefined || change === conversation.cursor.change + 1) {
      this.#apply(conversation, event);
    } else if (change > conversation.cursor.change) {
      void this.#sync(event.conversation, change);
    }
  }

  #takeSync(frame: SyncFrame): void {
    const id = frame.conversation;
    if (frame.reset) {
      this.#fetch(id).catch((error: unknown) => {
        if (ParlorError.from(error).status === 404) this.#drop(id);
      });
      return;
    }
    for (const event of frame.events ?? []) {
      const conversation = this.get(id);
      if (conversation && (event.change ?? 0) > conversation.cursor.change) this.#apply(conversation, event);
    }
    const held = this.get(id);
    if (held && frame.change) this.put({ ...held, cursor: { ...held.cursor, change: frame.change } });
  }

  #apply(before: Conversation, event: CountedEvent): void {
    const now = after(before, event, this.#me);
    const isNew = event.type === 'message' && now.state.lastMessage !== before.state.lastMessage;
    if (event.type === 'message') this.#stopTyping(event.conversation);
    this.put(now);
    if (isNew) this.emit('message', event.message, event.conversation);
    if (event.type === 'read') this.emit('read', event);
    if (event.type === 'participant.added' || event.type === 'participant.removed') this.emit('participant', event);
  }

  /** Holds the conversation in this state. */
  put(conversation: Conversation): void {
    const { id, unreadCount } = conversation.state;
    const before = this.get(id)?.state.unreadCount;
    this.#held.set(id, conversation);
    this.emit('change');
    if (before !== undefined && before !== unreadCount) this.emit('unread', unreadCount, id);
  }

  /**
   * Tells what of the conversation is new after its `former` state; without one an answer that was read is old. `isFirst`: all of it was
   * there before, and nothing is told but how much is unread.
   */
  #announce(id: string, former?: Conversation, isFirst = false): void {
    const conversation = this.get(id);
    if (!conversation) return;
    const { messages, state } = conversation;
    if (!former && !isFirst) this.emit('added', id);
    if (state.unreadCount !== (former?.state.unreadCount ?? 0)) this.emit('unread', state.unreadCount, id);
    for (const message of messages) {
      const before = former?.cursor.number ?? (message.author.userId === this.#me ? 0 : state.readNumber);
      if (!isFirst && message.number > before) this.emit('message', message, id);
    }
  }

  /** Asks what was missed until nothing is: events that arrive meanwhile only raise the number to reach. */
  async #sync(id: string, reach: number): Promise<void> {
    this.#catchingUp.set(id, reach);
    try {
      for (let held = this.get(id); held && held.cursor.change < (this.#catchingUp.get(id) ?? 0); held = this.get(id)) {
        await this.#options.request('sync', { conversation: id, ...held.cursor });
      }
    } catch {
      return; // the line is lost: the next `hello` asks
    } finally {
      this.#catchingUp.delete(id);
    }
  }

  /** Takes the conversation as the server has it now, in place of what is held. */
  #fetch(id: string): Promise<Conversation> {
    const under = this.#fetching.get(id) ?? this.#fetchNow(id).finally(() => this.#fetching.delete(id));
    this.#fetching.set(id, under);
    return under;
  }

  async #fetchNow(id: string): Promise<Conversation> {
    this.#catchingUp.set(id, 0);
    const answer = this.#options.request('conversation.get', { conversation: id });
    const reach = await answer.catch(() => undefined).then(() => this.#caughtUp(id));
    const { conversation } = await answer;
    const isNew = !this.#held.has(id);
    const taken = conversationOf(conversation);
    this.put(taken);
    if (isNew) this.#announce(id);
    if (reach > taken.cursor.change) void this.#sync(id, reach);
    return taken;
  }

  /** Ends the time in which events are only noted; the answer is the newest change that was. */
  #caughtUp(id: string): number {
    const reach = this.#catchingUp.get(id) ?? 0;
    this.#catchingUp.delete(id);
    return reach;
  }

  #drop(id: string): void {
    this.#held.delete(id);
    this.#stopTyping(id);
    this.emit('change');
    this.emit('removed', id);
  }

  #takeTyping(event: TypingEvent): void {
    if (event.author.userId === this.#me) return;
    this.#stopTyping(event.conversation);
    if (event.active) {
      const timer = this.#options.clock.setTimeout(() => this.#stopTyping(event.conversation), typingMs);
      this.#typists.set(event.conversation, { author: event.author, timer });
      this.emit('typing', event);
    }
    this.emit('change');
  }

  #stopTyping(id: string): void {
    const typist = this.#typists.get(id);
    if (!typist) return;
    this.#options.clock.clearTimeout(typist.timer);
    this.#typists.delete(id);
    this.emit('typing', { type: 'typing', conversation: id, active: false, author: typist.author });
    this.emit('change');
  }
}

function timeOf(state: ConversationState): string {
  return state.lastUpdatedAt ?? state.createdAt ?? '';
}
