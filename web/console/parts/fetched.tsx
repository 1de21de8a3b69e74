import { h } from 'preact';
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { texts } from '../strings/index.ts';
import { Empty } from './empty.tsx';

/** A page that is fetched when it is wanted for the first time. */
export function fetched<Props extends object>(fetch: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let part: ComponentType<Props> | undefined;
  return function Fetched(props: Props): JSX.Element | null {
    const [, drawAgain] = useState(0);
    const [isFailed, setFailed] = useState(false);
    const load = () => {
      setFailed(false);
      fetch().then((found) => drawAgain((part = found, 1)), () => setFailed(true));
    };
    useEffect(() => {
      if (!part) load();
    }, []);
    const { problems, common } = texts.value;
    if (isFailed) {
      return (
        <Empty icon="offline" title={problems.unreachable}>
          <button type="button" class="button" onClick={load}>{common.tryAgain}</button>
        </Empty>
      );
    }
    const Part = part;
    return Part ? <Part {...props} /> : null;
  };
}
