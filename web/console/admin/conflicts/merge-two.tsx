import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import type { Conflict, ConflictingUser, MergeEffect } from '../api.ts';
import { Effect } from '../users/merge.tsx';
import { adminTexts } from '../words.ts';
import { nameBeside } from './names.ts';
import { useSettling } from './use-settling.ts';

interface MergeTwoProps {
  app: AppRole;
  conflict: Conflict;
  gone(said?: string): void;
  close(): void;
}

/** Makes the two of a conflict one: who stays, what would happen, then it does. */
export function MergeTwo({ app, conflict, gone, close }: MergeTwoProps): JSX.Element {
  const { api } = useConsole();
  const { conflicts: words, users } = adminTexts.value;
  const { user, owner } = conflict;
  // Tokens name people by their external ids: who has one is found again.
  const [stays, setStays] = useState(user.externalId || !owner.externalId ? user : owner);
  const goes = stays === user ? owner : user;
  const [effect, setEffect] = useState<MergeEffect | undefined>();
  const nameOf = (one: ConflictingUser) => nameBeside(conflict.address, one);
  const look = useAction(async () => {
    const body = { surviving: { userId: stays.userId }, discarded: { userId: goes.userId }, dryRun: true };
    setEffect((await api.call<{ effect: MergeEffect }>('POST', `apps/${app.id}/merges`, body)).effect);
  });
  useEffect(() => {
    setEffect(undefined);
    void look.run();
  }, [stays]);
  const merge = useSettling(app, conflict, gone, async () => {
    await api.call('POST', `apps/${app.id}/conflicts/${conflict.id}/merge`, { survivingUserId: stays.userId });
    return words.merged(nameOf(goes), nameOf(stays));
  });
  return (
    <Dialog title={words.mergeTitle} close={close}>
      <div class="stack">
        <fieldset class="options">
          <legend>{words.mergeWho}</legend>
          {[user, owner].map((one) => (
            <label key={one.userId} class="option">
              <input type="radio" name="stays" checked={one === stays} onChange={() => setStays(one)} />
              <span>
                <strong dir="auto">{nameOf(one)}</strong>
                <small>{[one === user ? words.came : words.has, one.externalId !== nameOf(one) && one.externalId].filter(Boolean).join(' · ')}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <p class="quiet">{words.mergeWhoHint}</p>
        <div aria-live="polite">{effect && <Effect effect={effect} />}</div>
        <p class="quiet">{users.mergeUndo}</p>
        <Trouble problem={look.problem ?? merge.problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{texts.value.common.cancel}</button>
          <button type="button" class="button main" disabled={!effect} aria-disabled={merge.isBusy} onClick={() => void merge.run()}>{users.merge}</button>
        </footer>
      </div>
    </Dialog>
  );
}
