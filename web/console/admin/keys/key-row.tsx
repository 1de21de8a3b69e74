import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { Icon } from '../../parts/icon.tsx';
import { Menu, MenuItem, MenuLine } from '../../parts/menu.tsx';
import { say } from '../../parts/toasts.tsx';
import { date, moment } from '../../times.ts';
import type { Key, Use } from '../api.ts';
import { TypedConfirmation } from '../parts/typed-confirmation.tsx';
import { ago } from '../times.ts';
import { adminTexts } from '../words.ts';
import { nameOf } from './names.ts';
import { RotateDialog } from './rotate.tsx';

interface KeyRowProps {
  app: AppRole;
  /** The use for which it is listed here. */
  of: Use;
  shown: Key;
  changed(key: Key, successor?: Key): void;
}

export function KeyRow({ app, of, shown, changed }: KeyRowProps): JSX.Element {
  const { api } = useConsole();
  const { keys: words } = adminTexts.value;
  const [open, setOpen] = useState<'rotate' | 'revoke' | undefined>();
  const { id, status, uses, createdAt, lastUsedAt, notAfter } = shown;
  const name = nameOf(shown);
  const close = () => setOpen(undefined);
  const revoke = async () => {
    await api.call('DELETE', `apps/${app.id}/keys/${id}`);
    changed({ ...shown, status: 'ended' });
    say(words.revoked(name));
  };
  const others = uses.filter((use) => use !== of);
  return (
    <li class="key" data-key={id}>
      <div class="key-name">
        <p>
          <strong class="cut" title={name}>{name}</strong>
          <span class={`badge ${status === 'retiring' ? 'warn' : ''}`}>{words.status[status]}</span>
        </p>
        <p class="quiet">
          <code class="cut">{id}</code>
        </p>
      </div>
      <p class="key-times quiet">
        <span>{status === 'retiring' && notAfter ? words.worksUntil(moment(notAfter)) : lastUsedAt ? words.lastUsed(ago(lastUsedAt)) : words.neverUsed}</span>
        <span>{[words.made(date(createdAt)), ...(others.length ? [words.alsoFor(others.map((use) => words.uses[use]))] : [])].join(' · ')}</span>
      </p>
      {status === 'ended' ? <span class="tool" /> : (
        <Menu kind="tool" label={words.actions(name)} button={<Icon name="more" />}>
          {status === 'live' && <MenuItem act={() => setOpen('rotate')}>{words.rotate}…</MenuItem>}
          {status === 'live' && <MenuLine />}
          <MenuItem isDangerous act={() => setOpen('revoke')}>{words.revoke}…</MenuItem>
        </Menu>
      )}
      {open === 'rotate' && <RotateDialog app={app} of={shown} close={close} rotated={changed} />}
      {open === 'revoke' && (
        <TypedConfirmation title={words.revokeTitle(name)} word={name} submit={words.revoke} act={revoke} close={close}>
          <p>{words.revokeLead}</p>
          {uses.length > 1 && <p>{words.revokeAll(uses.map((use) => words.uses[use]))}</p>}
        </TypedConfirmation>
      )}
    </li>
  );
}
