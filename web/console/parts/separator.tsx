import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { h } from 'preact';
import type { JSX } from 'preact';

export interface Bounds {
  least: number;
  most: number;
  usual: number;
}

const stepPx = 16;
const storedAs = 'parlor.console.width.';
const widths = new Map<string, Signal<number>>();

/** How wide a pane is, in this browser. */
export function widthOf(pane: string, { least, most, usual }: Bounds): Signal<number> {
  const known = widths.get(pane) ?? signal(Math.min(most, Math.max(least, Number(localStorage.getItem(storedAs + pane)) || usual)));
  widths.set(pane, known);
  return known;
}

interface SeparatorProps {
  pane: string;
  label: string;
  bounds: Bounds;
  /** The pane stands after the line, so that it grows to the other side. */
  isAfter?: boolean;
}

/** The line between two panes, which can be moved: by the pointer, by arrow keys, and back by a double click. */
export function Separator({ pane, label, bounds, isAfter }: SeparatorProps): JSX.Element {
  const width = widthOf(pane, bounds);
  const set = (wanted: number) => {
    width.value = Math.round(Math.min(bounds.most, Math.max(bounds.least, wanted)));
    localStorage.setItem(storedAs + pane, String(width.value));
  };
  const sign = isAfter ? -1 : 1;
  const pressed = ({ currentTarget, pointerId, clientX }: PointerEvent & { currentTarget: HTMLElement }) => {
    const from = width.value;
    currentTarget.setPointerCapture(pointerId);
    currentTarget.onpointermove = (event) => set(from + sign * (event.clientX - clientX));
    currentTarget.onlostpointercapture = () => (currentTarget.onpointermove = null);
  };
  const keyed = (event: KeyboardEvent) => {
    const to = { ArrowLeft: width.value - sign * stepPx, ArrowRight: width.value + sign * stepPx, Home: bounds.least, End: bounds.most }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    set(to);
  };
  return (
    <div
      class="separator"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuemin={bounds.least}
      aria-valuemax={bounds.most}
      aria-valuenow={width.value}
      onPointerDown={pressed}
      onKeyDown={keyed}
      onDblClick={() => set(bounds.usual)}
    />
  );
}
