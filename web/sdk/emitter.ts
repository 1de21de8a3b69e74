/** Names of events and the arguments of their listeners. */
export type EventMap = Record<string, unknown[]>;

/** Calls listeners in the order in which they came. A listener that throws does not keep the others from hearing. */
export class Emitter<E extends EventMap> {
  readonly #listeners: { [K in keyof E]?: Set<(...args: E[K]) => void> } = {};

  /** Adds a listener; the answer removes it again. */
  on<K extends keyof E>(name: K, listener: (...args: E[K]) => void): () => void {
    const set = (this.#listeners[name] ??= new Set());
    set.add(listener);
    return () => set.delete(listener);
  }

  emit<K extends keyof E>(name: K, ...args: E[K]): void {
    for (const listener of [...(this.#listeners[name] ?? [])]) {
      try {
        listener(...args);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
