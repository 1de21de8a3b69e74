import { Emitter, isNewConversation, newConversation } from '../sdk/index.ts';
import type { Action, Client, Conversation, Draft, Entry, Message, Metadata } from '../sdk/index.ts';
import type { Strings } from './strings/index.ts';
import type { Child } from './view/h.ts';
import type { MenuItems } from './wishes/wishes.ts';

export interface MessengerOptions {
  client: Client;
  strings: Strings;
  /** BCP 47: for dates and numbers. */
  locale: string;
  businessName: string;
  businessIconUrl?: string;
  /** Whether the header leads to the list of conversations and to new ones: not where there is one only, nor where the list stands beside it. */
  conversationList: boolean;
  /** Whether the app takes files. */
  attachmentsEnabled?: boolean;
  /** What the page wants people to send beside texts. */
  menuItems?: MenuItems;
  /** Closes the messenger; absent: it cannot be closed. */
  close?(): void;
  /** Switches between the two sizes; absent: there is one. */
  expand?(): void;
  /** Last change of a message before it is queued; a rejection keeps it from being sent. */
  beforeSend?(message: Draft, conversation: string | undefined): Promise<Draft>;
  /** The metadata that go with a pressed button beside its own; a rejection keeps the press from being told. */
  beforePostbackSend?(action: Action, conversation: string | undefined): Promise<Metadata | undefined>;
  /** What of the messages is displayed: they, others in their place, or fewer. Absent: all. */
  display?(messages: readonly Message[], conversation: string): readonly Message[];
}

/** What is seen of the messenger beside the client's own state. */
export interface Look {
  /** The list of conversations instead of one. */
  inList: boolean;
  /** The conversation in view; absent: the default one, which may not exist yet. */
  viewed?: string;
  opened: boolean;
  expanded: boolean;
  /** Whether there is room to expand into. */
  expandable: boolean;
  /** Messages dropped at a change of person; 0: nothing to tell. */
  dropped: number;
  history: 'still' | 'loading' | 'failed';
  /** Up to where the person had read when the conversation came into view; absent: no divider. */
  readBefore?: number;
  /** What is written in the composer. */
  text: string;
  /** Moves when the composer should have the focus. */
  focus: number;
  /** Whether the end of the conversation is in sight, and how many messages came since it was not. */
  atEnd: boolean;
  unseen: number;
}

/** What shows messages that are more than a text: fetched with the first of them (ui/rich/rich.tsx). */
export interface RichParts {
  /** In place of the bubble with the words; undefined: they are all there is. */
  message(message: Message): Child;
  /** Below the newest message. */
  below(): Child;
  /** Why nothing can be written now. */
  blocked(): string | undefined;
}

/** What only some host pages want: fetched where one does (ui/wishes/grant.tsx). */
export interface Extras {
  /** What stands below the header, made of what usually does. */
  view?(usual: Child[]): Child;
  /** The host page asks something itself before the first message. */
  asks?: boolean;
  /** A tool in the header, where there is no other of the view. */
  tool?(): Child;
}

/** What sends files: fetched when somebody may want to (ui/files/files.tsx). */
export interface FileParts {
  /** What was chosen and not sent, above the text. */
  tray(): Child;
  /** Whether that can be sent. */
  readonly isReady: boolean;
  /** Queues it. */
  send(): void;
  /** Takes files, by the type of the event with which they come. With a click they are still to be chosen; as long as they are dragged there are none. */
  take(how: string, files: readonly File[]): void;
  /** The bubble of a message that has a file, and what is said below it where there is more to say than of a text. */
  entry(entry: Entry): { bubble: Child; status: Child } | undefined;
  /** The picture as it lies in this browser, where it was sent from here. */
  pictureOf(clientMessageId: string | undefined): string | undefined;
}

/** What has come to an end: fetched when something has (ui/parts/ends.tsx). */
export interface EndParts {
  /** Messages that were not sent at a change of person. */
  dropped(model: Messenger): Child;
  /** In place of the conversation: why there is none. */
  stopped(model: Messenger, why: string): Child;
}

const enoughToBegin = 20;
const typingMs = 5_000;

/**
 * The messenger on one screen: which view, what is read, what is being written. `change` asks to be drawn again, at most
 * once in a turn.
 */
export class Messenger extends Emitter<{ change: [] }> {
  look: Look = { inList: false, opened: false, expanded: false, expandable: false, dropped: 0, history: 'still', text: '', focus: 0, atEnd: true, unseen: 0 };

  /** Set as soon as it is fetched. */
  rich: RichParts | undefined;
  files: FileParts | undefined;
  ends: EndParts | undefined;
  /** The button that offers to send what is not written, where app and page allow it. */
  attach: (() => Child) | undefined;

  extras: Extras = {};

  #userId: string | undefined;
  #chosen = false;
  /** Whether the view is what the browser remembers, as no conversation is known yet. */
  #remembered = false;
  #typingSince = 0;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  #scheduled = false;

  constructor(readonly options: MessengerOptions) {
    super();
    const { client } = options;
    client.on('change', () => this.#changed());
    client.store.on('change', () => this.#changed());
    client.on('dropped', (count) => this.set({ dropped: this.look.dropped + count }));
    client.on('moved', (from, to) => {
      client.drafts.move(from, to);
      if (this.look.viewed === from) this.set({ viewed: to, text: client.drafts.get(to) });
    });
    client.store.on('removed', (id) => this.look.viewed === id && this.#toStart());
  }

  set(look: Partial<Look>): void {
    this.look = { ...this.look, ...look };
    this.#changed();
  }

  /** The id of the conversation in view, a local name of a new one, or undefined: the default one is still to be made. */
  get conversationId(): string | undefined {
    return this.look.inList ? undefined : (this.look.viewed ?? this.options.client.store.defaultId);
  }

  get conversation(): Conversation | undefined {
    return this.options.client.store.get(this.conversationId);
  }

  /** What of the conversation in view is drawn. */
  get messages(): readonly Message[] {
    const { messages = [], state } = this.conversation ?? {};
    return (state && this.options.display?.(messages, state.id)) ?? messages;
  }

  get entries(): readonly Entry[] {
    const { client } = this.options;
    const id = this.conversationId;
    const isDefault = id === client.store.defaultId;
    return client.outbox.list().filter((entry) => entry.conversation === id || (isDefault && entry.conversation === undefined));
  }

  open(): void {
    this.set({ opened: true, focus: this.look.focus + 1 });
  }

  close(): void {
    this.stopTyping();
    this.set({ opened: false });
  }

  showList(): void {
    this.stopTyping();
    this.set({ inList: true });
  }

  show(id: string | undefined): void {
    this.stopTyping();
    this.#chosen = true;
    this.#enter(id);
  }

  startConversation(): void {
    const { store, outbox } = this.options.client;
    // (What is on its way begins one, too.)
    this.show(store.list().length + outbox.list().length > 0 ? newConversation() : undefined);
  }

  /** Sends the files that were chosen, and then what is written in the composer. What the host page forbids stays there. */
  async send(): Promise<void> {
    const text = this.look.text.trim();
    this.files?.send();
    this.write('');
    this.stopTyping();
    if (text) await this.post({ text }).catch(() => this.fillIn(text));
  }

  /** Queues a message in the conversation in view, as the host page wants it; fails where the host page forbids it. */
  async post(message: Draft): Promise<void> {
    const { client, beforeSend } = this.options;
    const { viewed } = this.look;
    this.set({ readBefore: undefined, focus: this.look.focus + 1 });
    client.send(beforeSend ? await beforeSend(message, this.conversationId) : message, viewed).catch(() => undefined);
  }

  /** Takes note of what is being written: the draft is kept, and the other side sees that somebody types. */
  write(text: string): void {
    this.options.client.drafts.set(this.look.viewed ?? '', text);
    if (text) this.#typing();
    this.set({ text });
  }

  /** Puts a text into the composer as if the person had written it. */
  fillIn(text: string): void {
    this.write(text);
    this.set({ focus: this.look.focus + 1 });
  }

  /** The person sees the end of the conversation in view. */
  markRead(): void {
    this.options.client.store.markRead(this.conversationId);
  }

  async loadOlder(): Promise<void> {
    const id = this.conversationId;
    if (!id || this.look.history === 'loading') return;
    this.set({ history: 'loading' });
    const history = await this.options.client.loadOlder(id).then(
      () => 'still' as const,
      () => 'failed' as const,
    );
    this.set({ history });
  }

  stopTyping(): void {
    clearTimeout(this.#typingTimer);
    if (this.#typingSince > 0) this.options.client.typing(this.conversationId, false);
    this.#typingSince = 0;
  }

  #typing(): void {
    const now = Date.now();
    if (now - this.#typingSince > typingMs) {
      this.#typingSince = now;
      this.options.client.typing(this.conversationId, true);
    }
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.stopTyping(), typingMs);
  }

  #changed(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#settle();
      this.#scheduled = false;
      this.emit('change');
    });
  }

  /** Follows the client: another person sees their own start, and a view that nobody chose shows the newest conversation. */
  #settle(): void {
    const { store, user } = this.options.client;
    if (user?.id !== this.#userId) {
      const isNewcomer = this.#userId === undefined;
      this.#userId = user?.id;
      if (!isNewcomer) this.#toStart();
    }
    const newest = store.list()[0]?.state.id;
    if (!this.#chosen) this.#followClient(newest);
    this.#begin();
    // Whoever is not reading far above needs little of it, also while the chat is closed.
    if (this.look.atEnd) store.shorten(this.conversationId);
  }

  /**
   * What is in view where nobody chose: the newest conversation. Until the conversations are known it is the one in which
   * something is left to send or to write; that stays then, if it is among them. What was begun without any goes along.
   */
  #followClient(newest: string | undefined): void {
    const { store, drafts, presence, connectionState } = this.options.client;
    const { viewed, text } = this.look;
    if (!newest && connectionState !== 'connected') {
      if (!viewed && !this.#remembered && presence === 'user') this.#enterRemembered();
    } else if (viewed) {
      if (this.#remembered) this.#enter(store.get(viewed) || isNewConversation(viewed) ? viewed : newest);
    } else if (newest) {
      drafts.move('', newest);
      this.#enter(newest);
    } else if (drafts.get('') !== text) this.#enter(undefined);
  }

  #enterRemembered(): void {
    const { drafts, outbox } = this.options.client;
    const { last } = drafts;
    const isLeft = last && (drafts.get(last) || outbox.list().some((entry) => entry.conversation === last));
    this.#enter(isLeft ? last : undefined);
    this.#remembered = true;
  }

  #toStart(): void {
    this.#chosen = false;
    this.#enter(undefined);
  }

  #enter(viewed: string | undefined): void {
    const state = this.options.client.store.get(viewed)?.state;
    this.#remembered = false;
    this.set({
      viewed,
      inList: false,
      history: 'still',
      readBefore: state && state.unreadCount > 0 ? state.readNumber : undefined,
      text: this.options.client.drafts.get(viewed ?? ''),
      focus: this.look.focus + 1,
    });
  }

  /** Fetches the newest page where only the last line is known. */
  #begin(): void {
    const { conversation, look } = this;
    const isShort = conversation?.hasMore && conversation.messages.length < enoughToBegin;
    if (look.opened && isShort && look.history === 'still' && !isNewConversation(look.viewed)) void this.loadOlder();
  }
}
