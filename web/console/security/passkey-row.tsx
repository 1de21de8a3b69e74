import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useConsole } from '../console.ts';
import { Confirmation } from '../parts/confirmation.tsx';
import { Icon } from '../parts/icon.tsx';
import { say } from '../parts/toasts.tsx';
import { date } from '../times.ts';
import { PasskeyName } from './passkey-name.tsx';
import { securityTexts } from './words.ts';

export interface Passkey {
  id: string;
  name: string;
  synced: boolean;
  createdAt: string;
  lastUsedAt?: string;
}

export function PasskeyRow({ passkey: { id, name, synced, createdAt, lastUsedAt }, renamed, removed }: { passkey: Passkey; renamed(name: string): void; removed(): Promise<void> }): JSX.Element {
  const { api } = useConsole();
  const { passkeys: words } = securityTexts.value;
  const [asked, setAsked] = useState<'name' | 'removal' | undefined>();
  const close = () => setAsked(undefined);
  const rename = async (next: string) => {
    await api.call('PATCH', `agent/passkeys/${id}`, { name: next });
    renamed(next);
  };
  const remove = async () => {
    await api.call('DELETE', `agent/passkeys/${id}`);
    say(words.removed(name));
    await removed();
  };
  const known = [...(synced ? [words.synced] : []), words.given(date(createdAt)), lastUsedAt ? words.used(date(lastUsedAt)) : words.unused];
  return (
    <li>
      <div>
        <strong class="cut">{name}</strong>
        <p class="quiet">{known.join(' · ')}</p>
      </div>
      <button type="button" class="tool" aria-label={words.rename(name)} title={words.rename(name)} onClick={() => setAsked('name')}>
        <Icon name="pen" />
      </button>
      <button type="button" class="tool" aria-label={words.remove(name)} title={words.remove(name)} onClick={() => setAsked('removal')}>
        <Icon name="trash" />
      </button>
      {asked === 'name' && <PasskeyName title={words.rename(name)} name={name} submit={words.renameShort} act={rename} close={close} />}
      {asked === 'removal' && <Confirmation title={words.removeTitle(name)} lead={words.removeLead} submit={words.removeShort} act={remove} close={close} />}
    </li>
  );
}
