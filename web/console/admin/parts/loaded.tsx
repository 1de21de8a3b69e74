import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../api/problem.ts';
import { asProblem } from '../../api/problem.ts';
import { useConsole } from '../../console.ts';
import { Empty } from '../../parts/empty.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';

export interface Loaded<Answer> {
  value: Answer | undefined;
  /** What was changed at the same time stays where it is made of what is there by then. */
  set(value: Answer | ((now: Answer | undefined) => Answer | undefined)): void;
  load(): Promise<void>;
  problem: Problem | undefined;
}

/** What the server says when it is asked, as soon as this is drawn and when the path is another one. */
export function useLoaded<Answer>(path: string): Loaded<Answer> {
  const { api } = useConsole();
  const [value, set] = useState<Answer | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const newest = useRef(0);
  const load = async () => {
    // What was asked for meanwhile is answered by a later one.
    const turn = ++newest.current;
    setProblem(undefined);
    try {
      const answer = await api.get<Answer>(path);
      if (turn === newest.current) set(answer);
    } catch (reason) {
      if (turn === newest.current) setProblem(asProblem(reason));
    }
  };
  useEffect(() => void load(), [path]);
  return { value, set, load, problem };
}

/** What stands where something could not be loaded; until then, a word after a while. */
export function Waiting({ of: { problem, load }, title }: { of: Pick<Loaded<unknown>, 'problem' | 'load'>; title: string }): JSX.Element {
  const { common } = texts.value;
  if (!problem) return <p class="quiet late">{common.loading}</p>;
  return (
    <Empty icon="alert" title={title}>
      <Trouble problem={problem} />
      <button type="button" class="button" onClick={() => void load()}>{common.tryAgain}</button>
    </Empty>
  );
}
