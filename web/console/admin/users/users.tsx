import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../api/problem.ts';
import { asProblem } from '../../api/problem.ts';
import { useConsole } from '../../console.ts';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import type { User } from '../api.ts';
import { adminTexts } from '../words.ts';
import { Merges } from './merges.tsx';
import { UserPage } from './user-page.tsx';
import { UserRow } from './user-row.tsx';

const afterMs = 200;

interface Found {
  users: User[];
  cursor?: string;
}

/** All users of an app, found as one types; and one of them alone. The list stays as it was behind. */
export function Users({ app, item }: AdminProps): JSX.Element {
  const { users: words } = adminTexts.value;
  const [changes, setChanges] = useState(0);
  return (
    <>
      {item && <UserPage key={item} app={app} id={item} changed={() => setChanges((count) => count + 1)} />}
      <div class="page-place" hidden={!!item}>
        {!item && <PageHeader title={texts.value.nav.admin.users} />}
        <div class="page">
          <p class="quiet lead">{words.lead}</p>
          <UserList app={app} changes={changes} />
          <Merges app={app} changes={changes} undone={() => setChanges(changes + 1)} />
        </div>
      </div>
    </>
  );
}

function UserList({ app, changes }: AdminProps & { changes: number }): JSX.Element {
  const { api } = useConsole();
  const { users: words } = adminTexts.value;
  const { common } = texts.value;
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const newest = useRef(0);

  const look = async (cursor?: string) => {
    const turn = ++newest.current;
    const asked = new URLSearchParams({ limit: '50', ...(query.trim() && { query: query.trim() }), ...(cursor && { cursor }) });
    try {
      const answer = await api.get<Found>(`apps/${app.id}/users?${asked}`);
      // What was typed meanwhile is answered by a later one.
      if (turn !== newest.current) return;
      setFound((before) => (cursor && before ? { ...answer, users: [...before.users, ...answer.users] } : answer));
      setProblem(undefined);
    } catch (reason) {
      if (turn === newest.current) setProblem(asProblem(reason));
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => void look(), found ? afterMs : 0);
    return () => clearTimeout(timer);
  }, [query, changes]);

  const none = found?.users.length === 0;
  return (
    <section class="user-list" aria-label={words.title}>
      <Field label={words.search} hint={words.searchHint} value={query} onValue={setQuery} autocomplete="off" />
      <Trouble problem={problem} />
      {found && !none && <ul class="rows">{found.users.map((user) => <UserRow key={user.userId} app={app} user={user} />)}</ul>}
      {none && query.trim() && <p class="nothing quiet">{words.noneFound(query.trim())}</p>}
      {none && !query.trim() && (
        <Empty icon="person" title={words.empty}>
          <p>{words.emptyLead}</p>
        </Empty>
      )}
      {found?.cursor && <button type="button" class="button more" onClick={() => void look(found.cursor)}>{common.more}</button>}
    </section>
  );
}
