import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Trouble } from '../parts/trouble.tsx';
import { FactorRow } from './factor-row.tsx';
import { NewPasskey } from './new-passkey.tsx';
import { PasskeyRow } from './passkey-row.tsx';
import type { Passkey } from './passkey-row.tsx';
import { securityTexts } from './words.ts';

/** All passkeys that one has. `changed` is called when there is one more or one less, with the recovery codes of an account that had none. */
export function PasskeysRow({ changed }: { changed(recoveryCodes?: string[]): Promise<void> }): JSX.Element {
  const { api } = useConsole();
  const { passkeys: words } = securityTexts.value;
  const [passkeys, setPasskeys] = useState<Passkey[]>([]);
  const [isAdding, setAdding] = useState(false);
  const { run: load, problem } = useAction(async () => setPasskeys((await api.get<{ passkeys: Passkey[] }>('agent/passkeys')).passkeys));
  useEffect(() => void load(), []);
  const count = passkeys.length;
  const below = count > 0 && (
    <ul class="passkeys" aria-label={words.name}>
      {passkeys.map((one) => (
        <PasskeyRow
          key={one.id}
          passkey={one}
          renamed={(name) => setPasskeys((now) => now.map((other) => (other.id === one.id ? { ...one, name } : other)))}
          removed={async () => {
            setPasskeys((now) => now.filter(({ id }) => id !== one.id));
            await changed();
          }}
        />
      ))}
    </ul>
  );
  return (
    <FactorRow icon="passkey" name={words.name} lead={words.lead} badge={count ? words.count(count) : words.none} isOn={count > 0} below={below}>
      <button type="button" class="button" onClick={() => setAdding(true)}>{words.add}</button>
      <Trouble problem={problem} words={words.failed} />
      {isAdding && (
        <NewPasskey
          close={() => setAdding(false)}
          made={async (made, recoveryCodes) => {
            setPasskeys((now) => [...now, made]);
            await changed(recoveryCodes);
          }}
        />
      )}
    </FactorRow>
  );
}
