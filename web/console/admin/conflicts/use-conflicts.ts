import { useEffect, useRef, useState } from 'preact/hooks';
import { asProblem } from '../../api/problem.ts';
import type { Problem } from '../../api/problem.ts';
import { useConsole } from '../../console.ts';
import type { Conflict } from '../api.ts';

const limit = '20';

export interface ConflictPage {
  conflicts: Conflict[];
  cursor?: string;
}

export interface ConflictList {
  /** As far as it is loaded. */
  page: ConflictPage | undefined;
  /** From the beginning, or what comes after a cursor. */
  load(cursor?: string): Promise<void>;
  problem: Problem | undefined;
  /** Takes one out that is not in this list any more. */
  without(conflict: Conflict): void;
}

/** The conflicts of an app that are open, or settled. */
export function useConflicts(app: string, status: 'open' | 'settled'): ConflictList {
  const { api } = useConsole();
  const [page, setPage] = useState<ConflictPage | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const newest = useRef(0);
  const load = async (cursor?: string) => {
    // What was asked for meanwhile is answered by a later one.
    const turn = ++newest.current;
    setProblem(undefined);
    try {
      const answer = await api.get<ConflictPage>(`apps/${app}/conflicts?${new URLSearchParams({ status, limit, ...(cursor && { cursor }) })}`);
      if (turn === newest.current) setPage((before) => (cursor && before ? { ...answer, conflicts: [...before.conflicts, ...answer.conflicts] } : answer));
    } catch (reason) {
      if (turn === newest.current) setProblem(asProblem(reason));
    }
  };
  useEffect(() => {
    setPage(undefined);
    void load();
  }, [app, status]);
  const without = ({ id }: Conflict) => setPage((before) => before && { ...before, conflicts: before.conflicts.filter((other) => other.id !== id) });
  return { page, load, problem, without };
}
