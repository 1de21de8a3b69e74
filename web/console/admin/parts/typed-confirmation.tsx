import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import { adminTexts } from '../words.ts';

interface TypedConfirmationProps {
  title: string;
  /** What will happen. */
  children: ComponentChildren;
  /** What is to be typed, so that nobody does it by a slip. */
  word: string;
  submit: string;
  act(): Promise<unknown>;
  close(): void;
}

/** Asks before something that cannot be undone. */
export function TypedConfirmation({ title, children, word, submit, act, close }: TypedConfirmationProps): JSX.Element {
  const [typed, setTyped] = useState('');
  const isMeant = typed.trim() === word.trim();
  const { run, isBusy, problem } = useAction(async () => {
    await act();
    close();
  });
  const submitted = (event: SubmitEvent) => {
    event.preventDefault();
    if (isMeant) void run();
  };
  return (
    <Dialog title={title} close={close}>
      <form class="stack" onSubmit={submitted}>
        <div class="quiet stack">{children}</div>
        <Field label={adminTexts.value.typeToConfirm(word)} value={typed} onValue={setTyped} autocomplete="off" autofocus />
        <Trouble problem={problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{texts.value.common.cancel}</button>
          <button class="button danger" disabled={!isMeant} aria-disabled={isBusy}>{submit}</button>
        </footer>
      </form>
    </Dialog>
  );
}
