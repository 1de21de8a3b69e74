/** Why a call was not done: what the server says, or that it was not reached (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    /** In how many seconds it may be tried again. */
    readonly retryAfter?: number,
    /** The member of what was sent that is at fault. */
    readonly field?: string,
  ) {
    super(title);
    this.name = 'Problem';
  }
}

/** The problem that an answer tells. One that came from something between here and the server may tell nothing that we know. */
export async function problemOf(answer: Response): Promise<Problem> {
  const body = (await answer.json().catch(() => undefined)) as { errors?: { code?: string; title?: string; field?: string }[] } | undefined;
  const { code = 'unknown', title = answer.statusText, field } = body?.errors?.[0] ?? {};
  const seconds = Number(answer.headers.get('Retry-After'));
  return new Problem(answer.status, code, title, seconds > 0 ? seconds : undefined, field);
}

export function asProblem(reason: unknown): Problem {
  return reason instanceof Problem ? reason : new Problem(0, 'unreachable', String(reason));
}
