import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { isProtected } from '../api/people.ts';
import type { Session } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { SignOnButton } from '../security/sign-on-button.tsx';
import { usePasskey } from '../security/use-passkey.ts';
import { texts } from '../strings/index.ts';

/** Asks for the password once more, for a call that waits for it. */
export function Proof({ session, done }: { session: Session; done(proved: boolean): void }): JSX.Element {
  const desk = useConsole();
  const { proof, common, problems, step } = texts.value;
  const asksForCode = isProtected(session.factors);
  const hasPassword = session.proofs.password;
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { run, isBusy, problem } = useAction(async () => {
    desk.session.value = await desk.api.call<Session>('POST', 'session/proof', { password, ...(asksForCode && { code }) });
    done(true);
  });
  const passkey = usePasskey('session/proof/passkey', (proved) => {
    desk.session.value = proved;
    done(true);
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run();
  };
  return (
    <Dialog title={proof.title} close={() => done(false)}>
      <form class="stack" onSubmit={submit}>
        <p class="quiet">{hasPassword ? proof.lead : proof.leadWithout}</p>
        {hasPassword && (
          <>
            <input class="hidden" type="email" autocomplete="username" value={session.agent.email} readOnly tabIndex={-1} aria-hidden="true" />
            <Field label={common.password} type="password" autocomplete="current-password" value={password} onValue={setPassword} required autofocus />
            {asksForCode && <Field label={step.code} hint={step.eitherHint} autocomplete="one-time-code" value={code} onValue={setCode} required />}
          </>
        )}
        {session.factors.passkeys > 0 && passkey.isThere && (
          <button type="button" class="button wide" aria-disabled={passkey.isBusy} onClick={() => void passkey.run()}>
            <Icon name="passkey" />
            {step.usePasskey}
          </button>
        )}
        {session.proofs.signOn && <SignOnButton path="session/proof/sign-on" to={location.pathname + location.search} />}
        <Trouble problem={problem ?? passkey.problem} words={problem?.code === 'wrong_password' ? problems.wrongProof : undefined} />
        <footer>
          <button type="button" class="button" onClick={() => done(false)}>{common.cancel}</button>
          {hasPassword && <button class="button main" aria-disabled={isBusy}>{proof.submit}</button>}
        </footer>
      </form>
    </Dialog>
  );
}
