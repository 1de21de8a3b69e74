import { h } from 'preact';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { adminTexts } from '../words.ts';
import { colorIn } from './draft.ts';

const parlorsColor = '#2553d9';

interface ColorFieldProps {
  label: string;
  hint: string;
  fault?: string;
  value: string;
  onValue(value: string): void;
}

/** A colour by its number, or picked; nothing written: Parlor's own. */
export function ColorField({ label, hint, fault, value, onValue }: ColorFieldProps): JSX.Element {
  const { designer: words } = adminTexts.value;
  const id = useId();
  const isOdd = value.trim() !== '' && !colorIn(value);
  const below = fault ?? (isOdd ? words.noColor : undefined);
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <div class="color-line">
        <input type="color" aria-label={words.pick} value={colorIn(value) ?? parlorsColor} onInput={({ currentTarget }) => onValue(currentTarget.value)} />
        <span class="field-line">
          <input
            id={id}
            dir="ltr"
            autocomplete="off"
            spellcheck={false}
            placeholder={words.parlors}
            value={value}
            aria-describedby={`${id}-below`}
            aria-invalid={below ? true : undefined}
            onInput={({ currentTarget }) => onValue(currentTarget.value)}
          />
        </span>
      </div>
      <p id={`${id}-below`} class={below ? 'fault' : 'hint'}>{below ?? hint}</p>
    </div>
  );
}
