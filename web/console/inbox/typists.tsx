import { h } from 'preact';
import type { JSX } from 'preact';
import { texts } from '../strings/index.ts';
import type { Thread } from './thread.ts';

/** Who is writing now: the user, or a colleague, whom one had better not answer beside. */
export function Typists({ thread }: { thread: Thread }): JSX.Element {
  const { thread: words, inbox } = texts.value;
  return (
    <div class="typists" role="status">
      {[...thread.typists.all.value].map(([id, { name, isAgent, isNote }]) => (
        <p key={id} class={isAgent ? 'typist agent' : 'typist'}>
          <span class="dots" aria-hidden="true"><i /><i /><i /></span>
          {isNote ? words.noting(name) : isAgent ? words.answering(name) : words.typing(name || inbox.anonymous)}
        </p>
      ))}
    </div>
  );
}
