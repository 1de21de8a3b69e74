import { h } from 'preact';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon.tsx';
import { adminTexts } from '../words.ts';
import { endOf, endsNextDay, inField, nextInterval } from './hours.ts';
import type { Interval } from './hours.ts';

const most = 8;

interface IntervalsProps {
  /** What day they are of, for those who do not see it. */
  of: string;
  value: Interval[];
  onValue(value: Interval[]): void;
}

/** The intervals of a day: from and to, one below the other. Whoever uses a keyboard goes on at what was added, or where more could be. */
export function Intervals({ of, value, onValue }: IntervalsProps): JSX.Element {
  const { hours: words } = adminTexts.value;
  const [added, setAdded] = useState<number | undefined>();
  const more = useRef<HTMLButtonElement>(null);
  const set = (at: number, interval: Interval) => onValue(value.map((one, i) => (i === at ? interval : one)));
  const word = value.length ? words.addMore : words.add;
  const add = () => {
    setAdded(value.length);
    onValue([...value, nextInterval(value)]);
  };
  const remove = (at: number) => {
    setAdded(undefined);
    onValue(value.filter((_, i) => i !== at));
    more.current?.focus();
  };
  return (
    <div class="intervals">
      {value.map((one, i) => (
        <div key={i} class="interval">
          <input ref={i === added ? focus : undefined} type="time" required aria-label={words.fromOf(of, i + 1)} value={one.from} onInput={({ currentTarget }) => set(i, { ...one, from: currentTarget.value })} />
          <span aria-hidden="true">–</span>
          <input type="time" required aria-label={words.toOf(of, i + 1)} value={inField(one.to)} onInput={({ currentTarget }) => set(i, { ...one, to: endOf(currentTarget.value) })} />
          <button type="button" class="tool" aria-label={words.removeOf(of, i + 1)} title={words.removeOf(of, i + 1)} onClick={() => remove(i)}>
            <Icon name="cross" />
          </button>
          {endsNextDay(one) && <span class="quiet">{words.nextDay}</span>}
        </div>
      ))}
      {value.length < most && (
        <button ref={more} type="button" class="plain" aria-label={`${word}: ${of}`} onClick={add}>
          {word}
        </button>
      )}
    </div>
  );
}

function focus(input: HTMLInputElement | null): void {
  input?.focus();
}
