import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SecondStep, Session } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { SignOnButton } from '../security/sign-on-button.tsx';
import { usePasskey } from '../security/use-passkey.ts';
import { texts } from '../strings/index.ts';
import { Gate } from './gate.tsx';

export function SignIn({ to }: { to?: string }): JSX.Element {
  const desk = useConsole();
  const { signIn, common } = texts.value;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { run, isBusy, problem } = useAction(async () => desk.enter(await desk.api.call<Session | SecondStep>('POST', 'session', { email, password }), to));
  const passkey = usePasskey('session/passkey', (session) => desk.enter(session, to));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run();
  };
  return (
    <Gate title={signIn.title} lead={desk.departure.value === 'unwanted' ? signIn.again : signIn.lead}>
      <form class="stack" onSubmit={submit}>
        <Field label={common.email} type="email" autocomplete="username" value={email} onValue={setEmail} required autofocus />
        <Field label={common.password} type="password" autocomplete="current-password" value={password} onValue={setPassword} required />
        <Trouble problem={problem ?? passkey.problem ?? desk.refusal.value} />
        <button class="button main wide" aria-disabled={isBusy}>{signIn.submit}</button>
        {passkey.isThere && (
          <button type="button" class="button wide" aria-disabled={passkey.isBusy} onClick={() => void passkey.run()}>
            <Icon name="passkey" />
            {signIn.passkey}
          </button>
        )}
        <SignOnButton path="session/sign-on" to={to} />
      </form>
      <p class="aside">{signIn.invited}</p>
      <p class="aside">{signIn.forgotten}</p>
    </Gate>
  );
}
