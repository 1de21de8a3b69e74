import type { AppRole } from '../../api/people.ts';
import { asProblem } from '../../api/problem.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import type { Action } from '../../parts/action.ts';
import type { Conflict } from '../api.ts';
import { adminTexts } from '../words.ts';

/** Settles a conflict, or finds that somebody else was first, and says who. `act` answers what is to be said. */
export function useSettling(app: AppRole, conflict: Conflict, gone: (said?: string) => void, act: () => Promise<string | undefined>): Action<[]> {
  const { api } = useConsole();
  const { conflicts: words } = adminTexts.value;
  return useAction(async () => {
    try {
      gone(await act());
    } catch (reason) {
      if (!['conflict_settled', 'conflict_not_found'].includes(asProblem(reason).code)) throw reason;
      const { conflicts } = await api.get<{ conflicts: Conflict[] }>(`apps/${app.id}/conflicts?status=settled`);
      gone(words.already(conflicts.find(({ id }) => id === conflict.id)?.settled?.by?.name ?? words.somebody));
    }
  });
}
