import { h } from 'preact';
import type { JSX } from 'preact';

/** Line drawings on a square of 16. */
const shapes = {
  inbox: 'M2 9.5h3.2l1 2h3.6l1-2H14M2 9.5 3.8 3h8.4L14 9.5V13H2z',
  waiting: 'M8 4.5V8l2.3 1.6M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z',
  mine: 'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zm-5 5.5c.5-2.2 2.5-3.5 5-3.5s4.5 1.3 5 3.5',
  unassigned: 'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zm-5 5.5c.4-2 2-3.2 4.2-3.5M10.5 12h4M12.5 10v4',
  open: 'M2.5 4h11v7H8l-3 2.5V11H2.5z',
  snoozed: 'M6.5 3a5.5 5.5 0 1 0 6.8 7A5 5 0 0 1 6.5 3zM10 3h3.5L10 7h3.5',
  closed: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM5.5 8.2l1.8 1.8 3.2-3.7',
  people: 'M6 7.5A2.25 2.25 0 1 0 6 3a2.25 2.25 0 0 0 0 4.5zM1.5 13c.4-2.1 2.2-3.3 4.5-3.3s4.1 1.2 4.5 3.3M10.5 3.2a2.25 2.25 0 0 1 0 4.1M12 9.9c1.4.4 2.3 1.5 2.5 3.1',
  plus: 'M8 3v10M3 8h10',
  check: 'M3.5 8.5l3 3 6-7',
  seen: 'M1.5 8.5l3 3 6-7M8 11l.5.5 6-7',
  cross: 'M4 4l8 8M12 4l-8 8',
  chevron: 'M4.5 6.5 8 10l3.5-3.5',
  updown: 'M5 6l3-3 3 3M5 10l3 3 3-3',
  back: 'M10 3 5 8l5 5',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  more: 'M3.5 8v.01M8 8v.01M12.5 8v.01',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z',
  alert: 'M8 5v3.5M8 11v.01M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z',
  keyboard: 'M1.5 4h13v8h-13zM4 6.5v.01M6.7 6.5v.01M9.3 6.5v.01M12 6.5v.01M5 9.5h6',
  leave: 'M6 13.5H2.5v-11H6M6.5 8h7M10.5 5l3 3-3 3',
  pen: 'M3 13l.6-2.8L11 2.8l2.2 2.2-7.4 7.4z',
  trash: 'M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.5 9h7l.5-9',
  note: 'M3 2.5h10v7L9.5 13.5H3zM9.5 13.5v-4H13M5.5 5.5h5M5.5 8h3',
  tag: 'M2.5 2.5h5l6 6-5 5-6-6zM5.2 5.2v.01',
  send: 'M2.5 8 13.5 3 10 13.5 7.5 9z',
  person: 'M2 3h12v10H2zM10 3v10M4.2 6h3.5M4.2 8.5h3.5',
  offline: 'M2 2l12 12M4 8.5a6 6 0 0 1 2-1.4M1.8 6.2a9 9 0 0 1 2.5-1.7M8 4c2.3 0 4.5.8 6.2 2.2M10.5 7.5c.6.2 1.1.6 1.5 1M6.5 11a2.2 2.2 0 0 1 3 0M8 13v.01',
  down: 'M8 3v10M3.5 8.5 8 13l4.5-4.5',
  shieldNone: 'M8 1.8 13 3.5v4c0 3-2 5.4-5 6.7-3-1.3-5-3.7-5-6.7v-4zM6.6 6.2c.1-.9.7-1.4 1.5-1.4.9 0 1.5.6 1.5 1.3 0 1.1-1.5 1.2-1.5 2.4M8 10.8v.01',
  shieldText: 'M8 1.8 13 3.5v4c0 3-2 5.4-5 6.7-3-1.3-5-3.7-5-6.7v-4zM5.8 7.5h4.4',
  shieldMail: 'M8 1.8 13 3.5v4c0 3-2 5.4-5 6.7-3-1.3-5-3.7-5-6.7v-4zM5.5 5.8h5v3.7h-5zM5.5 6 8 8l2.5-2',
  shieldCheck: 'M8 1.8 13 3.5v4c0 3-2 5.4-5 6.7-3-1.3-5-3.7-5-6.7v-4zM5.6 7.8l1.7 1.7 3.1-3.6',
};

export type IconName = keyof typeof shapes;

export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
