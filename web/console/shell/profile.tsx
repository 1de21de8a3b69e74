import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Session } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Switch } from '../parts/switch.tsx';
import { say } from '../parts/toasts.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';

/** How one is called, and what one is told by mail. */
export function Profile({ session: { agent, wantsMail }, close }: { session: Session; close(): void }): JSX.Element {
  const desk = useConsole();
  const { account, welcome, common } = texts.value;
  const [written, setWritten] = useState(agent.name);
  const [isMailed, setMailed] = useState(wantsMail);
  const { run, isBusy, problem } = useAction(async () => {
    desk.session.value = await desk.api.call<Session>('PATCH', 'agent', { name: written.trim(), wantsMail: isMailed });
    say(common.saved);
    close();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (written.trim()) void run();
  };
  return (
    <Dialog title={account.profile} close={close}>
      <form class="stack" onSubmit={submit}>
        <Field label={account.yourName} hint={welcome.nameHint} autocomplete="name" value={written} onValue={setWritten} required maxLength={100} autofocus />
        <Switch label={account.mail} hint={account.mailHint} isOn={isMailed} toggle={setMailed} />
        <Trouble problem={problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{common.cancel}</button>
          <button class="button main" aria-disabled={isBusy}>{common.save}</button>
        </footer>
      </form>
    </Dialog>
  );
}
