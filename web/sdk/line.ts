import type { Clock, Timer } from './clock.ts';
import { ParlorError, unavailable } from './errors.ts';
import { closeCodes, parseFrames } from './protocol.ts';
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
const silenceBeforePingMs = 25_000;
const answerToPingMs = 15_000;
const answerToProbeMs = 5_000;

/**
 * One socket from its `hello` to its end. Requests find their answers by `ref`; a line on which nothing is heard,
 * not even an answer to its own ping, for 40 seconds is given up (api/realtime.md section 6).
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
    this.#timer = clock.setTimeout(() => this.#end(1006), welcomeWithinMs);
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', v: 1, ...hello }));
    socket.onmessage = ({ data }: { data: unknown }) => this.#hear(data);
    socket.onclose = ({ code, reason }: { code: number; reason: string }) => this.#end(code, reason);
  }

  /** Asks the server. Fails with what the server said, or as unavailable when the line ends first. */
  request<K extends keyof Requests>(type: K, ask: Requests[K]['ask']): Promise<Requests[K]['answer']> {
    if (this.#ended || !this.#welcomed) return Promise.reject(unavailable());
    const ref = ++this.#lastRef;
    return new Promise((resolve, reject) => {
      this.#asks.set(ref, { resolve, reject });
      this.#socket.send(JSON.stringify({ type, ref, ...ask }));
    });
  }

  /** Finds out soon whether the other side still hears: after sleep, or when the network changed. */
  probe(): void {
    if (this.#welcomed) this.#ping(answerToProbeMs);
  }

  /** Ends the line without telling the listener. Open requests fail as unavailable. */
  close(): void {
    this.#finish();
    this.#socket.close();
  }

  #hear(data: unknown): void {
    if (this.#ended) return;
    if (this.#welcomed) this.#rest();
    for (const frame of parseFrames(data) ?? []) {
      this.#take(frame);
    }
  }

  #take(frame: ServerFrame): void {
    if (this.#ended) return;
    switch (frame.type) {
      case 'welcome':
        this.#welcomed = true;
        this.#rest();
        return this.#listener.welcome(frame);
      case 'ok': {
        const { type: _, ref, ...answer } = frame;
        this.#asks.get(ref)?.resolve(answer as never);
        this.#asks.delete(ref);
        return;
      }
      case 'error':
        return this.#takeError(frame.ref, ParlorError.fromWire(frame.error, frame.status));
      default:
        return this.#listener.event(frame);
    }
  }

  #takeError(ref: number | undefined, error: ParlorError): void {
    if (ref === undefined) {
      this.#lastError = error;
      return;
    }
    this.#asks.get(ref)?.reject(error);
    this.#asks.delete(ref);
  }

  /** Starts the silence anew. */
  #rest(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(() => this.#ping(answerToPingMs), silenceBeforePingMs);
  }

  #ping(withinMs: number): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(() => this.#end(1006), withinMs);
    this.request('ping', {}).catch(() => undefined);
  }

  #end(code: number, reason = ''): void {
    if (this.#ended) return;
    const error = this.#lastError ?? closeError(code);
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

/** What a close code says by itself, where no `error` frame came before it. */
function closeError(code: number): ParlorError {
  const said = closings[code];
  return said ? ParlorError.fromWire({ code: said[1], title: said[2] }, said[0]) : unavailable();
}

const closings: Record<number, [status: number, code: string, title: string]> = {
  [closeCodes.unreadable]: [400, 'bad_request', 'The server could not read what the chat sent.'],
  [closeCodes.signedOut]: [401, 'unauthorized', 'The session has ended.'],
  [closeCodes.forbidden]: [403, 'forbidden', 'Chatting is not allowed here.'],
  [closeCodes.noApp]: [404, 'app_not_found', 'There is no such app.'],
  [closeCodes.otherVersion]: [426, 'protocol_version', 'The server speaks a newer version.'],
  [closeCodes.tooMany]: [429, 'rate_limited', 'Too much at once.'],
};
