import { h } from 'preact';
import type { JSX } from 'preact';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import type { Conflict } from '../api.ts';
import { adminTexts } from '../words.ts';
import { nameBeside } from './names.ts';
import { useSettling } from './use-settling.ts';

interface MoveAddressProps {
  app: AppRole;
  conflict: Conflict;
  gone(said?: string): void;
  close(): void;
}

/** Says what it means that an address becomes another user's, and does it. */
export function MoveAddress({ app, conflict, gone, close }: MoveAddressProps): JSX.Element {
  const { api } = useConsole();
  const { conflicts: words } = adminTexts.value;
  const { address, user, owner } = conflict;
  const to = nameBeside(address, user);
  const from = nameBeside(address, owner);
  const { run, isBusy, problem } = useSettling(app, conflict, gone, async () => {
    await api.call('POST', `apps/${app.id}/conflicts/${conflict.id}/move`);
    return words.moved(address, to);
  });
  return (
    <Dialog title={words.moveTitle(address)} close={close}>
      <div class="stack">
        <p>{words.moveMeans(address, to)}</p>
        <ul class="effects">
          <li>{words.moveSignIn(address, to)}</li>
          <li>{owner.externalId ? words.moveSessions(from) : words.moveLost(from)}</li>
        </ul>
        <Trouble problem={problem?.code === 'proof_needed' ? undefined : problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{texts.value.common.cancel}</button>
          <button type="button" class="button main" aria-disabled={isBusy} onClick={() => void run()}>{words.moveSubmit}</button>
        </footer>
      </div>
    </Dialog>
  );
}
