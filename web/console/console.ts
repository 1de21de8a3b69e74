import { batch, signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { Api } from './api/client.ts';
import type { AppRole, Factors, SecondStep, Session } from './api/people.ts';
import { asProblem } from './api/problem.ts';
import type { Problem } from './api/problem.ts';
import { drafts } from './inbox/drafts.ts';
import { Router, addressOf } from './router.ts';

/** Somebody who signed out here, or whose session ended. */
export type Departure = 'wanted' | 'unwanted';

/** Somebody whose password was right, and who has to show a second factor before they are in. */
export interface HalfIn {
  factors: Factors;
  /** Where they go then. */
  to?: string;
}

/** What all pages of the console share: the calls, where one is, who one is. */
export class Console {
  readonly router = new Router();
  readonly api: Api;
  /** Undefined: nobody is signed in, or nobody knows yet. */
  readonly session: Signal<Session | undefined> = signal();
  readonly departure: Signal<Departure | undefined> = signal();
  /** Why a sign-in that led elsewhere came to nothing. */
  readonly refusal: Signal<Problem | undefined> = signal();
  readonly half: Signal<HalfIn | undefined> = signal();
  /** Whoever waits for the password to be given once more. */
  readonly proving: Signal<((proved: boolean) => void) | undefined> = signal();

  constructor() {
    this.api = new Api({ fetch: (...call) => fetch(...call), signedOut: () => this.#leave('unwanted'), factorNeeded: () => void this.resume().catch(() => undefined), prove: () => this.#prove() });
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

  /** Somebody came in: by the sign-in page, or by a link; or half of the way. */
  enter(answer: Session | SecondStep, to = addressOf({ page: 'start' })): void {
    if ('step' in answer) {
      this.half.value = { factors: answer.step.factors, to };
      return;
    }
    batch(() => {
      this.session.value = answer;
      this.half.value = undefined;
      this.refusal.value = undefined;
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
