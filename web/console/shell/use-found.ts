import { useEffect, useRef, useState } from 'preact/hooks';
import type { FoundPage, FoundPerson, FoundSaid } from '../api/inbox.ts';
import type { Inbox } from '../inbox/inbox.ts';
import { isSomething } from '../inbox/search.ts';

const afterMs = 120;
const most = 5;

/** What the server has found: of the query, or of the one before until there is an answer. */
export interface Found {
  query: string;
  people: readonly FoundPerson[];
  said: readonly FoundSaid[];
}

const nothing: Found = { query: '', people: [], said: [] };

/** Looks for people and for what was said, as one types. */
export function useFound(inbox: Inbox, query: string): { found: Found; isPending: boolean } {
  const [found, setFound] = useState(nothing);
  const newest = useRef(query);
  newest.current = query;
  useEffect(() => {
    const look = async () => {
      const asked = isSomething(query) ? await ask(inbox, query) : { ...nothing, query };
      if (newest.current === query) setFound(asked);
    };
    const timer = setTimeout(() => void look(), query ? afterMs : 0);
    return () => clearTimeout(timer);
  }, [inbox, query]);
  return { found: query ? found : nothing, isPending: found.query !== query };
}

/** Where one of the two does not answer there is the other. */
async function ask(inbox: Inbox, query: string): Promise<Found> {
  const asked = new URLSearchParams({ query, limit: String(most) });
  const [people, said] = await Promise.all([
    inbox.get<{ users: FoundPerson[] }>(`people?${asked}`).then(({ users }) => users, () => []),
    inbox.get<FoundPage>(`inbox/search?${asked}`).then(({ found }) => found, () => []),
  ]);
  return { query, people, said };
}
