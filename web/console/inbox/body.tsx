import { h } from 'preact';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { markup } from '../../ui/rich/markup.tsx';
import { linked } from '../../ui/parts/text.tsx';
import { draw } from '../../ui/view/draw.ts';
import { h as picture } from '../../ui/view/h.ts';
import type { Child } from '../../ui/view/h.ts';
import type { Message } from '../api/inbox.ts';
import { bodies, drawn, isPlain } from './bodies.ts';

/** What only users may press or fill in. */
const forUsers = '.actions, form';

/** What a message says, drawn by the parts that draw it for its user. Until they are there it is said in words. */
export function Body({ message }: { message: Message }): JSX.Element {
  const parts = isPlain(message) ? undefined : bodies();
  const turn = drawn.value;
  return <Drawn of={() => parts?.message(message) ?? bubble(linked(message.content.text ?? ''))} by={[message, parts, turn]} />;
}

/** A note, in the markup that the server takes for safe. */
export function NoteBody({ html }: { html: string }): JSX.Element {
  return <Drawn of={() => bubble(markup(html), 'bubble html')} by={[html]} />;
}

export function PlainBody({ text }: { text: string }): JSX.Element {
  return <Drawn of={() => bubble(linked(text))} by={[text]} />;
}

function bubble(inside: Child, kind = 'bubble'): Child {
  return picture('div', { class: kind, dir: 'auto' }, inside);
}

/** The bridge between the two ways of drawing: a place that the messenger's own fills. Nothing but the place is known to Preact. */
function Drawn({ of, by }: { of(): Child; by: unknown[] }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = place.current as HTMLDivElement;
    draw(picture('div', { class: 'body-parts' }, of()), element);
    for (const part of element.querySelectorAll<HTMLElement>(forUsers)) part.inert = true;
  }, by);
  return <div ref={place} class="body" />;
}
