import type { Clock, Timer } from './clock.ts';
import { ParlorError, unavailable } from './errors.ts';
import { parseFrames } from './protocol.ts';
import type { Credentials, Requests, ServerEvent, ServerFrame, Welcome } from './protocol.ts';

/** The part of the browser's WebSocket that a line needs. Handlers are set by the line, and called with the browser's events. */
export interface SocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send(text: string): void;
  close(): void;
}

export type Dial = (url: string) => SocketLike;

/**
 * What a line tells its owner. `closed` comes once and is the last, with the reason that the server gave for closing, if any;
 * after {@link Line.close} nothing comes at all.
 */
export interface LineListener {
  welcome(welcome: Welcome): void;
  event(event: ServerEvent): void;
  closed(code: number, error: ParlorError, reason: string): void;
}

interface Ask {
  resolve(answer: never): void;
  reject(error: ParlorError): void;
}

const welcomeWithinMs = 10_000;
const answerWithinMs = 12_000;
const answerToProbeMs = 5_000;
const silenceBeforePingMs = 28_000;

/**
 * One socket from its `hello` to its end. Requests find their answers by `ref`. A line that owes an answer and is silent for
 * 12 seconds is dead: it is given up, and what was asked fails as unavailable. Where nothing is asked, 28 seconds of silence
 * are followed by a ping, so that a dead line is given up after 40 seconds (api/realtime.md section 6).
 */
export class Line {
  readonly #socket: SocketLike;
  readonly #clock: Clock;
  readonly #listener: LineListener;
  readonly #asks = new Map<number, Ask>();
  #lastRef = 0;
  #timer: Timer | undefined;
  #ended = false;
  #welcomed = false;
  #lastError: ParlorError | undefined;

  constructor(socket: SocketLike, hello: Credentials, clock: Clock, listener: LineListener) {
    this.#socket = socket;
    this.#clock = clock;
    this.#listener = listener;
    this.#endIn(welcomeWithinMs);
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', v: 1, ...hello }));
    socket.onmessage = ({ data }: { data: unknown }) => this.#hear(data);
    socket.onclose = ({ code, reason }: { code: number; reason: string }) => this.#end(code, reason);
  }

  /** Asks the server. Fails with what the server said, or as unavailable when the line ends first. */
  request<K extends keyof Requests>(type: K, ask: Requests[K]['ask']): Promise<Requests[K]['answer']> {
    if (this.#ended || !this.#welcomed) return Promise.reject(unavailable());
    const ref = ++this.#lastRef;
    if (this.#asks.size === 0) this.#endIn(answerWithinMs);
    return new Promise((resolve, reject) => {
      this.#asks.set(ref, { resolve, reject });
      this.#socket.send(JSON.stringify({ type, ref, ...ask }));
    });
  }

  /** Finds out soon whether the other side still hears: after sleep, or when the network changed. */
  probe(): void {
    if (!this.#welcomed) return;
    this.#ping();
    this.#endIn(answerToProbeMs);
  }

  /** Ends the line without telling the listener. Open requests fail as unavailable. */
  close(): void {
    this.#finish();
    this.#socket.close();
  }

  #hear(data: unknown): void {
    if (this.#ended) return;
    for (const frame of parseFrames(data) ?? []) this.#take(frame);
    if (this.#welcomed && !this.#ended) this.#rest();
  }

  #take(frame: ServerFrame): void {
    if (this.#ended) return;
    switch (frame.type) {
      case 'welcome':
        this.#welcomed = true;
        return this.#listener.welcome(frame);
      case 'ok': {
        const { type: _, ref, ...answer } = frame;
        return this.#settle(ref, (ask) => ask.resolve(answer as never));
      }
      case 'error': {
        const error = ParlorError.fromWire(frame.error, frame.status);
        if (frame.ref === undefined) this.#lastError = error;
        else this.#settle(frame.ref, (ask) => ask.reject(error));
        return;
      }
      default:
        return this.#listener.event(frame);
    }
  }

  #settle(ref: number, settle: (ask: Ask) => void): void {
    const ask = this.#asks.get(ref);
    this.#asks.delete(ref);
    if (ask) settle(ask);
  }

  /** Starts the silence anew. */
  #rest(): void {
    if (this.#asks.size > 0) this.#endIn(answerWithinMs);
    else this.#next(silenceBeforePingMs, () => this.#ping());
  }

  #endIn(ms: number): void {
    this.#next(ms, () => this.#end(1006));
  }

  /** What happens where nothing is heard for so long: one thing at a time. */
  #next(ms: number, run: () => void): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(run, ms);
  }

  #ping(): void {
    this.request('ping', {}).catch(() => undefined);
  }

  #end(code: number, reason = ''): void {
    if (this.#ended) return;
    const error = this.#lastError ?? closeError(code, reason);
    this.#finish();
    this.#socket.close();
    this.#listener.closed(code, error, reason);
  }

  #finish(): void {
    this.#ended = true;
    this.#clock.clearTimeout(this.#timer);
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    const open = [...this.#asks.values()];
    this.#asks.clear();
    for (const ask of open) ask.reject(unavailable());
  }
}

/** What a close code says by itself, where no `error` frame came before it: from 4000 on, a status of HTTP. */
function closeError(code: number, reason: string): ParlorError {
  if (code < 4000) return unavailable();
  return ParlorError.fromWire({ code: reason || 'closed', title: 'The chat server closed the connection.' }, code - 4000);
}
