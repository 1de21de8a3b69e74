import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useConsole } from '../../console.ts';
import { Confirmation } from '../../parts/confirmation.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu, MenuItem, MenuLine } from '../../parts/menu.tsx';
import { say } from '../../parts/toasts.tsx';
import { sayProblem } from '../../parts/trouble.tsx';
import { moment } from '../../times.ts';
import type { Webhook } from '../api.ts';
import { adminTexts } from '../words.ts';
import { Attempts } from './attempts.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { WebhookEditor } from './webhook-editor.tsx';

const week = 7 * 24 * 60 * 60;

/** One address, how it goes with it, and what can be done. `changed` is given the webhook where it has a new secret. */
export function WebhookRow({ webhook, path, changed }: { webhook: Webhook; path: string; changed(webhook?: Webhook): void }): JSX.Element {
  const { api } = useConsole();
  const { webhooks: words, attempts } = adminTexts.value;
  const [asked, setAsked] = useState<'attempts' | 'change' | 'rotate' | 'letters' | 'remove' | undefined>();
  const { target, triggers, enabled, failingSince, lastError } = webhook;
  const close = () => setAsked(undefined);
  const turn = async () => {
    try {
      await api.call('PATCH', path, { enabled: !enabled });
      say(enabled ? words.turnedOff : words.turnedOn);
      changed();
    } catch (reason) {
      sayProblem(reason);
    }
  };
  const rotate = async () => changed((await api.call<{ webhook: Webhook }>('POST', `${path}/secret`, { overlapSeconds: week })).webhook);
  const remove = async () => {
    await api.call('DELETE', path);
    say(words.removed);
    changed();
  };
  const state = !enabled ? words.off : failingSince ? words.failing(moment(failingSince)) : words.on;
  const told = triggers.map((name) => (name === '*' ? words.all : name)).join(', ');
  return (
    <li class="webhook">
      <div>
        <p>
          <code class="cut" title={target}>{target}</code>
          <span class={`badge ${!enabled ? '' : failingSince ? 'warn' : 'good'}`}>{state}</span>
        </p>
        <p class="quiet">{told}</p>
        {lastError && <p class="mistake">{lastError}</p>}
      </div>
      <Menu kind="tool" label={words.actions(target)} button={<Icon name="more" />}>
        <MenuItem act={() => setAsked('change')}>{words.change}…</MenuItem>
        <MenuItem act={() => void turn()}>{enabled ? words.turnOff : words.turnOn}</MenuItem>
        <MenuItem act={() => setAsked('attempts')}>{attempts.title}…</MenuItem>
        <MenuItem act={() => setAsked('letters')}>{words.letters}…</MenuItem>
        <MenuItem act={() => setAsked('rotate')}>{words.rotate}…</MenuItem>
        <MenuLine />
        <MenuItem isDangerous act={() => setAsked('remove')}>{words.remove}…</MenuItem>
      </Menu>
      {asked === 'change' && <WebhookEditor path={path} webhook={webhook} close={close} saved={changed} />}
      {asked === 'attempts' && <Attempts path={path} close={() => (close(), changed())} />}
      {asked === 'letters' && <DeadLetters path={`${path}/deadLetters`} isOn={enabled} close={close} />}
      {asked === 'rotate' && <Confirmation title={words.rotateTitle} lead={words.rotateLead} submit={words.rotate} act={rotate} close={close} />}
      {asked === 'remove' && <Confirmation title={words.removeTitle} lead={words.removeLead(target)} submit={words.remove} act={remove} close={close} />}
    </li>
  );
}
