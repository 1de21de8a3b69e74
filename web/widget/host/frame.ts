import { isFrameMessage } from '../bridge.ts';
import type { FrameMessage, HostMessage } from '../bridge.ts';

/** The plain form of an error of the frame (sdk/errors.ts). */
interface Plain {
  message: string;
  code: string;
  status: number;
  retryable: boolean;
}

/** An `Error` with the members that integrators are promised (design section 4). */
export function errorOf({ message, ...members }: Plain): Error {
  return Object.assign(new Error(message), members);
}

function unavailable(message: string): Plain {
  return { message, code: 'unavailable', status: 0, retryable: true };
}

const answersWithinMs = 20_000;

export interface FrameListener {
  /** Each document in the frame, the first and any later one, is greeted with this. */
  greeting(): HostMessage;
  heard(message: Exclude<FrameMessage, { parlor: 'result' | 'started' }>): void;
}

/**
 * The host page's end of the bridge, and the iframe itself. Posts to Parlor's origin only, and hears only what comes from
 * that origin out of this very frame.
 */
export class FramePort {
  readonly #origin: string;
  readonly #listener: FrameListener;
  readonly element = document.createElement('iframe');
  /** Done when the frame answers calls: with the reason, where it began without the person whom it was to sign in. */
  readonly started: Promise<Plain | undefined>;
  #greeted = false;
  #begin!: (error?: Plain) => void;
  #giveUpStart!: (error: Error) => void;
  #lastRef = 0;
  readonly #calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #hear = (event: MessageEvent<unknown>) => this.#take(event);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, origin: string, listener: FrameListener) {
    this.#origin = origin;
    this.#listener = listener;
    this.started = new Promise((resolve, reject) => {
      [this.#begin, this.#giveUpStart] = [resolve, reject];
    });
    this.started.catch(() => undefined);
    this.element.title = 'Chat';
    this.element.src = url;
    this.element.allow = 'autoplay; clipboard-write; geolocation';
    this.element.addEventListener('load', () => this.#greet());
    window.addEventListener('message', this.#hear);
  }

  /** Posts to the document in the frame; before it has been greeted there is nobody to hear. */
  post(message: HostMessage): void {
    if (this.#greeted) this.element.contentWindow?.postMessage(message, this.#origin);
  }

  /** Asks the frame. Fails with the `Error` that integrators see. */
  call(method: string, args: unknown[]): Promise<unknown> {
    const ref = ++this.#lastRef;
    return this.started.then(
      () =>
        new Promise((resolve, reject) => {
          this.#calls.set(ref, { resolve, reject });
          this.post({ parlor: 'call', ref, method, args });
        }),
    );
  }

  close(): void {
    clearTimeout(this.#timer);
    window.removeEventListener('message', this.#hear);
    this.element.remove();
    const gone = { message: 'The widget was destroyed.', code: 'destroyed', status: 0, retryable: false };
    this.#giveUpStart(errorOf(gone));
    this.#giveUp(gone);
  }

  /** A new document is in the frame: it learns who embeds it. What its predecessor was asked stays without an answer. */
  #greet(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#silent(), answersWithinMs);
    this.#giveUp(unavailable('The chat was loaded anew before it had answered.'));
    this.#greeted = true;
    this.post(this.#listener.greeting());
  }

  #giveUp(why: Plain): void {
    for (const call of this.#calls.values()) call.reject(errorOf(why));
    this.#calls.clear();
  }

  #silent(): void {
    this.#giveUpStart(errorOf(unavailable(`The chat at ${this.#origin} does not answer. Is ${location.origin} on the app's list of origins?`)));
  }

  #take({ data, origin, source }: MessageEvent<unknown>): void {
    if (origin !== this.#origin || source !== this.element.contentWindow || !isFrameMessage(data)) return;
    clearTimeout(this.#timer);
    if (data.parlor === 'started') return this.#begin(data.error);
    if (data.parlor !== 'result') return this.#listener.heard(data);
    const call = this.#calls.get(data.ref);
    this.#calls.delete(data.ref);
    if (data.error) call?.reject(errorOf(data.error));
    else call?.resolve(data.value);
  }
}
