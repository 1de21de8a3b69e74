import { batch, signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { Api } from './api/client.ts';
import type { AppRole, Session } from './api/people.ts';
import { asProblem } from './api/problem.ts';
import { drafts } from './inbox/drafts.ts';
import { Router, addressOf } from './router.ts';

/** Somebody who signed out here, or whose session ended. */
export type Departure = 'wanted' | 'unwanted';

/** What all pages of the console share: the calls, where one is, who one is. */
export class Console {
  readonly router = new Router();
  readonly api: Api;
  /** Undefined: nobody is signed in, or nobody knows yet. */
  readonly session: Signal<Session | undefined> = signal();
  readonly departure: Signal<Departure | undefined> = signal();
  /** Whoever waits for the password to be given once more. */
  readonly proving: Signal<((proved: boolean) => void) | undefined> = signal();

  constructor() {
    this.api = new Api({ fetch: (...call) => fetch(...call), signedOut: () => this.#leave('unwanted'), prove: () => this.#prove() });
  }

  /** Who is signed in, asked once at the start; fails with a problem where the server cannot be asked. */
  async resume(): Promise<void> {
    await this.api.get<Session>('session').then(
      (session) => (this.session.value = session),
      (reason: unknown) => {
        if (asProblem(reason).status !== 401) throw reason;
      },
    );
  }

  /** Somebody came in: by the sign-in page, or by a link. */
  enter(session: Session, to = addressOf({ page: 'start' })): void {
    batch(() => {
      this.session.value = session;
      this.departure.value = undefined;
      this.router.go(to, 'replace');
    });
  }

  async signOut(): Promise<void> {
    await this.api.call('DELETE', 'session');
    this.#leave('wanted');
  }

  app(id: string): AppRole | undefined {
    return this.session.value?.apps.find((app) => app.id === id);
  }

  /** To the sign-in page, from which one comes back; who left on purpose begins anew. */
  #leave(departure: Departure): void {
    if (!this.session.value) return;
    if (departure === 'wanted') drafts.clear();
    const to = departure === 'unwanted' ? location.pathname + location.search : undefined;
    batch(() => {
      this.session.value = undefined;
      this.departure.value = departure;
      this.proving.value?.(false);
      this.router.go({ page: 'sign-in', to }, 'replace');
    });
  }

  /** Two calls that need a proof at once ask for one. */
  #prove(): Promise<boolean> {
    const { proving } = this;
    const before = proving.value;
    return new Promise((resolve) => {
      proving.value = (proved) => {
        proving.value = undefined;
        before?.(proved);
        resolve(proved);
      };
    });
  }
}

const context = createContext<Console | undefined>(undefined);

export const ConsoleProvider = context.Provider;

export function useConsole(): Console {
  const found = useContext(context);
  if (!found) throw new Error('drawn outside of the console');
  return found;
}
