import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Session } from '../api/people.ts';
import { useConsole } from '../console.ts';
import type { HalfIn } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { usePasskey } from '../security/use-passkey.ts';
import { texts } from '../strings/index.ts';
import { Gate } from './gate.tsx';

/** Asks whoever has given the right password for a second factor. */
export function SecondStepPage({ half: { factors, to } }: { half: HalfIn }): JSX.Element {
  const desk = useConsole();
  const { step } = texts.value;
  const [isRecovery, setRecovery] = useState(!factors.totp);
  const [code, setCode] = useState('');
  const { run, isBusy, problem } = useAction(async () => desk.enter(await desk.api.call<Session>('POST', 'session/second-step', { code }), to));
  const passkey = usePasskey('session/second-step/passkey', (session) => desk.enter(session, to));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (code.trim()) void run();
  };
  const turn = () => {
    setRecovery(!isRecovery);
    setCode('');
  };
  const fields = isRecovery
    ? <Field key="recovery" label={step.recoveryCode} autocomplete="off" value={code} onValue={setCode} required autofocus />
    : <Field key="app" label={step.code} hint={step.codeHint} inputMode="numeric" autocomplete="one-time-code" value={code} onValue={setCode} required autofocus />;
  return (
    <Gate title={step.title} lead={isRecovery ? step.recoveryLead : step.lead}>
      <form class="stack" onSubmit={submit}>
        {fields}
        <Trouble problem={problem ?? passkey.problem} />
        <button class="button main wide" aria-disabled={isBusy}>{step.submit}</button>
        {factors.passkeys > 0 && passkey.isThere && (
          <button type="button" class="button wide" aria-disabled={passkey.isBusy} onClick={() => void passkey.run()}>
            <Icon name="passkey" />
            {step.usePasskey}
          </button>
        )}
        {factors.totp && <button type="button" class="button wide" onClick={turn}>{isRecovery ? step.useApp : step.useRecovery}</button>}
      </form>
      <p class="aside">{step.lost}</p>
      <p class="aside">
        <button type="button" class="plain" onClick={() => (desk.half.value = undefined)}>{step.back}</button>
      </p>
    </Gate>
  );
}
