import { batch, signal } from '@preact/signals';
import type { Api } from '../api/client.ts';
import type { Item, Message } from '../api/inbox.ts';
import { asProblem } from '../api/problem.ts';
import type { Problem } from '../api/problem.ts';
import { drafts } from './drafts.ts';
import type { Change } from './items.ts';
import { contentOf } from './markdown.ts';
import type { Sending } from './writing/sending.ts';

/** Something on its way to the conversation. */
export interface Pending {
  id: string;
  kind: 'message' | 'note';
  /** Of a file: its name. */
  text: string;
  file?: Sending;
  writtenAt: number;
  state: 'sending' | 'failed' | 'guarded';
  problem?: Problem;
}

interface OutboxOptions {
  api: Api;
  /** Of the calls of the conversation. */
  path: string;
  conversation: string;
  /** The number of the newest message that is here. */
  lastNumber(): number;
  /** The server has it, as it is in the thread. */
  came(item: Item): void;
  /** A colleague has answered, which is not here yet. */
  answeredMeanwhile(): Promise<unknown>;
  /** Something could not be sent. */
  failed(): void;
}

/** What an agent writes into a conversation, until it is there. */
export class Outbox {
  readonly pending = signal<readonly Pending[]>([]);
  /** What was not sent, and goes back to where it was written. */
  readonly handedBack = signal<Pending | undefined>(undefined);
  readonly #options: OutboxOptions;
  /** When everything that was sent before is there, or was given up. */
  #turn = Promise.resolve();
  #isOver = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Sends an answer. Fails never: what became of it is seen in the thread. */
  async answer(text: string, given?: Pending): Promise<void> {
    await this.#answer({ id: given?.id ?? crypto.randomUUID(), kind: 'message', text, writtenAt: Date.now(), state: 'sending' }, given?.state === 'guarded');
  }

  /** Sends a file, as {@link answer} does a text. */
  async attach(file: Sending, given?: Pending): Promise<void> {
    await this.#answer({ id: given?.id ?? crypto.randomUUID(), kind: 'message', text: file.name, file, writtenAt: Date.now(), state: 'sending' }, given?.state === 'guarded');
  }

  async note(text: string, given?: Pending): Promise<void> {
    const { api, path, came } = this.#options;
    const pending: Pending = { id: given?.id ?? crypto.randomUUID(), kind: 'note', text, writtenAt: Date.now(), state: 'sending' };
    this.#show(pending);
    await this.#try(pending, async () => {
      const { item } = await api.call<{ item: Item }>('POST', `${path}/notes`, { id: pending.id, text });
      came(item);
    });
  }

  discard(id: string): void {
    this.pending.value.find((one) => one.id === id)?.file?.end();
    this.pending.value = this.pending.value.filter((one) => one.id !== id);
  }

  /** Gives what was not sent back to be written on. */
  handBack(pending: Pending): void {
    batch(() => {
      this.discard(pending.id);
      this.handedBack.value = pending;
    });
  }

  /** What was on its way from here is there. */
  arrived(item: Change): void {
    const sent = item.kind === 'message' ? item.message.clientMessageId : item.kind === 'note' ? item.note.sentId : undefined;
    if (sent) this.discard(sent);
  }

  /** Nobody looks at it any more: what could not be sent, and what cannot be from now on, is a draft again. */
  end(): void {
    this.#isOver = true;
    for (const pending of this.pending.value) if (pending.state !== 'sending') this.#keep(pending);
  }

  #keep({ kind, text, file }: Pending): void {
    if (!file) drafts.giveBack(this.#options.conversation, kind === 'note' ? 'note' : 'answer', text);
  }

  /** Answers go one after the other: what was written after a large file is read after it. */
  async #answer(pending: Pending, anyway: boolean): Promise<void> {
    const { api, path, lastNumber, came } = this.#options;
    const seen = lastNumber();
    this.#show(pending);
    this.#turn = this.#turn.then(async () => {
      if (!this.#isPending(pending.id)) return;
      await this.#try(pending, async () => {
        const said = pending.file ? await pending.file.content() : contentOf(pending.text);
        const { message } = await api.call<{ message: Message }>('POST', `${path}/messages`, { id: pending.id, ...said, seen, ...(anyway && { anyway }) });
        came({ kind: 'message', at: message.received, message });
      });
    });
    await this.#turn;
  }

  #show(pending: Pending): void {
    this.pending.value = [...this.pending.value.filter(({ id }) => id !== pending.id), pending];
  }

  #isPending(id: string): boolean {
    return this.pending.value.some((one) => one.id === id);
  }

  async #try(pending: Pending, send: () => Promise<void>): Promise<void> {
    try {
      await send();
    } catch (reason) {
      if (this.#isOver) return this.#keep(pending);
      const problem = asProblem(reason);
      const isGuarded = problem.code === 'answered_meanwhile';
      this.pending.value = this.pending.value.map((one) => (one.id === pending.id ? { ...pending, state: isGuarded ? 'guarded' : 'failed', problem } : one));
      this.#options.failed();
      if (isGuarded) await this.#options.answeredMeanwhile();
    }
  }
}
