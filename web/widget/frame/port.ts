import { ParlorError } from '../../sdk/index.ts';
import { isHostMessage } from '../bridge.ts';
import type { FrameMessage, HostMessage } from '../bridge.ts';

type Ask = Extract<FrameMessage, { parlor: 'ask' }>['what'];

/**
 * The frame's end of the bridge. Only the window around the frame is heard, and only from the origin of its first greeting,
 * which must be the one that the browser says embeds us.
 */
export class HostPort {
  readonly #receive: (message: Exclude<HostMessage, { parlor: 'answer' }>) => void;
  #origin: string | undefined;
  #lastRef = 0;
  readonly #asked = new Map<number, { resolve(value: unknown): void; reject(error: ParlorError): void }>();

  constructor(receive: (message: Exclude<HostMessage, { parlor: 'answer' }>) => void) {
    this.#receive = receive;
    window.addEventListener('message', (event) => this.#hear(event));
  }

  post(message: FrameMessage): void {
    if (this.#origin !== undefined) window.parent.postMessage(message, this.#origin);
  }

  /** Asks the host page. Waits as long as its page takes. */
  ask(what: Ask, args: unknown[]): Promise<unknown> {
    const ref = ++this.#lastRef;
    return new Promise((resolve, reject) => {
      this.#asked.set(ref, { resolve, reject });
      this.post({ parlor: 'ask', ref, what, args });
    });
  }

  #hear({ data, origin, source }: MessageEvent<unknown>): void {
    if (source !== window.parent || window.parent === window || !isHostMessage(data)) return;
    if (this.#origin === undefined && data.parlor === 'hello' && embedsUs(origin)) this.#origin = origin;
    else if (origin !== this.#origin || data.parlor === 'hello') return;
    if (data.parlor !== 'answer') return this.#receive(data);
    const asked = this.#asked.get(data.ref);
    this.#asked.delete(data.ref);
    if (data.error) asked?.reject(new ParlorError(data.error));
    else asked?.resolve(data.value);
  }
}

function embedsUs(origin: string): boolean {
  const [embedder] = window.location.ancestorOrigins ?? [];
  return origin !== 'null' && (embedder === undefined || embedder === origin);
}
