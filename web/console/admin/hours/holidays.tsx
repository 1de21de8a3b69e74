import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Switch } from '../../parts/switch.tsx';
import { adminTexts } from '../words.ts';
import type { Holiday } from './hours.ts';
import { nextInterval } from './hours.ts';
import { DayField } from './day-field.tsx';
import { Intervals } from './intervals.tsx';

const most = 200;

interface HolidaysProps {
  value: Holiday[];
  onValue(value: Holiday[]): void;
  fault?: { at: number; words: string };
}

/** Days that go by hours of their own. */
export function Holidays({ value, onValue, fault }: HolidaysProps): JSX.Element {
  const { hours: words } = adminTexts.value;
  return (
    <>
      {value.length === 0 && <p class="nothing">{words.noHolidays}</p>}
      <div class="holidays">
        {value.map((one, i) => (
          <div key={i} role="group" aria-label={one.name || words.unnamed(i + 1)}>
            <OneHoliday
              value={one}
              onValue={(holiday) => onValue(value.map((other, at) => (at === i ? holiday : other)))}
              remove={() => onValue(value.filter((_, at) => at !== i))}
              isNew={one.name === ''}
            />
            {fault?.at === i && <p class="fault" role="alert">{fault.words}</p>}
          </div>
        ))}
      </div>
      {value.length < most && (
        <button type="button" class="button" onClick={() => onValue([...value, { name: '', first: '', last: '', hours: [] }])}>
          <Icon name="plus" />
          {words.addHoliday}
        </button>
      )}
    </>
  );
}

function OneHoliday({ value, onValue, remove, isNew }: { value: Holiday; onValue(value: Holiday): void; remove(): void; isNew: boolean }): JSX.Element {
  const { hours: words } = adminTexts.value;
  const remark = words.removeHoliday(value.name);
  return (
    <>
      <div class="holiday">
        <Field label={words.name} value={value.name} onValue={(name) => onValue({ ...value, name })} maxLength={100} autocomplete="off" required autofocus={isNew} />
        {/* One day is the usual: the last day goes along with the first one until it is another one. */}
        <DayField label={words.first} value={value.first} onValue={(first) => onValue({ ...value, first, last: value.last === value.first || value.last < first ? first : value.last })} />
        <DayField label={words.last} value={value.last} onValue={(last) => onValue({ ...value, last })} />
        <button type="button" class="tool" aria-label={remark} title={remark} onClick={remove}>
          <Icon name="trash" />
        </button>
      </div>
      <Switch label={words.otherHours} isOn={value.hours.length > 0} toggle={(isOn) => onValue({ ...value, hours: isOn ? [nextInterval([])] : [] })} />
      {value.hours.length > 0 && <Intervals of={value.name} value={value.hours} onValue={(hours) => onValue({ ...value, hours })} />}
    </>
  );
}
