/** Where the sdk remembers: the part of the browser's Storage that it needs. */
export interface KeyValues {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A memory that lasts as long as the page: for browsers that refuse to store anything. */
export class MemoryValues implements KeyValues {
  readonly #values = new Map<string, string>();
  get length(): number {
    return this.#values.size;
  }
  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }
  removeItem(key: string): void {
    this.#values.delete(key);
  }
}

/**
 * One app's corner of a storage: every key begins with the prefix, every value is JSON.
 * A full or refusing storage loses the value and never throws: the chat works on, it only remembers less.
 */
export class Storage {
  readonly #values: KeyValues;

  constructor(values: KeyValues, readonly prefix: string) {
    this.#values = values;
  }

  /** The value under the key, or undefined where there is none or it cannot be read. */
  get<T>(key: string): T | undefined {
    try {
      const text = this.#values.getItem(this.prefix + key);
      return text === null ? undefined : (JSON.parse(text) as T);
    } catch {
      return undefined;
    }
  }

  set(key: string, value: unknown): void {
    try {
      this.#values.setItem(this.prefix + key, JSON.stringify(value));
    } catch {
      return;
    }
  }

  remove(key: string): void {
    try {
      this.#values.removeItem(this.prefix + key);
    } catch {
      return;
    }
  }

  /** The keys that begin with `start`, without the prefix of the app. */
  keys(start = ''): string[] {
    const found: string[] = [];
    try {
      for (let i = 0; i < this.#values.length; i++) {
        const key = this.#values.key(i);
        if (key?.startsWith(this.prefix + start)) found.push(key.slice(this.prefix.length));
      }
    } catch {
      return found;
    }
    return found;
  }

  /** Forgets everything that begins with `start`. */
  clear(start = ''): void {
    for (const key of this.keys(start)) this.remove(key);
  }
}
