import type { Messenger } from '../model.ts';
import type { Translated } from './index.ts';

/** The texts of a later part: the English ones as the host page wants errors to begin, with those of the language and the host page's own in their place. */
export function laid<Texts extends Record<string, string>>(english: Texts, { options: { strings } }: Messenger): Translated<Texts> {
  const { errorPrefix = '' } = strings as { errorPrefix?: string };
  const prefixed = Object.entries(english).map(([name, text]) => [name, /Error|^location/.test(name) ? errorPrefix + text : text]);
  return { ...(Object.fromEntries(prefixed) as Translated<Texts>), ...strings };
}
