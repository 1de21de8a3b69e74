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
    return this.#try((values) => {
      const text = values.getItem(this.prefix + key);
      return text === null ? undefined : (JSON.parse(text) as T);
    });
  }

  set(key: string, value: unknown): void {
    this.#try((values) => values.setItem(this.prefix + key, JSON.stringify(value)));
  }

  remove(key: string): void {
    this.#try((values) => values.removeItem(this.prefix + key));
  }

  /** The keys that begin with `start`, without the prefix of the app. */
  keys(start = ''): string[] {
    const all = this.#try((values) => Array.from({ length: values.length }, (_, i) => values.key(i) ?? '')) ?? [];
    return all.filter((key) => key.startsWith(this.prefix + start)).map((key) => key.slice(this.prefix.length));
  }

  /** Forgets everything that begins with `start`. */
  clear(start = ''): void {
    for (const key of this.keys(start)) this.remove(key);
  }

  #try<T>(use: (values: KeyValues) => T): T | undefined {
    try {
      return use(this.#values);
    } catch {
      return undefined;
    }
  }
}
