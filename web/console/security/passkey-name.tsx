import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useAction } from '../parts/action.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';
import { securityTexts } from './words.ts';

interface PasskeyNameProps {
  title: string;
  lead?: string;
  name: string;
  submit: string;
  act(name: string): Promise<unknown>;
  close(): void;
}

/** Asks how a passkey is called, and does something with it then. */
export function PasskeyName({ title, lead, name, submit, act, close }: PasskeyNameProps): JSX.Element {
  const { passkeys: words } = securityTexts.value;
  const [written, setWritten] = useState(name);
  const { run, isBusy, problem } = useAction(async () => {
    await act(written.trim());
    close();
  });
  const submitted = (event: SubmitEvent) => {
    event.preventDefault();
    if (written.trim()) void run();
  };
  return (
    <Dialog title={title} close={close}>
      <form class="stack" onSubmit={submitted}>
        {lead && <p class="quiet">{lead}</p>}
        <Field label={words.called} hint={words.calledHint} placeholder={words.calledExample} autocomplete="off" value={written} onValue={setWritten} required maxLength={100} autofocus />
        <Trouble problem={problem?.code === 'proof_needed' ? undefined : problem} words={problem?.status === 0 && problem.code !== 'unreachable' ? problem.message : undefined} />
        <footer>
          <button type="button" class="button" onClick={close}>{texts.value.common.cancel}</button>
          <button class="button main" aria-disabled={isBusy}>{submit}</button>
        </footer>
      </form>
    </Dialog>
  );
}
