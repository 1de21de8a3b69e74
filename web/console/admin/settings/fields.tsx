import { h } from 'preact';
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Choice } from '../../parts/field.tsx';
import { Area } from '../parts/area.tsx';
import { Switch } from '../../parts/switch.tsx';
import { adminTexts } from '../words.ts';
import { spanOf } from './forms.ts';
import type { Unit } from './forms.ts';
import type { Bound } from './section.tsx';

interface Words {
  label: string;
  hint: string;
}

/** On or off, as the setting writes it. */
export function Flag({ value, onValue, fault, ...words }: Bound & Words): JSX.Element {
  return <Switch {...words} fault={fault} isOn={value === 'on'} toggle={(isOn) => onValue(isOn ? 'on' : 'off')} />;
}

/** Addresses, one in each line. */
export function Lines({ placeholder, ...rest }: Bound & Words & { placeholder: string }): JSX.Element {
  return <Area {...rest} isCode rows={Math.min(8, Math.max(3, rest.value.split('\n').length + 1))} placeholder={placeholder} />;
}

/** A length of time; nothing written: none, in the words for that. */
export function Span({ label, hint, fault, value, onValue, usual, none }: Bound & Words & { usual: Unit; none?: string }): JSX.Element {
  const { settings } = adminTexts.value;
  const id = useId();
  const { count, unit } = spanOf(value);
  const [kept, setKept] = useState(usual);
  const now = unit ?? kept;
  return (
    <div class="labelled span">
      <label for={id}>{label}</label>
      <div class="span-line">
        <span class="field-line">
          <input
            id={id}
            inputMode="numeric"
            autocomplete="off"
            placeholder={none ?? settings.unlimited}
            value={count}
            aria-describedby={`${id}-below`}
            aria-invalid={fault ? true : undefined}
            onInput={({ currentTarget }) => onValue(currentTarget.value.trim() && currentTarget.value.trim() + now)}
          />
        </span>
        <Choice
          hidden
          label={settings.unitOf(label)}
          value={now}
          onValue={(chosen) => {
            setKept(chosen as Unit);
            if (count) onValue(count + chosen);
          }}
        >
          {(['s', 'm', 'h', 'd'] as Unit[]).map((one) => (
            <option key={one} value={one}>{settings.units[one]}</option>
          ))}
        </Choice>
      </div>
      <p id={`${id}-below`} class={fault ? 'fault' : 'hint'}>{fault ?? hint}</p>
    </div>
  );
}

/** Names of time zones that the browser knows, and the one that is set. */
export function Zone({ label, hint, fault, value, onValue }: Bound & Words): JSX.Element {
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
  const here = value || 'UTC';
  return (
    <div>
      <Choice label={label} value={here} onValue={onValue}>
        {[...(known.includes(here) ? [] : [here]), ...known].map((name) => (
          <option key={name} value={name}>{name.replaceAll('_', ' ')}</option>
        ))}
      </Choice>
      <p class={fault ? 'fault' : 'hint'}>{fault ?? hint}</p>
    </div>
  );
}
