import { asProblem, problemOf } from './problem.ts';

export interface ApiOptions {
  fetch: typeof fetch;
  /** Nobody is signed in any more. */
  signedOut(): void;
  /** Nothing can be done in an app before a second factor is set up. */
  factorNeeded?(): void;
  /** Asks for the password once more; false where the person would rather not. */
  prove(): Promise<boolean>;
}

/** A line that has not brought an answer by then is as good as lost. */
export const answerWithinMs = 30_000;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The calls of `/console/v1`. Who is asked for the password meanwhile does not notice that the call was made twice. */
export class Api {
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  get<Answer>(path: string, withinMs = answerWithinMs): Promise<Answer> {
    return this.call('GET', path, undefined, withinMs);
  }

  /** Fails with a problem where it was not done, or where it is not known in time whether it was. */
  async call<Answer>(method: Method, path: string, body?: object, withinMs = answerWithinMs): Promise<Answer> {
    try {
      return await this.#once<Answer>(method, path, body, withinMs);
    } catch (reason) {
      const problem = asProblem(reason);
      if (problem.code === 'unauthorized') this.#options.signedOut();
      if (problem.code === 'second_factor_needed') this.#options.factorNeeded?.();
      if (problem.code !== 'proof_needed' || !(await this.#options.prove())) throw problem;
      return this.#once(method, path, body, withinMs);
    }
  }

  async #once<Answer>(method: Method, path: string, body: object | undefined, withinMs: number): Promise<Answer> {
    const answer = await this.#options.fetch(`/console/v1/${path}`, {
      method,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(withinMs),
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw await problemOf(answer);
    return (answer.status === 204 ? undefined : await answer.json()) as Answer;
  }
}
