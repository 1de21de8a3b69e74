import { h } from 'preact';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { texts } from '../strings/index.ts';
import type { Thread } from './thread.ts';
import { lineOf } from './words.ts';

/** Says to screen readers, politely and once, what users write while one looks on: the log itself says nothing, since older messages come to it, too. */
export function Announcer({ thread }: { thread: Thread }): JSX.Element {
  const { thread: words, inbox } = texts.value;
  const from = useRef<number | undefined>(undefined);
  const newest = thread.lastNumber;
  if (thread.state.value === 'still') from.current ??= newest;
  const said = thread.items.value.flatMap((item) => (item.kind === 'message' && item.message.number > (from.current ?? Infinity) && item.message.author.type === 'user' ? item.message : []));
  return (
    <div class="hidden" aria-live="polite">
      {said.map((message) => <p key={message.id}>{words.says(message.author.displayName || inbox.anonymous, lineOf(message, texts.value))}</p>)}
    </div>
  );
}
