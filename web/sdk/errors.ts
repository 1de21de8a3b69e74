/** What the server says of a refusal, in HTTP answers and in frames alike (api/realtime.md). */
export interface WireError {
  code: string;
  title?: string;
  reason?: string;
  claim?: string;
  field?: string;
  cure?: string;
  retryAfterMs?: number;
}

/** The plain form of a {@link ParlorError}, fit to be posted between windows. */
export interface PlainError {
  message: string;
  code: string;
  reason?: string;
  claim?: string;
  status: number;
  retryable: boolean;
  retryAfterMs?: number;
}

/**
 * Every promise of the sdk that fails, fails with one of these.
 * `status` is that of HTTP, 0 where no server answered; `retryable` tells that the same call may succeed later.
 */
export class ParlorError extends Error {
  declare readonly code: string;
  declare readonly reason?: string;
  declare readonly claim?: string;
  declare readonly status: number;
  declare readonly retryable: boolean;
  declare readonly retryAfterMs?: number;

  constructor({ message, ...members }: PlainError) {
    super(message);
    Object.assign(this, members);
  }

  /** From what the server said, with the status of HTTP that it said it with. */
  static fromWire({ title, cure, ...said }: WireError, status: number): ParlorError {
    const message = [title ?? said.code, cure].filter(Boolean).join(' ');
    return new ParlorError({ ...said, message, status, retryable: status === 429 || status >= 500 });
  }

  /** From anything that was thrown. */
  static from(error: unknown): ParlorError {
    if (error instanceof ParlorError) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new ParlorError({ message, code: 'internal', status: 0, retryable: false });
  }

  toPlain(): PlainError {
    return { ...this, message: this.message };
  }
}

/** The server cannot be reached, or went away before it answered. */
export function unavailable(message = 'The chat server cannot be reached at the moment.'): ParlorError {
  return new ParlorError({ message, code: 'unavailable', status: 0, retryable: true });
}

/** The caller asked for something that cannot be. */
export function badRequest(message: string): ParlorError {
  return new ParlorError({ message, code: 'bad_request', status: 400, retryable: false });
}

/** The person signed out, or another one signed in, before the thing was done. */
export function signedOut(): ParlorError {
  return new ParlorError({
    message: 'The person signed out before this was sent.',
    code: 'signed_out',
    status: 0,
    retryable: false,
  });
}
