import type { Author } from '../../sdk/index.ts';
import type { Messenger } from '../model.ts';
import { fill } from '../strings/index.ts';
import css from '../theme/typing.css?inline';
import { Avatar } from './avatar.tsx';
import { wear } from './later.ts';
import { typingStrings } from './typing-strings.ts';
import { h } from '../view/h.ts';

wear(css);

/**
 * Three dots, fetched when somebody types; the style sheet shows them after a moment, so that short bursts do not flicker. They take
 * their place then, and what is drawn anew keeps the end in sight.
 */
export function Typing({ model, author }: { model: Messenger; author: Author }): JSX.Element {
  const name = author.displayName || model.options.businessName;
  return (
    <div class="message theirs opens closes typing" role="status" onanimationend={() => model.set({})}>
      <Avatar name={name} url={author.avatarUrl} />
      <div class="bubble">
        <i />
        <i />
        <i />
      </div>
      <span class="meta">{fill(typingStrings(model).supportTyping, { author: name })}</span>
    </div>
  );
}
