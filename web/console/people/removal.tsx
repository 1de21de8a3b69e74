import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Agent, AppRole } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { say } from '../parts/toasts.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';

/** Takes somebody out of an app. It cannot be undone, and so their name is to be typed. */
export function Removal({ app, agent: { id, name }, close, removed }: { app: AppRole; agent: Agent; close(): void; removed(): void }): JSX.Element {
  const { api } = useConsole();
  const { people, common } = texts.value;
  const [typed, setTyped] = useState('');
  const isMeant = typed.trim() === name.trim();
  const { run, isBusy, problem } = useAction(async () => {
    await api.call('DELETE', `apps/${app.id}/agents/${id}`);
    say(people.removed(name));
    close();
    removed();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isMeant) void run();
  };
  return (
    <Dialog title={people.removeTitle(name, app.name)} close={close}>
      <form class="stack" onSubmit={submit}>
        <p class="quiet">{people.removeLead}</p>
        <Field label={people.typeName(name)} value={typed} onValue={setTyped} autocomplete="off" autofocus />
        <Trouble problem={problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{common.cancel}</button>
          <button class="button danger" disabled={!isMeant} aria-disabled={isBusy}>{people.removeShort}</button>
        </footer>
      </form>
    </Dialog>
  );
}
