/** Markup that is put together without a way to forget the escaping: what is not {@link Html} becomes text. */

/** Markup that is known to be well-formed. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a template takes: text is escaped, lists are joined, and what is absent says nothing. */
export type Part = Html | string | number | undefined | false | readonly Part[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that is safe between tags and inside quoted attributes. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function markup(part: Part): string {
  if (part instanceof Html) return part.text;
  if (part === undefined || part === false) return '';
  if (typeof part === 'object') return part.map(markup).join('');
  return escape(String(part));
}

/** Markup with parts set in, between tags or inside quoted attributes. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.map((text, i) => text + markup(parts[i])).join(''));
}

/** Parts with something between them. */
export function joined(parts: readonly Part[], between: Part): Part {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [between, part]));
}
