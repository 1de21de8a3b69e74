import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Api } from '../api/client.ts';
import { may } from '../api/people.ts';
import type { AppRole } from '../api/people.ts';
import { useConsole } from '../console.ts';

const counted = signal<{ app: string; open: number }>({ app: '', open: 0 });

/** Counts anew how many conflicts of an app are open. What cannot be counted now is counted with the next page. */
export async function countConflicts(api: Api, app: string): Promise<void> {
  await api.get<{ open: number }>(`apps/${app}/conflicts/count`).then(
    ({ open }) => (counted.value = { app, open }),
    () => undefined,
  );
}

/** How many conflicts wait for an admin, as it was when they came to the page. */
export function useOpenConflicts({ id, role }: AppRole, page: string): number {
  const { api } = useConsole();
  useEffect(() => {
    if (may(role, 'admin')) void countConflicts(api, id);
  }, [id, role, page]);
  return counted.value.app === id ? counted.value.open : 0;
}
