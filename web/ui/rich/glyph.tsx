import { h } from '../view/h.ts';

const shapes = {
  tick: 'M5 12.5l4.5 4.5L19 7.5',
  before: 'M15 5l-7 7 7 7',
  after: 'M9 5l7 7-7 7',
  file: 'M13.500 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.500zM13.500 3v5.500H19',
  place: 'M12 21s7-6.100 7-11.500A7 7 0 0 0 5 9.500C5 14.900 12 21 12 21zM12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
};

/** A line drawing for messages that are more than a text. */
export function Glyph({ name }: { name: keyof typeof shapes }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
