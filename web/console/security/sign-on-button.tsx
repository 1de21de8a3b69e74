import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Ways } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';
import { leave } from './sign-on.ts';

/** Leads to the provider of single sign-on, where there is one. */
export function SignOnButton({ path, to }: { path: string; to?: string }): JSX.Element | null {
  const { api } = useConsole();
  const [ways, setWays] = useState<Ways>({});
  const { run, isBusy, problem } = useAction(() => leave(api, path, to));
  useEffect(() => {
    // A server that does not say has none: the other ways are there.
    api.get<Ways>('session/ways').then(setWays, () => undefined);
  }, []);
  if (!ways.signOn) return null;
  return (
    <>
      <button type="button" class="button wide" aria-disabled={isBusy} onClick={() => void run()}>
        <Icon name="key" />
        {texts.value.signIn.continueWith(ways.signOn.name)}
      </button>
      <Trouble problem={problem} />
    </>
  );
}
