import { h } from './view/h.ts';

const shapes = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 9l6 6 6-6',
  expand: 'M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7',
  shrink: 'M20 10h-6V4M14 10l6-6M4 14h6v6M10 14l-6 6',
  compose: 'M12 5H6a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-6M18.4 3.6a1.9 1.9 0 0 1 2.7 2.7L12.5 15l-3.5.9.9-3.5z',
  send: 'M12 19V5M5.5 11.5L12 5l6.5 6.5',
  clock: 'M12 7v5l3 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  tick: 'M5 12.5l4.5 4.5L19 7.5',
  seen: 'M2 12.5l4.5 4.5L15 8M11 16l1 1 9.5-9.5',
  alert: 'M12 8v5M12 16.5v.01M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  down: 'M12 5v14M5.5 12.5L12 19l6.5-6.5',
  cross: 'M6 6l12 12M18 6L6 18',
};

export type IconName = keyof typeof shapes;

/** A line drawing in the colour of the text around it; `back` turns with the direction of writing. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
