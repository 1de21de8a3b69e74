import { signal } from '@preact/signals';

export interface Typist {
  name: string;
  isAgent: boolean;
  isNote: boolean;
}

/** A sign of writing is true for ten seconds at most. */
const typingMs = 10_000;

/** Who writes in a conversation: the user, and agents. */
export class Typing {
  /** By their ids. */
  readonly all = signal<ReadonlyMap<string, Typist>>(new Map());
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** Somebody writes, or does not any more. */
  tell(id: string, typist: Typist | false): void {
    if (!typist) return this.stop(id);
    clearTimeout(this.#timers.get(id));
    this.all.value = new Map(this.all.value).set(id, typist);
    this.#timers.set(id, setTimeout(() => this.stop(id), typingMs));
  }

  stop(id: string): void {
    clearTimeout(this.#timers.get(id));
    if (!this.all.value.has(id)) return;
    const typists = new Map(this.all.value);
    typists.delete(id);
    this.all.value = typists;
  }
}
