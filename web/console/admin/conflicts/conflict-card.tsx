import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { date } from '../../times.ts';
import type { Conflict } from '../api.ts';
import { ago, exactly } from '../times.ts';
import { adminTexts } from '../words.ts';
import { ConflictingPerson } from './conflicting-person.tsx';
import { MergeTwo } from './merge-two.tsx';
import { MoveAddress } from './move-address.tsx';
import { useSettling } from './use-settling.ts';

interface ConflictCardProps {
  app: AppRole;
  conflict: Conflict;
  /** It is not in this list any more; what is to be said of it. */
  gone(said?: string): void;
}

/** One conflict: the address, the two people side by side, and how it can end, or did. */
export function ConflictCard({ app, conflict, gone }: ConflictCardProps): JSX.Element {
  const { conflicts: words } = adminTexts.value;
  const id = useId();
  const { address, user, owner, door, keyId, times, createdAt, lastAt, settled } = conflict;
  return (
    <article class="conflict" aria-labelledby={id} tabIndex={-1}>
      <header>
        <h2 id={id}><bdi>{address}</bdi></h2>
        <p class="quiet">
          {words.happened(times, date(createdAt), ago(lastAt))} · {door ? words.byDoor(door) : words.byProgram}
          {keyId && <> · {words.withKey} <code>{keyId}</code></>}
        </p>
      </header>
      <div class="conflict-people">
        <ConflictingPerson app={app} user={user} address={address} role={user.userId === owner.userId ? words.one : words.came} />
        {user.userId !== owner.userId && <ConflictingPerson app={app} user={owner} address={address} role={words.has} />}
      </div>
      {settled ? <Settled app={app} conflict={conflict} settled={settled} gone={gone} /> : <Choices app={app} conflict={conflict} gone={gone} />}
    </article>
  );
}

function Choices({ app, conflict, gone }: ConflictCardProps): JSX.Element {
  const { api } = useConsole();
  const { conflicts: words } = adminTexts.value;
  const [open, setOpen] = useState<'merge' | 'move' | undefined>();
  const path = `apps/${app.id}/conflicts/${conflict.id}`;
  const dismiss = useSettling(app, conflict, gone, () => api.call('PUT', `${path}/dismissal`).then(() => words.dismissed));
  const close = () => setOpen(undefined);
  return (
    <footer>
      <button type="button" class="button" onClick={() => setOpen('merge')}>{words.merge}</button>
      <button type="button" class="button" onClick={() => setOpen('move')}>{words.move}</button>
      <button type="button" class="button" aria-disabled={dismiss.isBusy} onClick={() => void dismiss.run()}>{words.dismiss}</button>
      <Trouble problem={dismiss.problem} />
      {open === 'merge' && <MergeTwo app={app} conflict={conflict} gone={gone} close={close} />}
      {open === 'move' && <MoveAddress app={app} conflict={conflict} gone={gone} close={close} />}
    </footer>
  );
}

function Settled({ app, conflict, settled: { how, by, at }, gone }: ConflictCardProps & { settled: NonNullable<Conflict['settled']> }): JSX.Element {
  const { api } = useConsole();
  const { conflicts: words, audit } = adminTexts.value;
  const reopen = useSettling(app, conflict, gone, () => api.call('DELETE', `apps/${app.id}/conflicts/${conflict.id}/dismissal`).then(() => undefined));
  const who = by && (by.name || [audit.kinds[by.kind] ?? by.kind, by.id].filter(Boolean).join(' '));
  return (
    <footer>
      <p class="quiet">{who ? words.settledBy(words.hows[how], who, exactly(at)) : words.settledAt(words.hows[how], exactly(at))}</p>
      {how === 'dismissed' && <button type="button" class="button" aria-disabled={reopen.isBusy} onClick={() => void reopen.run()}>{words.reopen}</button>}
      <Trouble problem={reopen.problem} />
    </footer>
  );
}
