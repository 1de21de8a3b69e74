import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Session } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';

/** Asks for the password once more, for a call that waits for it. */
export function Proof({ session, done }: { session: Session; done(proved: boolean): void }): JSX.Element {
  const desk = useConsole();
  const { proof, common, problems } = texts.value;
  const [password, setPassword] = useState('');
  const { run, isBusy, problem } = useAction(async () => {
    desk.session.value = await desk.api.call<Session>('POST', 'session/proof', { password });
    done(true);
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run();
  };
  return (
    <Dialog title={proof.title} close={() => done(false)}>
      <form class="stack" onSubmit={submit}>
        <p class="quiet">{proof.lead}</p>
        <input class="hidden" type="email" autocomplete="username" value={session.agent.email} readOnly tabIndex={-1} aria-hidden="true" />
        <Field label={common.password} type="password" autocomplete="current-password" value={password} onValue={setPassword} required autofocus />
        <Trouble problem={problem} words={problem?.code === 'wrong_password' ? problems.wrongProof : undefined} />
        <footer>
          <button type="button" class="button" onClick={() => done(false)}>{common.cancel}</button>
          <button class="button main" aria-disabled={isBusy}>{proof.submit}</button>
        </footer>
      </form>
    </Dialog>
  );
}
