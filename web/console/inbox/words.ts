import type { Entry, Message } from '../api/inbox.ts';
import type { Texts } from '../strings/index.ts';

/** Who an entry is about. */
export function nameOf({ person, people, displayName }: Entry, { inbox }: Texts): string {
  if (displayName) return displayName;
  const name = person?.name || inbox.anonymous;
  return people > 1 ? inbox.group(name, people - 1) : name;
}

/** A message in one line. */
export function lineOf(message: Message | undefined, { inbox }: Texts): string {
  if (!message) return inbox.noText;
  const { type, text, altText } = message.content;
  const kind = type === 'text' ? undefined : inbox.kinds[type as keyof Texts['inbox']['kinds']];
  const said = (type === 'text' ? text : altText)?.replace(/\s+/g, ' ').trim();
  const line = [kind, said].filter(Boolean).join(': ') || inbox.noText;
  return message.author.type === 'business' ? `${message.author.displayName ?? ''}: ${line}`.replace(/^: /, '') : line;
}
