import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';

const address = /(\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}])/i;

/** A text as text; web addresses in it become links that tell the other side nothing of this page. */
export function linked(text: string): Child {
  return text.split(address).map((part, i) =>
    i % 2 === 0 ? (
      part
    ) : (
      <a href={part} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
        {part}
      </a>
    ),
  );
}
