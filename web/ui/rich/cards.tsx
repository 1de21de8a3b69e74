import type { Item, Message } from '../../sdk/index.ts';
import { counted } from '../strings/index.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import type { Buttons } from './actions.tsx';
import { Glyph } from './glyph.tsx';
import { Link, addressOf } from './links.tsx';
import type { Gallery } from './media.tsx';
import type { RichStrings } from './strings.ts';

interface Parts {
  buttons: Buttons;
  gallery: Gallery;
  strings: RichStrings;
}

/** Cards side by side: moved by touch, by two buttons, or by arrow keys. */
export function Carousel({ message, parts }: { message: Message; parts: Parts }): JSX.Element {
  const { items = [], displaySettings } = message.content;
  const { strings } = parts;
  const isSquare = displaySettings?.imageAspectRatio === 'square';
  return (
    <div class={isSquare ? 'carousel square' : 'carousel'}>
      <ul class="cards" role="list" tabindex={0} aria-label={counted(strings, 'cards', items.length)} drawn={settle} onscroll={({ currentTarget }) => settle(currentTarget)}>
        {items.map((item) => (
          <li class="card">{cardOf(message, item, parts)}</li>
        ))}
      </ul>
      {items.length > 1 && [turner('before', strings.previousCard, -1), turner('after', strings.nextCard, 1)]}
    </div>
  );
}

/** Cards one below the other, and what can be done about all of them. */
export function CardList({ message, parts }: { message: Message; parts: Parts }): JSX.Element {
  const { items = [], actions } = message.content;
  return (
    <div class="bubble list">
      <ul role="list">
        {items.map((item) => (
          <li class={`card ${item.size ?? 'compact'}`}>{cardOf(message, item, parts)}</li>
        ))}
      </ul>
      {parts.buttons.picture(message, actions)}
    </div>
  );
}

/** A touch anywhere on a card with a default link follows that; what it says is the title, and where it leads. */
function cardOf(message: Message, item: Item, { buttons, gallery }: Parts): Child {
  const { title, description, actions } = item;
  const main = actions.find((action) => action.type === 'link' && action.default);
  const url = addressOf(main?.uri);
  return [
    gallery.thumbnail(item, url !== undefined),
    <div class="about">
      <p class="card-title" dir="auto">
        {url ? <Link url={url} words={title} kind="whole">{title}</Link> : title}
      </p>
      {description && <p class="description" dir="auto">{description}</p>}
    </div>,
    buttons.picture(message, actions),
  ];
}

function turner(name: 'before' | 'after', label: string, by: 1 | -1): JSX.Element {
  return (
    <button class={`turn ${name}`} type="button" aria-label={label} onclick={({ currentTarget }) => turn(currentTarget, by)}>
      <Glyph name={name} />
    </button>
  );
}

function turn(button: HTMLElement, by: 1 | -1): void {
  const cards = button.parentElement?.querySelector('.cards');
  const [first, second] = cards?.children ?? [];
  if (!cards || !first || !second) return;
  // From right to left the second card stands at a smaller place, and so the sign comes right by itself.
  cards.scrollBy({ left: by * (second.getBoundingClientRect().left - first.getBoundingClientRect().left) });
}

/** Says of each button whether there is anything left that way. A button that has the focus keeps it. */
function settle(cards: HTMLElement): void {
  const passed = Math.abs(cards.scrollLeft);
  const left = cards.scrollWidth - cards.clientWidth - passed;
  const [before, after] = cards.parentElement?.querySelectorAll('.turn') ?? [];
  before?.setAttribute('aria-disabled', String(passed < 2));
  after?.setAttribute('aria-disabled', String(left < 2));
}
