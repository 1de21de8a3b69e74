import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { SecondStep, Session } from '../api/people.ts';
import { asProblem } from '../api/problem.ts';
import { useConsole } from '../console.ts';
import { say, sayTrouble } from '../parts/toasts.tsx';
import { wordsOf } from '../parts/trouble.tsx';
import { addressOf } from '../router.ts';
import { answer, destination } from '../security/sign-on.ts';
import { texts } from '../strings/index.ts';
import { Gate } from './gate.tsx';

/** Whoever comes back from the provider of single sign-on: to sign in, or to confirm that it is them. */
export function Returned(): JSX.Element {
  const desk = useConsole();
  useEffect(() => {
    const brought = answer();
    const wasIn = !!desk.session.value;
    const to = destination();
    const finish = async () => {
      if (!brought) return desk.router.go(addressOf({ page: 'start' }), 'replace');
      const session = await desk.api.call<Session | SecondStep>('PUT', 'session/sign-on', brought);
      desk.enter(session, to);
      if (wasIn) say(texts.value.signIn.confirmed);
    };
    finish().catch((reason: unknown) => {
      const problem = asProblem(reason);
      if (wasIn) sayTrouble(wordsOf(problem, texts.value));
      else desk.refusal.value = problem;
      desk.router.go(wasIn && to ? to : addressOf({ page: wasIn ? 'start' : 'sign-in' }), 'replace');
    });
  }, []);
  return <Gate title={texts.value.product} lead={<span class="late">{texts.value.signIn.returning}</span>} />;
}
