import { h } from 'preact';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

interface AreaProps {
  label: string;
  value: string;
  onValue(value: string): void;
  hint?: string;
  fault?: string;
  placeholder?: string;
  rows?: number;
  /** Whether it holds addresses or tokens, which have one direction and one width of letters. */
  isCode?: boolean;
}

/** Several lines to write in. */
export function Area({ label, value, onValue, hint, fault, placeholder, rows = 3, isCode }: AreaProps): JSX.Element {
  const id = useId();
  const below = fault ?? hint;
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        class={isCode ? 'area code' : 'area'}
        dir={isCode ? 'ltr' : undefined}
        rows={rows}
        value={value}
        placeholder={placeholder}
        spellcheck={!isCode}
        autocomplete="off"
        autocapitalize="none"
        aria-describedby={below ? `${id}-below` : undefined}
        aria-invalid={fault ? true : undefined}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
      {below && <p id={`${id}-below`} class={fault ? 'fault' : 'hint'}>{below}</p>}
    </div>
  );
}
