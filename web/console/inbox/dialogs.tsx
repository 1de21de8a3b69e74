import { h } from 'preact';
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Entry } from '../api/inbox.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { texts } from '../strings/index.ts';

/** Asks for the time until which a conversation is put off. */
export function SnoozeDialog({ close, snooze }: { close(): void; snooze(until: Date): void }): JSX.Element {
  const { actions, common } = texts.value;
  const id = useId();
  const [at, setAt] = useState('');
  const until = new Date(at);
  const isMeant = until.getTime() > Date.now();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isMeant) return;
    snooze(until);
    close();
  };
  return (
    <Dialog title={actions.snoozeTitle} close={close}>
      <form class="stack" onSubmit={submit}>
        <p class="quiet">{actions.snoozeLead}</p>
        <div class="labelled">
          <label for={id}>{actions.when}</label>
          <div class="field-line">
            <input id={id} type="datetime-local" value={at} autofocus onInput={({ currentTarget }) => setAt(currentTarget.value)} />
          </div>
        </div>
        <footer>
          <button type="button" class="button" onClick={close}>{common.cancel}</button>
          <button class="button main" disabled={!isMeant}>{actions.snooze}</button>
        </footer>
      </form>
    </Dialog>
  );
}

export function TagsDialog({ entry, close, set }: { entry: Entry; close(): void; set(tags: string[]): void }): JSX.Element {
  const { actions, common } = texts.value;
  const [written, setWritten] = useState(entry.tags.join(', '));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const tags = [...new Set(written.split(',').map((tag) => tag.trim()).filter(Boolean))];
    if (tags.join() !== entry.tags.join()) set(tags);
    close();
  };
  return (
    <Dialog title={actions.tagsTitle} close={close}>
      <form class="stack" onSubmit={submit}>
        <Field label={actions.tagsLabel} hint={actions.tagsHint} value={written} onValue={setWritten} autocomplete="off" autofocus />
        <footer>
          <button type="button" class="button" onClick={close}>{common.cancel}</button>
          <button class="button main">{common.save}</button>
        </footer>
      </form>
    </Dialog>
  );
}
