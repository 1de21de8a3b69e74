import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { say } from '../../parts/toasts.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import type { AddressBlock } from '../api.ts';
import { adminTexts } from '../words.ts';

const spans = { hour: 3_600, day: 86_400, week: 7 * 86_400, month: 30 * 86_400, ever: undefined } as const;
type Span = keyof typeof spans;

/** Asks which addresses to block, why, and for how long. */
export function NewBlockDialog({ app, close, made }: { app: AppRole; close(): void; made(): void }): JSX.Element {
  const { api } = useConsole();
  const { blocks: words } = adminTexts.value;
  const [addresses, setAddresses] = useState('');
  const [note, setNote] = useState('');
  const [span, setSpan] = useState<Span>('day');
  const { run, isBusy, problem } = useAction(async () => {
    const { block } = await api.call<{ block: AddressBlock }>('POST', `apps/${app.id}/blocks`, { addresses, note: note.trim(), seconds: spans[span] });
    say(words.blockedNow(block.addresses));
    made();
    close();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (addresses.trim()) void run();
  };
  const fault = problem?.field === 'addresses' ? problem.message : undefined;
  return (
    <Dialog title={words.block} close={close}>
      <form class="stack" onSubmit={submit}>
        <Field label={words.address} hint={words.addressHint} fault={fault} value={addresses} onValue={setAddresses} maxLength={64} autocomplete="off" autofocus />
        <Field label={words.note} hint={words.noteHint} value={note} onValue={setNote} maxLength={200} autocomplete="off" />
        <fieldset class="labelled">
          <legend>{words.howLong}</legend>
          <div class="spans">
            {(Object.keys(spans) as Span[]).map((name) => (
              <label key={name} class="option">
                <input type="radio" name="span" checked={span === name} onChange={() => setSpan(name)} />
                {words.spans[name]}
              </label>
            ))}
          </div>
        </fieldset>
        <Trouble problem={fault ? undefined : problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{texts.value.common.cancel}</button>
          <button class="button main" disabled={!addresses.trim()} aria-disabled={isBusy}>{words.act}</button>
        </footer>
      </form>
    </Dialog>
  );
}
