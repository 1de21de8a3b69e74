import { wait } from './clock.ts';
import type { Clock, Timer } from './clock.ts';
import { ParlorError, signedOut } from './errors.ts';
import { isNewConversation, newId } from './ids.ts';
import type { Draft, Message } from './protocol.ts';
import type { Storage } from './storage.ts';

/** A message on its way. `failed` means that the server refused it for good; everything else is sent by itself. */
export interface Entry {
  readonly id: string;
  /** Who wrote it: a user's id, or {@link nobodyYet}. */
  readonly owner: string;
  /** A conversation's id, a new conversation's local name ({@link newConversation}), or absent for the default one. */
  readonly conversation?: string;
  readonly message: Draft;
  /** The file that goes to the server before its message does. Only the page in which it was chosen has its bytes. */
  readonly file?: FileNote;
  /** Milliseconds since the epoch; with `order`, the place in the queue. */
  readonly writtenAt: number;
  readonly order: number;
  readonly failure?: string;
}

/** What is remembered of a file. */
export interface FileNote {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** The owner of what was written before there is a user. */
export const nobodyYet = 'nobody';

/** What became of an entry. */
export interface Sent {
  message: Message;
  conversation: string;
}

export interface OutboxOptions {
  clock: Clock;
  storage: Storage;
  /** Whether an entry of the owner can be sent now; where not, the owner of the outbox does what is needed and calls `pump`. */
  ready(): boolean;
  send(entry: Entry): Promise<Sent>;
  changed(): void;
  /** A new conversation has its real id now. */
  moved(from: string, to: string): void;
}

interface Waiter {
  resolve(sent: Sent): void;
  reject(error: ParlorError): void;
}

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

/**
 * Messages that the server has not acknowledged. Each is stored under a key of its own (so that tabs do not overwrite
 * each other), is sent in the order of writing, and again under the same id until the server has taken or refused it.
 * An entry belongs to the person who wrote it: only the entries of the present owner are seen, and none other is sent.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #owner = nobodyYet;
  #entries: Entry[] = [];
  readonly #waiters = new Map<string, Waiter>();
  #sending: string | undefined;
  #timer: Timer | undefined;
  #pausedUntil = 0;
  #failures = 0;
  #lastOrder = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  list(): readonly Entry[] {
    return this.#entries;
  }

  /** How many are still to be sent; failed ones wait for the person. */
  get waiting(): number {
    return this.#entries.filter((entry) => entry.failure === undefined).length;
  }

  /** Makes the entries of this person the ones to send: those of earlier page loads come along. */
  open(owner: string): void {
    this.#owner = owner;
    const { storage, changed } = this.#options;
    const stored = storage.keys(keyOf(owner)).flatMap((key) => storage.get<Entry>(key) ?? []);
    const known = new Map([...stored, ...this.#entries].map((entry) => [entry.id, entry]));
    this.#entries = [...known.values()].filter((entry) => entry.owner === owner).sort(byOrder);
    changed();
    this.pump();
  }

  /** The same person has another id now: signed in, or merged. What they wrote stays theirs. */
  rename(from: string, to: string): void {
    const { storage } = this.#options;
    for (const key of storage.keys(keyOf(from))) {
      const entry = storage.get<Entry>(key);
      storage.remove(key);
      if (entry) storage.set(keyOf(to) + entry.id, { ...entry, owner: to });
    }
    this.#entries = this.#entries.map((entry) => (entry.owner === from ? { ...entry, owner: to } : entry));
  }

  /** Forgets what the present person wrote and did not send. */
  drop(): void {
    const dropped = this.#entries;
    this.#entries = [];
    this.#options.storage.clear(keyOf(this.#owner));
    this.#options.clock.clearTimeout(this.#timer);
    this.#pausedUntil = this.#failures = 0;
    for (const { id } of dropped) this.#settleOne(id, (waiter) => waiter.reject(signedOut()));
    this.#options.changed();
  }

  /** Queues a message. The promise is kept when the server has acknowledged it, and broken when it is refused. */
  add(message: Draft, conversation?: string, file?: FileNote): Promise<Sent> {
    const { clock, storage, changed } = this.#options;
    const entry: Entry = { id: newId(), owner: this.#owner, conversation, message, file, writtenAt: clock.now(), order: ++this.#lastOrder };
    storage.set(keyOf(entry.owner) + entry.id, entry);
    this.#entries = [...this.#entries, entry];
    const sent = new Promise<Sent>((resolve, reject) => this.#waiters.set(entry.id, { resolve, reject }));
    changed();
    this.pump();
    return sent;
  }

  /** Tries a failed entry again. */
  retry(id: string): void {
    this.replace(id, (entry) => ({ ...entry, failure: undefined }));
    this.pump();
  }

  /** Takes a failed entry out for good. */
  discard(id: string): void {
    this.#remove(id);
    this.#settleOne(id, (waiter) => waiter.reject(signedOut()));
  }

  /** The server has the message: said by an acknowledgement, or seen among the messages. */
  confirm(id: string, sent: Sent): void {
    const entry = this.#remove(id);
    if (!entry) return;
    if (isNewConversation(entry.conversation)) this.redirect(entry.conversation, sent.conversation);
    this.#settleOne(id, (waiter) => waiter.resolve(sent));
  }

  /** Sends what can be sent. Safe to call at any time. */
  pump(): void {
    const { clock, ready } = this.#options;
    const next = this.#entries.find((entry) => entry.failure === undefined);
    if (!next || this.#sending !== undefined) return;
    const pause = this.#pausedUntil - clock.now();
    clock.clearTimeout(this.#timer);
    if (pause > 0) {
      this.#timer = clock.setTimeout(() => this.pump(), pause);
      return;
    }
    if (ready()) void this.#sendOne(next);
  }

  /** The line is back: what was held off because of its loss may go at once. */
  resume(): void {
    this.#pausedUntil = this.#failures = 0;
    this.pump();
  }

  /** None of these can be sent, for a reason that will not pass by itself. */
  refuse(error: ParlorError): void {
    for (const entry of this.#entries) if (entry.failure === undefined) this.#fail(entry, error);
  }

  /** Waits until nothing is left to send, at most ms. */
  async settled(ms: number): Promise<void> {
    const { clock } = this.#options;
    const until = clock.now() + ms;
    while (this.waiting > 0 && clock.now() < until) {
      await wait(clock, 50);
    }
  }

  async #sendOne(entry: Entry): Promise<void> {
    const owner = this.#owner;
    this.#sending = entry.id;
    try {
      const sent = await this.#options.send(entry);
      this.#failures = 0;
      this.confirm(entry.id, sent);
    } catch (error) {
      if (owner === this.#owner) this.#refused(entry, ParlorError.from(error));
    } finally {
      this.#sending = undefined;
    }
    this.pump();
  }

  /** A refusal that may pass pauses the queue; any other fails this entry, and the next ones go on. */
  #refused(entry: Entry, error: ParlorError): void {
    if (error.retryable) {
      const backoff = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#failures++, 5));
      this.#pausedUntil = this.#options.clock.now() + (error.retryAfterMs ?? backoff);
      return;
    }
    this.#fail(entry, error);
  }

  #fail(entry: Entry, error: ParlorError): void {
    this.replace(entry.id, (held) => ({ ...held, failure: error.message }));
    this.#settleOne(entry.id, (waiter) => waiter.reject(error));
  }

  /** Entries of a new conversation go where it has been made: by its first message, or for its first file. */
  redirect(from: string, to: string): void {
    for (const entry of this.#entries) {
      if (entry.conversation === from) this.replace(entry.id, (held) => ({ ...held, conversation: to }));
    }
    this.#options.moved(from, to);
  }

  /** Puts another entry in the place of this one, where it is there. */
  replace(id: string, change: (entry: Entry) => Entry): void {
    this.#entries = this.#entries.map((entry) => {
      if (entry.id !== id) return entry;
      const changed = change(entry);
      this.#options.storage.set(keyOf(changed.owner) + id, changed);
      return changed;
    });
    this.#options.changed();
  }

  /** Takes the entry out, where it is there. */
  #remove(id: string): Entry | undefined {
    const entry = this.#entries.find((one) => one.id === id);
    if (!entry) return undefined;
    this.#options.storage.remove(keyOf(entry.owner) + id);
    this.#entries = this.#entries.filter((one) => one !== entry);
    this.#options.changed();
    return entry;
  }

  #settleOne(id: string, settle: (waiter: Waiter) => void): void {
    const waiter = this.#waiters.get(id);
    this.#waiters.delete(id);
    if (waiter) settle(waiter);
  }
}

function keyOf(owner: string): string {
  return `outbox.${owner}.`;
}

function byOrder(a: Entry, b: Entry): number {
  return a.writtenAt - b.writtenAt || a.order - b.order;
}
