import { h } from 'preact';
import type { JSX } from 'preact';
import { Icon } from '../../parts/icon.tsx';
import { locale } from '../../strings/index.ts';
import { adminTexts } from '../words.ts';
import type { HoursShown, Interval } from './hours.ts';

/** What the hours mean now and in the next days, by clocks in the app's time zone. */
export function Preview({ hours: { now, nextDays, timeZone } }: { hours: HoursShown }): JSX.Element {
  const { hours: words } = adminTexts.value;
  const turns = now.turnsAt && new Intl.DateTimeFormat(locale.value, { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', timeZone }).format(new Date(now.turnsAt));
  const dayName = (date: string) => new Intl.DateTimeFormat(locale.value, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(date));
  return (
    <section class="subject hours-now" aria-label={words.nextDays}>
      <p class={now.open ? 'verdict' : 'verdict away'} role="status">
        <Icon name={now.open ? 'check' : 'snoozed'} />
        <span>
          <strong>{now.open ? words.openNow : words.closedNow}</strong>
          {' '}
          {now.open ? (turns ? words.closesAt(turns) : words.alwaysOpen) : turns ? words.opensAt(turns) : words.neverOpens}
        </span>
      </p>
      <ol class="next-days">
        {nextDays.map(({ date, holiday, hours }) => (
          <li key={date}>
            <span>{dayName(date)}</span>
            {hours.length ? hours.map((one) => <span key={one.from}>{spanOf(one)}</span>) : <span class="quiet">{words.closed}</span>}
            {holiday && <span class="quiet cut" title={holiday}>{holiday}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function spanOf({ from, to }: Interval): string {
  return `${from}–${to}`;
}
