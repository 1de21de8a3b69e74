import { h } from 'preact';
import type { JSX } from 'preact';
import type { Agent, AppRole } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Dialog } from '../parts/dialog.tsx';
import { say } from '../parts/toasts.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';

/** Takes the second factor from somebody who has lost theirs. */
export function FactorsRemoval({ app, agent: { id, name }, close, removed }: { app: AppRole; agent: Agent; close(): void; removed(): void }): JSX.Element {
  const { api } = useConsole();
  const { people, common } = texts.value;
  const { run, isBusy, problem } = useAction(async () => {
    await api.call('DELETE', `apps/${app.id}/agents/${id}/factors`);
    say(people.factorsTaken(name));
    close();
    removed();
  });
  return (
    <Dialog title={people.takeFactorsTitle(name)} close={close}>
      <div class="stack">
        <p class="quiet">{people.takeFactorsLead}</p>
        <Trouble problem={problem} words={problem?.code === 'role_needed' ? problem.message : undefined} />
        <footer>
          <button type="button" class="button" onClick={close}>{common.cancel}</button>
          <button type="button" class="button danger" aria-disabled={isBusy} onClick={() => void run()}>{people.takeFactorsShort}</button>
        </footer>
      </div>
    </Dialog>
  );
}
