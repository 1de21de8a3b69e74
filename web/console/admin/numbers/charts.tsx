import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { locale } from '../../strings/index.ts';
import { adminTexts } from '../words.ts';
import { Chart } from './chart.tsx';
import { dayName } from './days.ts';
import { durationIn } from './durations.ts';
import type { Measure, Numbers } from './figures.ts';
import { changeOf, kinds, valueOf } from './figures.ts';

/** A change below this part has no colour. */
const notable = 0.05;

/** A chart for each of some measures. */
export function Charts({ numbers, measures }: { numbers: Numbers; measures: readonly Measure[] }): JSX.Element {
  const { numbers: words } = adminTexts.value;
  return (
    <div class="charts">
      {measures.map((measure) => {
        const value = valueOf(numbers.all, measure);
        const say = sayings[kinds[measure]];
        return (
          <Chart
            key={measure}
            {...words.charts[measure]}
            total={value === undefined ? '–' : say(value)}
            change={<Fragment>{measure === 'rated' && <Asked numbers={numbers} />}<Change of={measure} numbers={numbers} /></Fragment>}
            points={numbers.days.map((day) => ({ name: dayName(day.date), value: valueOf(day, measure) }))}
            whole={kinds[measure] === 'part' ? 1 : undefined}
            say={say}
          />
        );
      })}
    </div>
  );
}

const sayings = {
  count: (value: number) => new Intl.NumberFormat(locale.value).format(value),
  time: (value: number) => durationIn(locale.value, value),
  part: (value: number) => percent(value),
};

function percent(part: number): string {
  return new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: 0 }).format(part);
}

function Asked({ numbers: { all } }: { numbers: Numbers }): JSX.Element {
  return <span class="change">{adminTexts.value.numbers.asked(all.ratings?.asked ?? 0)}</span>;
}

/** How it compares with the days before. What is better has a colour, beside the words; how much comes in is neither good nor bad. */
function Change({ of, numbers: { all, before } }: { of: Measure; numbers: Numbers }): JSX.Element | null {
  const { numbers: words } = adminTexts.value;
  const kind = kinds[of];
  const by = changeOf(valueOf(all, of), valueOf(before, of), kind);
  if (by === undefined) return null;
  if (Math.abs(by) < 0.005) return <span class="change">{words.same}</span>;
  const said = kind === 'part' ? words.points(Math.round(Math.abs(by) * 100)) : percent(Math.abs(by));
  const isBetter = kind === 'part' ? by > 0 : by < 0;
  const tone = kind !== 'count' && Math.abs(by) >= notable && (isBetter ? 'better' : 'worse');
  return <span class={tone ? `change ${tone}` : 'change'}>{by > 0 ? words.more(said) : words.less(said)}</span>;
}
