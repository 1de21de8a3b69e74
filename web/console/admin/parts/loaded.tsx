import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../api/problem.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Empty } from '../../parts/empty.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';

export interface Loaded<Answer> {
  value: Answer | undefined;
  set(value: Answer): void;
  load(): Promise<void>;
  problem: Problem | undefined;
}

/** What the server says when it is asked once, as soon as this is drawn. */
export function useLoaded<Answer>(path: string): Loaded<Answer> {
  const { api } = useConsole();
  const [value, set] = useState<Answer | undefined>();
  const { run: load, problem } = useAction(async () => set(await api.get<Answer>(path)));
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
