import { h } from 'preact';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

/** A day of the calendar, chosen or written. */
export function DayField({ label, value, onValue }: { label: string; value: string; onValue(value: string): void }): JSX.Element {
  const id = useId();
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <div class="field-line">
        <input id={id} type="date" required value={value} onInput={({ currentTarget }) => onValue(currentTarget.value)} />
      </div>
    </div>
  );
}
