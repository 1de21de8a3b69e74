import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import type { User } from '../api.ts';
import { Waiting } from '../parts/loaded.tsx';
import { UserRow } from '../users/user-row.tsx';
import { adminTexts } from '../words.ts';

interface Page {
  users: User[];
  cursor?: string;
}

/** People who are blocked, each with the way to their page. */
export function BlockedPeople({ app }: { app: AppRole }): JSX.Element {
  const { api } = useConsole();
  const { blocks: words } = adminTexts.value;
  const [page, setPage] = useState<Page | undefined>();
  const { run: load, isBusy, problem } = useAction(async (cursor?: string) => {
    const answer = await api.get<Page>(`apps/${app.id}/users?${new URLSearchParams({ blocked: 'true', limit: '50', ...(cursor && { cursor }) })}`);
    setPage((before) => (cursor && before ? { ...answer, users: [...before.users, ...answer.users] } : answer));
  });
  useEffect(() => void load(), []);
  return (
    <section class="subject" aria-labelledby="blocked-people">
      <header>
        <div>
          <h2 id="blocked-people">{words.people}</h2>
          <p class="quiet">{words.peopleLead}</p>
        </div>
      </header>
      {!page && <Waiting of={{ problem, load: () => load() }} title={words.failed} />}
      {page?.users.length === 0 && <p class="nothing">{words.noPeople}</p>}
      {!!page?.users.length && <ul class="rows">{page.users.map((user) => <UserRow key={user.userId} app={app} user={user} />)}</ul>}
      {page?.cursor && <button type="button" class="button more" aria-disabled={isBusy} onClick={() => void load(page.cursor)}>{words.more}</button>}
    </section>
  );
}
