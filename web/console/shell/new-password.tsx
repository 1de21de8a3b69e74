import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useConsole } from '../console.ts';
import { missingOf } from '../pages/acceptance.tsx';
import { useAction } from '../parts/action.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { say } from '../parts/toasts.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';

/** Another password, for who knows the one of now. */
export function NewPassword({ email, close }: { email: string; close(): void }): JSX.Element {
  const desk = useConsole();
  const { account, welcome, common, problems } = texts.value;
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [wasTried, setTried] = useState(false);
  const missing = missingOf(next);
  const { run, isBusy, problem } = useAction(async () => {
    await desk.api.call('POST', 'agent/password', { current, next });
    say(account.passwordChanged);
    close();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing <= 0) void run();
  };
  return (
    <Dialog title={account.password} close={close}>
      <form class="stack" onSubmit={submit}>
        <input class="hidden" type="email" autocomplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />
        <Field label={account.currentPassword} type="password" autocomplete="current-password" value={current} onValue={setCurrent} required autofocus />
        <Field
          label={account.nextPassword}
          type="password"
          autocomplete="new-password"
          hint={welcome.passwordHint}
          fault={wasTried && missing > 0 ? welcome.passwordShort(missing) : undefined}
          value={next}
          onValue={setNext}
          required
        />
        <Trouble problem={problem} words={problem?.code === 'wrong_password' ? problems.wrongProof : undefined} />
        <footer>
          <button type="button" class="button" onClick={close}>{common.cancel}</button>
          <button class="button main" aria-disabled={isBusy}>{common.save}</button>
        </footer>
      </form>
    </Dialog>
  );
}
