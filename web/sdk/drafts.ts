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
    for (const [conversation, text] of this.#texts) this.#remember(conversation, text);
  }

  get(conversation: string): string {
    return this.#texts.get(conversation) ?? '';
  }

  /** The conversation written in last, also before the page was loaded; undefined where the browser remembers none. */
  get last(): string | undefined {
    return this.#storage.get<string>(lastKey);
  }

  set(conversation: string, text: string): void {
    this.#texts.set(conversation, text);
    if (this.#kept) this.#storage.set(lastKey, conversation);
    this.#remember(conversation, text);
  }

  /** What was begun in one conversation goes on in another, after what was begun there. */
  move(from: string, to: string): void {
    const text = this.get(from);
    if (this.#kept && this.last === from) this.#storage.set(lastKey, to);
    if (!text || from === to) return;
    this.set(from, '');
    this.set(to, [this.get(to), text].filter(Boolean).join('\n'));
  }

  drop(): void {
    this.#kept = false;
    this.#texts.clear();
    this.#storage.clear(prefix);
    this.#storage.remove(lastKey);
  }

  #remember(conversation: string, text: string): void {
    if (!text) this.#storage.remove(prefix + conversation);
    else if (this.#kept) this.#storage.set(prefix + conversation, text);
  }
}

const prefix = 'draft.';
const lastKey = 'lastDraft';
