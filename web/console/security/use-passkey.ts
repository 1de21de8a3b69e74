import type { Session } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import type { Action } from '../parts/action.ts';
import { canUsePasskeys, isCancelled, showPasskey } from './passkeys.ts';
import type { RequestOptions } from './passkeys.ts';

/** Shows a passkey to the calls at the path: one asks for it, the other takes it. Who would rather not has done nothing wrong. */
export function usePasskey(path: string, done: (session: Session) => void): Action<[]> & { isThere: boolean } {
  const { api } = useConsole();
  const action = useAction(async () => {
    const { options } = await api.call<{ options: RequestOptions }>('POST', path);
    const credential = await showPasskey(options).catch((reason: unknown) => {
      if (!isCancelled(reason)) throw reason;
    });
    if (credential) done(await api.call<Session>('PUT', path, { credential }));
  });
  return { ...action, isThere: canUsePasskeys() };
}
