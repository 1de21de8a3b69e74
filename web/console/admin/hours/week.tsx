import { h } from 'preact';
import type { JSX } from 'preact';
import { locale } from '../../strings/index.ts';
import { adminTexts } from '../words.ts';
import { copied, weekdays } from './hours.ts';
import type { Hours, Weekday } from './hours.ts';
import { Intervals } from './intervals.tsx';

interface WeekProps {
  value: Hours['week'];
  onValue(value: Hours['week']): void;
  fault?: { day: Weekday; words: string };
}

const monday = Date.UTC(2026, 0, 5);
const dayMs = 24 * 60 * 60_000;

function nameOf(day: Weekday): string {
  return new Intl.DateTimeFormat(locale.value, { weekday: 'long', timeZone: 'UTC' }).format(monday + weekdays.indexOf(day) * dayMs);
}

/** The days of a week, each with its intervals. Monday's hours can be taken over for the other working days. */
export function Week({ value, onValue, fault }: WeekProps): JSX.Element {
  const { hours: words } = adminTexts.value;
  // A week without any hours is open throughout.
  const isSet = weekdays.some((day) => value[day].length > 0);
  return (
    <div class="week">
      {weekdays.map((day) => (
        <div key={day} role="group" aria-label={nameOf(day)}>
          <span class="weekday">{nameOf(day)}</span>
          <div>
            <Intervals of={nameOf(day)} value={value[day]} onValue={(intervals) => onValue({ ...value, [day]: intervals })} />
            {fault?.day === day && <p class="fault" role="alert">{fault.words}</p>}
          </div>
          {isSet && value[day].length === 0 && <span class="quiet">{words.closed}</span>}
          {day === 'monday' && value.monday.length > 0 && (
            <button type="button" class="plain" onClick={() => onValue(copied(value, 'monday', ['tuesday', 'wednesday', 'thursday', 'friday']))}>{words.toWorkdays}</button>
          )}
        </div>
      ))}
    </div>
  );
}
