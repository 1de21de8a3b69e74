import { Emitter, ParlorError } from '../sdk/index.ts';
import type { Admitted, Refusal } from './endpoints.ts';

export interface MailOptions {
  sendCode(email: string): Promise<void>;
  admit(email: string, code: string): Promise<Admitted>;
  /** The address is proven. */
  admitted(admitted: Admitted): Promise<void>;
  /** The person is known now, but not let in: there is nothing to correct in the form. */
  refused(error: Refusal): void;
}

/** What is wrong, in the person's view. */
export type Fault = 'code' | 'rate' | 'unavailable' | 'mail' | 'off' | 'digits' | 'unknown';

const digits = 6;
const againAfterMs = 30_000;
const second = 1_000;
const final = ['seat_limit_reached', 'user_blocked', 'door_closed', 'user_not_found'];

/** The sign-in by a code that is sent to an address: two steps, of which the second can be begun anew. */
export class MailSignIn extends Emitter<{ change: [] }> {
  step: 'address' | 'code' = 'address';
  email = '';
  code = '';
  busy = false;
  fault: Fault | undefined;
  /** Of the fault: tries that are left, or minutes to wait. */
  count: number | undefined;
  /** Seconds until the code can be sent again. */
  wait = 0;

  readonly #options: MailOptions;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: MailOptions) {
    super();
    this.#options = options;
  }

  write(fields: { email?: string; code?: string }): void {
    if (fields.email !== undefined) this.email = fields.email;
    if (fields.code !== undefined) this.code = codeIn(fields.code);
    this.emit('change');
  }

  /** Has a code sent. The answer is the same whether anybody has the address or not. */
  send(): Promise<void> {
    return this.#run(async () => {
      await this.#options.sendCode(this.email.trim());
      Object.assign(this, { step: 'code', code: '' });
      this.#countDown();
    });
  }

  signIn(): Promise<void> {
    if (this.code.length !== digits) {
      this.fault = 'digits';
      this.emit('change');
      return Promise.resolve();
    }
    return this.#run(async () => {
      await this.#options.admitted(await this.#options.admit(this.email.trim(), this.code));
      this.restart();
      this.email = '';
    });
  }

  /** Back to the address, which stays to be corrected. */
  restart(): void {
    clearInterval(this.#timer);
    Object.assign(this, { step: 'address', code: '', fault: undefined, wait: 0 });
    this.emit('change');
  }

  async #run(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    Object.assign(this, { busy: true, fault: undefined });
    this.emit('change');
    try {
      await act();
    } catch (error) {
      this.#failed(error as Refusal);
    }
    this.busy = false;
    this.emit('change');
  }

  #failed(error: Refusal): void {
    if (final.includes(error.code)) {
      this.restart();
      return this.#options.refused(error);
    }
    this.fault = faultOf(error);
    if (this.fault === 'code') {
      this.code = '';
      this.count = error.more.triesLeft;
    } else this.count = error.retryAfterMs && Math.ceil(error.retryAfterMs / 60_000);
  }

  #countDown(): void {
    clearInterval(this.#timer);
    const until = Date.now() + againAfterMs;
    this.wait = againAfterMs / second;
    this.#timer = setInterval(() => {
      this.wait = Math.max(0, Math.ceil((until - Date.now()) / second));
      if (this.wait === 0) clearInterval(this.#timer);
      this.emit('change');
    }, second);
  }
}

/** The digits of what was typed or pasted, at most six: in whatever script, with spaces, or among words. */
export function codeIn(text: string): string {
  const plain = text.normalize('NFKC').replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));
  return plain.replace(/\D/g, '').slice(0, digits);
}

function faultOf(error: unknown): Fault {
  const { code, status } = ParlorError.from(error);
  if (code === 'invalid_code') return 'code';
  if (code === 'email_login_off') return 'off';
  if (status === 429) return 'rate';
  if (code === 'unavailable' && status === 0) return 'unavailable';
  return status === 503 ? 'mail' : 'unknown';
}
