import type { Clock } from './clock.ts';
import type { WireError } from './errors.ts';
import type { SocketLike } from './line.ts';

export interface PollingOptions {
  /** Of the app's lines. */
  url: string;
  fetch: typeof fetch;
  clock: Pick<Clock, 'setTimeout'>;
  /** Whether an answer may be held back until there is something to say: browsers have few connections to one server. */
  holds(): boolean;
}

/** What the server answers about a line (api/realtime.md section 8), with the status of HTTP. */
interface Answer {
  status: number;
  line?: string;
  first: number;
  frames: object[];
  closed?: { code: number; reason: string };
  errors?: WireError[];
}

const longestPollSeconds = 25;
const shortestPollSeconds = 5;
const restMs = 10_000;
const retryMs = 500;
const retries = 2;
const framesAtOnce = 10;
const lost = 1006;

/**
 * A socket by long polling, for who is behind a proxy that lets no WebSocket through. Frames have numbers both ways, so that
 * a request whose answer was lost is sent again and nothing is lost or doubled; where that does not help either, the socket
 * ends as one does whose connection is lost.
 */
export class Polling implements SocketLike {
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;

  readonly #options: PollingOptions;
  readonly #ended = new AbortController();
  #isOpen = false;
  #line: string | undefined;
  #heard = 0;
  #said = 0;
  readonly #unsaid: string[] = [];
  #isSaying = false;
  #pollSeconds = longestPollSeconds;
  #wake = () => {};

  constructor(options: PollingOptions) {
    this.#options = options;
    // As every socket does, later than whoever made it sets the handlers.
    void Promise.resolve().then(() => this.onopen?.(undefined as never));
  }

  send(text: string): void {
    if (!this.#isOpen) {
      this.#isOpen = true;
      return void this.#open(text);
    }
    this.#unsaid.push(text);
    void this.#say();
    this.#wake();
  }

  /** Lets go of the line at once, also where the page is being left. */
  close(): void {
    if (this.#hasEnded) return;
    this.#ended.abort();
    this.#wake();
    if (this.#line) void this.#ask('/current', { method: 'DELETE', keepalive: true });
  }

  /** Ends as a socket does whose connection is lost, so that another one is opened. */
  leave(): void {
    this.#end(lost, '');
  }

  get #hasEnded(): boolean {
    return this.#ended.signal.aborted;
  }

  async #open(hello: string): Promise<void> {
    const answer = await this.#post('', hello, this.#ended.signal);
    if (this.#hasEnded) return;
    if (!answer?.line) return this.#refused(answer);
    this.#line = answer.line;
    this.#take(answer);
    void this.#say();
    await this.#poll();
  }

  #refused(answer: Answer | undefined): void {
    const [error] = answer?.errors ?? [];
    if (error) this.#tell([{ type: 'error', status: answer?.status, error }]);
    const { code, reason } = answer?.closed ?? { code: lost, reason: '' };
    this.#end(code, reason);
  }

  async #poll(): Promise<void> {
    for (let failures = 0; !this.#hasEnded; ) {
      const answer = await this.#post('/current/poll', JSON.stringify({ after: this.#heard, waitSeconds: this.#holdSeconds }), this.#ended.signal);
      if (this.#hasEnded) return;
      if (answer?.status === 200) {
        failures = 0;
        this.#take(answer);
        if (!this.#options.holds()) await this.#pause(restMs);
      } else if (answer?.status === 404 || ++failures > retries) {
        return this.leave();
      } else {
        // There are proxies that do not wait as long as we would.
        this.#pollSeconds = Math.max(shortestPollSeconds, this.#pollSeconds >> 1);
        await this.#pause(failures * retryMs);
      }
    }
  }

  get #holdSeconds(): number {
    return this.#options.holds() ? this.#pollSeconds : 1;
  }

  #take({ first, frames, closed }: Answer): void {
    const fresh = frames.slice(Math.max(0, this.#heard + 1 - first));
    this.#heard += fresh.length;
    this.#tell(fresh);
    if (closed) this.#end(closed.code, closed.reason);
  }

  /** Also that there is nothing new: it is a sign of life. */
  #tell(frames: object[]): void {
    if (!this.#hasEnded) this.onmessage?.({ data: JSON.stringify(frames) } as never);
  }

  /** Says what waits, one request at a time, and again where its answer was lost. */
  async #say(): Promise<void> {
    if (this.#isSaying || !this.#line) return;
    this.#isSaying = true;
    for (let failures = 0; this.#unsaid.length > 0 && !this.#hasEnded; ) {
      const frames = this.#unsaid.slice(0, framesAtOnce);
      const answer = await this.#post('/current/frames', JSON.stringify({ first: this.#said + 1, frames }));
      if (answer?.status === 204) {
        failures = 0;
        this.#said += frames.length;
        this.#unsaid.splice(0, frames.length);
      } else if (answer?.status === 404) {
        return; // the poll hears why
      } else if (++failures > retries) {
        return this.leave();
      } else {
        await new Promise<void>((resolve) => this.#options.clock.setTimeout(resolve, failures * retryMs));
      }
    }
    this.#isSaying = false;
  }

  /** Waits, or until something is said. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#options.clock.setTimeout(resolve, ms);
    });
  }

  #end(code: number, reason: string): void {
    if (this.#hasEnded) return;
    this.close();
    this.onclose?.({ code, reason } as never);
  }

  #post(path: string, body: string, signal?: AbortSignal): Promise<Answer | undefined> {
    return this.#ask(path, { method: 'POST', body, signal });
  }

  /** Nothing where no answer came that can be read. */
  async #ask(path: string, init: RequestInit): Promise<Answer | undefined> {
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    if (this.#line) headers['Authorization'] = `Bearer ${this.#line}`;
    try {
      const response = await this.#options.fetch(this.#options.url + path, { ...init, headers });
      const answer = response.status === 204 ? {} : ((await response.json()) as Partial<Answer>);
      return { first: 1, frames: [], ...answer, status: response.status };
    } catch {
      return undefined;
    }
  }
}
