import { h } from 'preact';
import type { JSX } from 'preact';
import { useAction } from './action.ts';
import { texts } from '../strings/index.ts';
import { Dialog } from './dialog.tsx';
import { Trouble } from './trouble.tsx';

interface ConfirmationProps {
  title: string;
  lead: string;
  submit: string;
  act(): Promise<unknown>;
  close(): void;
}

/** Asks before something that is not to be done by a slip. Whoever would rather not prove that it is them knows that nothing happened. */
export function Confirmation({ title, lead, submit, act, close }: ConfirmationProps): JSX.Element {
  const { run, isBusy, problem } = useAction(async () => {
    await act();
    close();
  });
  return (
    <Dialog title={title} close={close}>
      <div class="stack">
        <p class="quiet">{lead}</p>
        <Trouble problem={problem?.code === 'proof_needed' ? undefined : problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{texts.value.common.cancel}</button>
          <button type="button" class="button danger" aria-disabled={isBusy} onClick={() => void run()}>{submit}</button>
        </footer>
      </div>
    </Dialog>
  );
}
