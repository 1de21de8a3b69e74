import type { Storage } from './storage.ts';

/**
 * Texts begun and not sent, one for each conversation. They are remembered beyond the page only while there is a user, and
 * go with the person: whoever signs out or gives way to another takes them along.
 */
export class Drafts {
  readonly #storage: Storage;
  readonly #texts = new Map<string, string>();
  #kept = false;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** There is a user: what the browser remembers counts, and what was begun before is remembered. */
  keep(): void {
    this.#kept = true;
    for (const key of this.#storage.keys(prefix)) this.#texts.set(key.slice(prefix.length), this.#storage.get<string>(key) ?? '');
    for (const [conversation, text] of this.#texts) this.set(conversation, text);
  }

  get(conversation: string): string {
    return this.#texts.get(conversation) ?? '';
  }

  set(conversation: string, text: string): void {
    this.#texts.set(conversation, text);
    if (!text) this.#storage.remove(prefix + conversation);
    else if (this.#kept) this.#storage.set(prefix + conversation, text);
  }

  drop(): void {
    this.#kept = false;
    this.#texts.clear();
    this.#storage.clear(prefix);
  }
}

const prefix = 'draft.';
