import type { Clock, Timer } from './clock.ts';
import { unavailable } from './errors.ts';
import type { ParlorError } from './errors.ts';
import { Line } from './line.ts';
import type { Dial, LineListener } from './line.ts';
import { closeCodes } from './protocol.ts';
import type { Credentials, Requests, ServerEvent, Welcome } from './protocol.ts';

/**
 * - `idle`: nothing is wanted
 * - `connecting`: the first line is being opened
 * - `connected`: requests go through
 * - `reconnecting`: the line was lost and comes back by itself
 */
export type ConnectionState = 'idle' | 'connecting' | 'connected' | 'reconnecting';

/** Something that the page noticed and that tells more than a timer. */
export type Hint = 'online' | 'offline' | 'visible';

export interface ConnectionOptions {
  url: string;
  dial: Dial;
  clock: Clock;
  /** 0 up to 1. */
  random(): number;
  /** What the next `hello` says when the line comes back. */
  resume(): Credentials;
  onState(state: ConnectionState): void;
  onWelcome(welcome: Welcome): void;
  onEvent(event: ServerEvent): void;
  /** The server will not have these credentials, this version or this app: the connection is idle now. */
  onRefused(error: ParlorError, code: number, reason: string): void;
}

const firstDelayMs = 500;
const longestDelayMs = 30_000;
const steadyAfterMs = 10_000;

const final: readonly number[] = Object.values(closeCodes);

/**
 * Keeps one line open and opens it anew whenever it is lost: exponential backoff with full jitter, at once on a hint.
 * A sign-in goes over a line of its own, which takes the place of the present one only when the server welcomes it.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  #line: Line | undefined;
  #dialing: Line | undefined;
  #signingIn: { line: Line; give(up: ParlorError): void } | undefined;
  #timer: Timer | undefined;
  #failures = 0;
  #welcomedAt = 0;
  #current: ConnectionState = 'idle';
  readonly #waiters = new Set<(state: ConnectionState) => void>();

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get state(): ConnectionState {
    return this.#current;
  }

  /** Opens a line with what `resume` says and keeps it open. Does nothing where one is open or on its way. */
  start(): void {
    if (this.#current !== 'idle') return;
    this.#change('connecting');
    this.#attempt();
  }

  /**
   * Signs in over a new line. The former line serves until the welcome; if the sign-in fails, nothing has changed.
   * Fails with the server's refusal, or as unavailable. One at a time.
   */
  signIn(credentials: Credentials): Promise<Welcome> {
    if (this.#current === 'idle') this.#change('connecting');
    return new Promise((resolve, reject) => {
      const line: Line = this.#open(credentials, {
        welcome: (welcome) => {
          this.#signingIn = undefined;
          this.#adopt(line, welcome);
          resolve(welcome);
        },
        failed: (_, error) => {
          this.#signingIn = undefined;
          if (this.#current === 'connecting' && !this.#dialing) this.#change('idle');
          reject(error);
        },
      });
      this.#signingIn = { line, give: reject };
    });
  }

  /** Asks over the open line; fails as unavailable where there is none. */
  request<K extends keyof Requests>(type: K, ask: Requests[K]['ask']): Promise<Requests[K]['answer']> {
    return this.#line ? this.#line.request(type, ask) : Promise.reject(unavailable());
  }

  /** Waits until requests go through, at most ms; fails as unavailable, at once where the connection is given up. */
  connected(ms: number): Promise<void> {
    if (this.#current === 'connected') return Promise.resolve();
    return new Promise((resolve, reject) => {
      const waiter = (state: ConnectionState) => {
        if (state !== 'connected' && state !== 'idle') return;
        this.#waiters.delete(waiter);
        this.#options.clock.clearTimeout(timer);
        if (state === 'connected') resolve();
        else reject(unavailable());
      };
      const timer = this.#options.clock.setTimeout(() => waiter('idle'), ms);
      this.#waiters.add(waiter);
    });
  }

  hint(hint: Hint): void {
    if (this.#line) this.#line.probe();
    else if (this.#current === 'reconnecting' && hint !== 'offline' && !this.#dialing) this.#attempt();
  }

  /** Closes everything; {@link start} and {@link signIn} work again afterwards. */
  stop(): void {
    this.#options.clock.clearTimeout(this.#timer);
    for (const line of [this.#line, this.#dialing, this.#signingIn?.line]) line?.close();
    this.#signingIn?.give(unavailable());
    this.#line = this.#dialing = this.#signingIn = undefined;
    this.#failures = 0;
    this.#change('idle');
  }

  #attempt(): void {
    this.#options.clock.clearTimeout(this.#timer);
    const line: Line = this.#open(this.#options.resume(), {
      welcome: (welcome) => this.#adopt(line, welcome),
      failed: (...why) => {
        this.#dialing = undefined;
        this.#lost(...why);
      },
    });
    this.#dialing = line;
  }

  #open(
    credentials: Credentials,
    first: { welcome(welcome: Welcome): void; failed: LineListener['closed'] },
  ): Line {
    const { url, dial, clock, onEvent } = this.#options;
    const line: Line = new Line(dial(url), credentials, clock, {
      welcome: (welcome) => first.welcome(welcome),
      event: (event) => {
        if (line === this.#line) onEvent(event);
      },
      closed: (...why) => {
        if (line !== this.#line) return first.failed(...why);
        this.#line = undefined;
        this.#lost(...why);
      },
    });
    return line;
  }

  #adopt(line: Line, welcome: Welcome): void {
    const { clock, onWelcome } = this.#options;
    clock.clearTimeout(this.#timer);
    for (const other of [this.#line, this.#dialing]) if (other !== line) other?.close();
    this.#dialing = undefined;
    this.#line = line;
    this.#welcomedAt = clock.now();
    onWelcome(welcome);
    this.#change('connected');
  }

  #lost(...[code, error, reason]: Parameters<LineListener['closed']>): void {
    if (final.includes(code)) {
      this.#change('idle');
      return this.#options.onRefused(error, code, reason);
    }
    const { clock, random } = this.#options;
    if (this.#welcomedAt && clock.now() - this.#welcomedAt > steadyAfterMs) this.#failures = 0;
    this.#welcomedAt = 0;
    const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(this.#failures++, 10));
    this.#change('reconnecting');
    this.#timer = clock.setTimeout(() => this.#attempt(), (error.retryAfterMs ?? 0) + random() * ceiling);
  }

  #change(state: ConnectionState): void {
    if (state === this.#current) return;
    this.#current = state;
    this.#options.onState(state);
    for (const waiter of [...this.#waiters]) waiter(state);
  }
}
