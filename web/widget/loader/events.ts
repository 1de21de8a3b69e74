import type { Handler } from '../api.ts';

/** Events by name. `ready` and `connected` are facts that last: who binds later hears them too. */
export class Events {
  #handlers: Record<string, Handler[]> = {};
  #lasting: Record<string, unknown[] | undefined> = {};

  /** Whether this lasting fact is one now. */
  lasts(name: string): boolean {
    return !!this.#lasting[name];
  }

  emit(name: string, ...args: unknown[]): void {
    if (name === 'ready' || name === 'connected') this.#lasting[name] = args;
    if (name === 'disconnected') delete this.#lasting['connected'];
    for (const handler of [...(this.#handlers[name] ?? [])]) run(handler, args);
  }

  on(name: string, handler: Handler): void {
    (this.#handlers[name] ??= []).push(handler);
    const args = this.#lasting[name];
    if (args) queueMicrotask(() => this.#handlers[name]?.includes(handler) && run(handler, args));
  }

  off(name?: string, handler?: Handler): void {
    for (const key of name === undefined ? Object.keys(this.#handlers) : [name]) {
      this.#handlers[key] = handler ? (this.#handlers[key] ?? []).filter((one) => one !== handler) : [];
    }
  }

  /** Nothing that lasted does any more. */
  forget(): void {
    this.#lasting = {};
  }
}

function run(handler: Handler, args: unknown[]): void {
  try {
    (handler as (...args: unknown[]) => void)(...args);
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
