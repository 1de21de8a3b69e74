import { signal } from '@preact/signals';
import type { Thread } from './thread.ts';

/** The conversation that is shown, and those that one has left with something that is not sent: it is there when one comes back. */
export class Threads {
  readonly shown = signal<Thread | undefined>(undefined);
  readonly #left = signal<ReadonlyMap<string, Thread>>(new Map());
  readonly #make: (conversation: string) => Thread;

  constructor(make: (conversation: string) => Thread) {
    this.#make = make;
  }

  show(conversation: string | undefined): Thread | undefined {
    const left = new Map(this.#all.filter((one) => one.outbox.pending.value.length > 0).map((one) => [one.conversation, one]));
    const next = conversation === undefined ? undefined : (left.get(conversation) ?? this.#make(conversation));
    left.delete(conversation ?? '');
    this.#left.value = left;
    this.shown.value = next;
    return next;
  }

  /** Whether something waits in a conversation that is not shown for somebody to try it again, or to give it up. */
  isStuck(conversation: string): boolean {
    return !!this.#left.value.get(conversation)?.outbox.pending.value.some(({ state }) => state !== 'sending');
  }

  /** Whether something would be lost with the page. */
  get hasUnsent(): boolean {
    return this.#all.some(({ outbox: { pending } }) => pending.value.length > 0);
  }

  /** Nobody looks at them any more: what could not be sent is a draft again. */
  end(): void {
    for (const thread of this.#all) thread.outbox.end();
  }

  get #all(): Thread[] {
    return [...this.#left.value.values(), ...(this.shown.value ? [this.shown.value] : [])];
  }
}
