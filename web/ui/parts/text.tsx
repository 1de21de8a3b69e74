import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';

/** Of the web, or of a mailbox that begins where a word does: a part of a name is nobody's address. */
const address = /(\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}]|(?<![^\s(<,;:"'])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/i;

/** A text as text; addresses in it become links that tell the other side nothing of this page. */
export function linked(text: string): Child {
  return text.split(address).map((part, i) =>
    i % 2 === 0 ? (
      part
    ) : (
      <a href={part.includes(':') ? part : `mailto:${part}`} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
        {part}
      </a>
    ),
  );
}
