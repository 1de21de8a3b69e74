import { signal } from '@preact/signals';
import type { LiveEvent } from '../api/inbox.ts';

/** What of a WebSocket is needed. */
export interface Socket {
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  close(): void;
}

interface LiveOptions {
  dial(): Socket;
  /** Everything that happens, in order. `ready` comes first, and again after each gap: what happened in between is to be fetched. */
  heard(event: LiveEvent): void;
  /** The session has ended, or the role in this app. */
  ended(): void;
}

/** Close codes after which nobody needs to come again. */
const ends = [4401, 4403];
const firstWaitMs = 500;
const longestWaitMs = 15_000;
/** The server says something every 25 seconds: a line that has been silent for so long is dead, as after a sleep, though nobody has closed it. */
const silentForMs = 60_000;
/** A line that came back within this time was hardly lost. */
const noticedAfterMs = 1_500;

/** The line on which the server tells what happens in an app; it is dialled again, less and less often, until it is there. */
export class Live {
  /** Whether the line has been away for so long that one should know. */
  readonly isLost = signal(false);
  readonly #options: LiveOptions;
  #socket: Socket | undefined;
  #fails = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notice: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly #again = () => {
    if (!this.#socket) this.#dial();
  };

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  open(): void {
    addEventListener('online', this.#again);
    this.#dial();
  }

  close(): void {
    removeEventListener('online', this.#again);
    clearTimeout(this.#timer);
    clearTimeout(this.#notice);
    this.#letGo();
  }

  #letGo(): void {
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onclose = socket.onmessage = null;
    socket.close();
  }

  #dial(): void {
    clearTimeout(this.#timer);
    const socket = (this.#socket = this.#options.dial());
    this.#listen();
    socket.onmessage = ({ data }) => {
      this.#listen();
      for (const event of eventsIn(data)) this.#hear(event);
    };
    socket.onclose = ({ code }) => this.#closed(code);
  }

  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#closed(), silentForMs);
  }

  #hear(event: LiveEvent): void {
    if (event.type === 'ready') {
      this.#fails = 0;
      clearTimeout(this.#notice);
      this.#notice = undefined;
      this.isLost.value = false;
    }
    this.#options.heard(event);
  }

  #closed(code = 0): void {
    this.#letGo();
    if (ends.includes(code)) {
      this.close();
      return this.#options.ended();
    }
    this.#notice ??= setTimeout(() => (this.isLost.value = true), noticedAfterMs);
    const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** this.#fails++);
    this.#timer = setTimeout(this.#again, wait * (0.5 + Math.random() / 2));
  }
}

/** The events of a frame, which is an array of them; none of what is none. */
function eventsIn(data: unknown): LiveEvent[] {
  try {
    const events: unknown = JSON.parse(String(data));
    return Array.isArray(events) ? (events as LiveEvent[]) : [];
  } catch {
    return [];
  }
}
