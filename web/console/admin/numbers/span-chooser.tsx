import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { adminTexts } from '../words.ts';
import type { Span } from './span.ts';
import { usualSpans } from './span.ts';

interface SpanChooserProps {
  span: Span;
  /** The days that are shown, once they are known. */
  shown: { from: string; to: string } | undefined;
  choose(span: Span): void;
}

/** Which days are counted: the last ones, or any. */
export function SpanChooser({ span, shown, choose }: SpanChooserProps): JSX.Element {
  const { numbers: words } = adminTexts.value;
  const days = 'from' in span ? span : shown;
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  useEffect(() => {
    setFrom(days?.from ?? '');
    setTo(days?.to ?? '');
  }, [days?.from, days?.to]);
  const submit = (event: Event) => {
    event.preventDefault();
    if (from && to) choose({ from, to });
  };
  return (
    <form class="span" aria-label={words.span} onSubmit={submit}>
      <div class="segments" role="group" aria-label={words.span}>
        {usualSpans.map((days) => (
          <button key={days} type="button" class="button" aria-pressed={'days' in span && span.days === days} onClick={() => choose({ days })}>{words.lastDays(days)}</button>
        ))}
      </div>
      <Date label={words.from} value={from} max={to} onValue={setFrom} />
      <Date label={words.to} value={to} min={from} onValue={setTo} />
      <button type="submit" class="button">{words.show}</button>
    </form>
  );
}

interface DateProps {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onValue(value: string): void;
}

function Date({ label, onValue, ...rest }: DateProps): JSX.Element {
  const id = useId();
  return (
    <div class="date">
      <label for={id}>{label}</label>
      <input {...rest} id={id} type="date" required onInput={({ currentTarget }) => onValue(currentTarget.value)} />
    </div>
  );
}
