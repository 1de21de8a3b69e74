import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { adminTexts } from '../words.ts';

export interface Point {
  /** What stands below it, such as a date. */
  name: string;
  value: number | undefined;
}

interface ChartProps {
  title: string;
  question: string;
  /** Of all points together, in words. */
  total: string;
  /** How it compares, where that is known. */
  change: JSX.Element | undefined;
  points: Point[];
  /** What a bar of full height stands for; absent: the highest of them. */
  whole?: number;
  say(value: number): string;
}

const steps: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7, Home: -Infinity, End: Infinity };

/**
 * One question, answered by a bar for each day on a base of zero. What a day has stands above the bars, for the pointer and for the arrow keys; who listens has a
 * slider over the days.
 */
export function Chart({ title, question, total, change, points, whole, say }: ChartProps): JSX.Element {
  const [at, setAt] = useState<number | undefined>();
  const { numbers: words } = adminTexts.value;
  const highest = points.reduce<Point | undefined>((most, point) => ((point.value ?? 0) > (most?.value ?? 0) ? point : most), undefined);
  const last = points.length - 1;
  const said = ({ name, value }: Point) => `${name}: ${value === undefined ? words.noneThen : say(value)}`;
  const shown = points[at ?? last];
  const readout = at !== undefined && shown ? said(shown) : highest && words.most(said(highest));
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setAt(Math.min(Math.max((at ?? last) + step, 0), last));
  };
  return (
    <figure class="chart">
      <figcaption>
        <h2>{title}</h2>
        <p class="quiet">{question}</p>
      </figcaption>
      <p class="chart-total">
        <strong>{total}</strong> {change}
      </p>
      <div
        class="plot"
        role="slider"
        tabIndex={0}
        aria-label={words.byDay(title)}
        aria-valuemin={1}
        aria-valuemax={points.length}
        aria-valuenow={(at ?? last) + 1}
        aria-valuetext={shown && said(shown)}
        onKeyDown={move}
        onPointerLeave={() => setAt(undefined)}
        onBlur={() => setAt(undefined)}
      >
        <p class="readout" aria-hidden="true">{readout}</p>
        <div class="bars" aria-hidden="true">
          {points.map(({ name, value }, i) => (
            <span key={name} class={i === at ? 'bar at' : 'bar'} style={{ '--part': (value ?? 0) / (whole ?? highest?.value ?? 1) }} onPointerEnter={() => setAt(i)} />
          ))}
        </div>
        <p class="ends" aria-hidden="true">
          <span>{points[0]?.name}</span>
          <span>{points[last]?.name}</span>
        </p>
      </div>
    </figure>
  );
}
