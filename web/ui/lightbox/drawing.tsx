import { h } from '../view/h.ts';

const shapes = {
  before: 'M15 5l-7 7 7 7',
  after: 'M9 5l7 7-7 7',
  save: 'M12 4v11M7 10.500l5 5 5-5M5 20h14',
  zoom: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l5 5M8 11h6M11 8v6',
  broken: 'M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M3 3l18 18',
};

/** A line drawing of the lightbox. */
export function Drawing({ name }: { name: keyof typeof shapes }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
