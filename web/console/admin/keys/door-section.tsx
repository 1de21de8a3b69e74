import { h } from 'preact';
import type { JSX } from 'preact';
import type { AppRole } from '../../api/people.ts';
import type { Door, Key } from '../api.ts';
import { Switch } from '../../parts/switch.tsx';
import { adminTexts } from '../words.ts';
import { stateOf } from './doors.ts';
import { KeyList } from './key-list.tsx';

interface DoorSectionProps {
  app: AppRole;
  door: Door;
  keys: Key[];
  setKeys(keys: Key[]): void;
  /** Of the setting that says which doors are open. */
  text: string | undefined;
  isOn: boolean;
  isBusy: boolean;
  turn(isOn: boolean): void;
  newKey(): void;
}

export function DoorSection({ app, door, keys, setKeys, text, isOn, isBusy, turn, newKey }: DoorSectionProps): JSX.Element {
  const { keys: words } = adminTexts.value;
  const { name, lead } = words.doors[door];
  const state = stateOf(door, text, keys);
  return (
    <section class="subject" aria-labelledby={`door-${door}`}>
      <header>
        <div>
          <h2 id={`door-${door}`}>
            {name}
            <span class={`badge ${state === 'open' ? 'good' : ''}`}>{words.states[state]}</span>
          </h2>
          <p class="quiet">{lead}</p>
        </div>
        <Switch label={words.turn(name)} isLabelHidden isOn={isOn} isBusy={isBusy} toggle={turn} />
      </header>
      <KeyList app={app} keys={keys} of={door} setKeys={setKeys} none={words.none} newKey={newKey} />
    </section>
  );
}
