import { Storage, removeSession, saveSession, storedSession, unavailable } from '../sdk/index.ts';
import type { Carrier, ClientInfo, KeyValues, Session } from '../sdk/index.ts';
import type { Admitted, Endpoints } from './endpoints.ts';

/**
 * The session as the page has it: the cookie is the browser's, the page remembers its name, its end and whose it is. A
 * sign-out that the server has not heard of is remembered too, and told before anything else when the page is next opened.
 */
export class CookieCarrier implements Carrier {
  readonly prefix: string;
  readonly #storage: Storage;
  /** Beside what a sign-out clears. */
  readonly #leaving: Storage;
  readonly #endpoints: Endpoints;

  constructor(appId: string, values: KeyValues, endpoints: Endpoints) {
    this.prefix = `parlor.page.${appId}.`;
    this.#storage = new Storage(values, this.prefix);
    this.#leaving = new Storage(values, `parlor.leaving.${appId}.`);
    this.#endpoints = endpoints;
  }

  /** Brings what is remembered in step with the cookie. True: somebody known was signed in here, and no longer is. */
  async sync(): Promise<boolean> {
    if (this.#leaving.get(untold) && (await this.end()).status >= 500) throw unavailable();
    const before = storedSession(this.#storage);
    const now = await this.#endpoints.session();
    if (now) {
      if (before && before.userId !== now.user.id) this.#storage.clear();
      saveSession(this.#storage, sessionOf(now));
    } else removeSession(this.#storage);
    return !now && before?.door !== undefined;
  }

  /** Somebody signed in: the other tabs hear of it by the storage. */
  take(admitted: Admitted): void {
    this.#leaving.remove(untold);
    saveSession(this.#storage, sessionOf(admitted));
  }

  readonly admit = async (client: ClientInfo): Promise<void> => this.take(await this.#endpoints.admit({ client }));

  readonly end = async (): Promise<Response> => {
    this.#leaving.set(untold, true);
    const answer = await this.#endpoints.end();
    if (answer.status < 500) this.#leaving.remove(untold);
    return answer;
  };
}

const untold = 'untold';

/** Whoever is no longer anonymous came by a code, of a link or of an e-mail. */
function sessionOf({ session: { token, expiresAt, assurance }, user, client, merged }: Admitted): Session {
  const door = assurance === 'anonymous' ? undefined : 'code';
  return { token, expiresAt, userId: user.id, externalId: user.externalId, clientId: client.id, door, was: merged?.discarded };
}
