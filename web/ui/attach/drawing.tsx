import { h } from '../view/h.ts';

const shapes = {
  clip: 'M20.500 11.500l-8.200 8.200a5.400 5.400 0 0 1-7.600-7.600l8.500-8.500a3.600 3.600 0 0 1 5.100 5.100l-8.500 8.500a1.800 1.800 0 0 1-2.500-2.500l7.800-7.900',
  place: 'M12 21s7-6.100 7-11.500A7 7 0 0 0 5 9.500C5 14.900 12 21 12 21zM12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
};

/** A line drawing for what is sent beside words. */
export function Drawing({ name }: { name: keyof typeof shapes }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
