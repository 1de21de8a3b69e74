import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { say } from '../../parts/toasts.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import type { MergeEffect, User } from '../api.ts';
import { adminTexts } from '../words.ts';
import { calledBy } from './user-row.tsx';

const afterMs = 200;
const most = 6;

interface MergeDialogProps {
  app: AppRole;
  /** Who stays. */
  into: { id: string; name: string };
  close(): void;
  merged(): void;
}

/** Makes two users one: first who the other one is, then what would happen, then it does. */
export function MergeDialog({ app, into, close, merged }: MergeDialogProps): JSX.Element {
  const { api } = useConsole();
  const { users: words } = adminTexts.value;
  const { common } = texts.value;
  const [other, setOther] = useState<{ id: string; name: string } | undefined>();
  const [effect, setEffect] = useState<MergeEffect | undefined>();
  const post = (discarded: string, dryRun: boolean) =>
    api.call<{ effect: MergeEffect }>('POST', `apps/${app.id}/merges`, { surviving: { userId: into.id }, discarded: { userId: discarded }, dryRun });
  const look = useAction(async (chosen: { id: string; name: string }) => {
    setEffect((await post(chosen.id, true)).effect);
    setOther(chosen);
  });
  const merge = useAction(async () => {
    if (!other) return;
    await post(other.id, false);
    say(words.merged(other.name, into.name));
    close();
    merged();
  });
  return (
    <Dialog title={words.mergeInto(into.name)} close={close}>
      {other && effect ? (
        <div class="stack">
          <p>{words.mergeMeans(other.name, into.name)}</p>
          <Effect effect={effect} />
          <p class="quiet">{words.mergeUndo}</p>
          <Trouble problem={merge.problem} />
          <footer>
            <button type="button" class="button" onClick={() => setOther(undefined)}>{common.back}</button>
            <button type="button" class="button main" aria-disabled={merge.isBusy} onClick={() => void merge.run()}>{words.merge}</button>
          </footer>
        </div>
      ) : (
        <div class="stack">
          <p class="quiet">{words.mergeWho}</p>
          <Search app={app} without={into.id} choose={(user) => void look.run(user)} />
          <Trouble problem={look.problem} />
        </div>
      )}
    </Dialog>
  );
}

function Search({ app, without, choose }: { app: AppRole; without: string; choose(user: { id: string; name: string }): void }): JSX.Element {
  const { api } = useConsole();
  const { users: words } = adminTexts.value;
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<User[]>([]);
  const { run, problem } = useAction(async (asked: string) => setFound((await api.get<{ users: User[] }>(`apps/${app.id}/users?${new URLSearchParams({ query: asked, limit: '20' })}`)).users));
  useEffect(() => {
    const timer = setTimeout(() => void run(query.trim()), afterMs);
    return () => clearTimeout(timer);
  }, [query]);
  return (
    <>
      <Field label={words.search} value={query} onValue={setQuery} autocomplete="off" autofocus />
      <Trouble problem={problem} />
      <ul class="choices">
        {found.filter(({ userId }) => userId !== without).slice(0, most).map((user) => {
          const name = calledBy(user, words.nameless(user.number));
          return (
            <li key={user.userId}>
              <button type="button" class="item" onClick={() => choose({ id: user.userId, name })}>
                <strong class="cut">{name}</strong>
                <span class="cut quiet">{[user.email !== name && user.email, words.sources[user.source]].filter(Boolean).join(' · ')}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** What a merge does, line by line. */
export function Effect({ effect: { conversations, sharedConversations, clients, conflicts, endedExternalId, seatFreed } }: { effect: MergeEffect }): JSX.Element {
  const { users: words } = adminTexts.value;
  return (
    <ul class="effects">
      <li>{words.movedConversations(conversations)}</li>
      {sharedConversations > 0 && <li>{words.shared(sharedConversations)}</li>}
      <li>{words.movedClients(clients)}</li>
      {endedExternalId && <li>{words.endedExternalId(endedExternalId)}</li>}
      {seatFreed && <li>{words.seatFreed}</li>}
      {conflicts.map(({ field, surviving, discarded }) => (
        <li key={field}>{words.conflict(field, String(surviving), String(discarded))}</li>
      ))}
    </ul>
  );
}
