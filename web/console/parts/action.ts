import { useState } from 'preact/hooks';
import type { Problem } from '../api/problem.ts';
import { asProblem } from '../api/problem.ts';
import { keepFocus } from './focus.ts';

export interface Action<Given extends unknown[]> {
  run(...given: Given): Promise<void>;
  /** Whether it is under way: a second press waits for the first one. */
  isBusy: boolean;
  problem: Problem | undefined;
}

/** Something that a press of a button does, which takes a while and may fail. */
export function useAction<Given extends unknown[]>(act: (...given: Given) => Promise<unknown>): Action<Given> {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const run = async (...given: Given) => {
    if (isBusy) return;
    const pressed = document.activeElement;
    setBusy(true);
    setProblem(undefined);
    try {
      await act(...given);
    } catch (reason) {
      setProblem(asProblem(reason));
    } finally {
      setBusy(false);
      keepFocus(pressed);
    }
  };
  return { run, isBusy, problem };
}
