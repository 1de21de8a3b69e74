import { badRequest, unavailable } from '../../sdk/index.ts';
import type { Client, Door } from '../../sdk/index.ts';
import type { Messenger } from '../../ui/model.ts';
import type { MethodName } from '../api.ts';
import { optionalText, text } from './arguments.ts';

/** Answers one method, given its first two arguments. */
export type Call = (first: unknown, second: unknown) => unknown;

export type Calls = Partial<Record<MethodName, Call>>;

/**
 * Answers the calls of the public interface. Signing in and out are here; the others (further.ts) come with the
 * first call of one of them. Calls begin in the order in which they came.
 */
export class Answers {
  readonly #client: Client;
  readonly #model: Messenger;
  readonly #calls: Calls;
  #further: Promise<unknown> | undefined;

  constructor(client: Client, model: Messenger, door: Door) {
    this.#client = client;
    this.#model = model;
    this.#calls = {
      login: async (externalId, jwt) => {
        await client.signIn({ door, token: text(jwt, 'The jwt'), externalId: optionalText(externalId, 'The externalId') });
      },
      logout: () => client.signOut(),
    };
  }

  async answer(method: string, args: unknown[]): Promise<unknown> {
    const isHere = Object.hasOwn(this.#calls, method);
    await (isHere ? this.#further?.catch(() => undefined) : (this.#further ??= this.#fetchFurther()));
    const call = this.#calls[method as MethodName];
    if (!call) throw badRequest(`There is no method "${method}".`);
    return call(args[0], args[1]);
  }

  async #fetchFurther(): Promise<void> {
    try {
      const { furtherCalls } = await import('./further.ts');
      Object.assign(this.#calls, furtherCalls(this.#client, this.#model));
    } catch {
      this.#further = undefined;
      throw unavailable();
    }
  }
}
