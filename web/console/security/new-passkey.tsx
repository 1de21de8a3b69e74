import { h } from 'preact';
import type { JSX } from 'preact';
import { Problem } from '../api/problem.ts';
import { useConsole } from '../console.ts';
import { say } from '../parts/toasts.tsx';
import { PasskeyName } from './passkey-name.tsx';
import type { Passkey } from './passkey-row.tsx';
import { canUsePasskeys, makePasskey } from './passkeys.ts';
import type { CreationOptions } from './passkeys.ts';
import { securityTexts } from './words.ts';

interface NewPasskeyProps {
  close(): void;
  made(passkey: Passkey, recoveryCodes: string[]): Promise<void>;
}

/** Asks for a name, and has a device make a passkey. */
export function NewPasskey({ close, made }: NewPasskeyProps): JSX.Element {
  const { api } = useConsole();
  const { passkeys: words } = securityTexts.value;
  const add = async (name: string) => {
    if (!canUsePasskeys()) throw new Problem(0, 'no_passkeys', words.unknown);
    const { options } = await api.call<{ options: CreationOptions }>('POST', 'agent/passkeys');
    const credential = await makePasskey(options).catch(() => {
      throw new Problem(0, 'no_passkey', words.refused);
    });
    const { passkey, recoveryCodes } = await api.call<{ passkey: Passkey; recoveryCodes: string[] }>('PUT', 'agent/passkeys', { name, credential });
    say(words.added(passkey.name));
    await made(passkey, recoveryCodes);
  };
  return <PasskeyName title={words.addTitle} lead={words.addLead} name="" submit={words.submit} act={add} close={close} />;
}
