import { signal } from '@preact/signals';
import { language } from '../../strings/index.ts';
import type { Language } from '../../strings/index.ts';

export interface Emoji {
  sign: string;
  name: string;
  /** Other words for it, with spaces between them. */
  words: string;
  group: number;
}

/** Those of a language, in the order of Unicode, once they were wanted there. */
const known = signal<Partial<Record<Language, readonly Emoji[]>>>({});
const fetches = { en: async () => (await import('emoji:en')).default, de: async () => (await import('emoji:de')).default };
const storedAs = 'parlor.console.emoji';
const kept = 24;

/** Undefined as long as they are not there; {@link fetchEmoji} brings them. */
export function allEmoji(): readonly Emoji[] | undefined {
  return known.value[language.value];
}

export async function fetchEmoji(): Promise<void> {
  const wanted = language.value;
  if (known.value[wanted]) return;
  const all = await fetches[wanted]();
  known.value = { ...known.value, [wanted]: all.map(([sign, name, words, group]) => ({ sign, name, words, group })) };
}

/** Those that are meant: by the beginning of their name, of one of their words, or by a part of either. */
export function emojiMeant(all: readonly Emoji[], query: string): Emoji[] {
  const sought = query.trim().toLocaleLowerCase().replaceAll('_', ' ');
  const ranked = all.map((emoji) => ({ emoji, at: rankOf(emoji, sought) })).filter(({ at }) => at < never);
  return ranked.sort((a, b) => a.at - b.at).map(({ emoji }) => emoji);
}

const never = 4;

function rankOf({ name, words }: Emoji, sought: string): number {
  const [title, others] = [name.toLocaleLowerCase(), ` ${words.toLocaleLowerCase().replaceAll('_', ' ')} `];
  if (others.includes(` ${sought} `)) return 0;
  if (title.startsWith(sought)) return 1;
  if (others.includes(` ${sought}`) || title.includes(` ${sought}`)) return 2;
  return title.includes(sought) ? 3 : never;
}

/** The signs that were taken last in this browser, the newest first. */
export function recentSigns(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storedAs) ?? '[]');
    return Array.isArray(stored) ? stored.filter((sign): sign is string => typeof sign === 'string') : [];
  } catch {
    return [];
  }
}

export function noteTaken(sign: string): void {
  const others = recentSigns().filter((one) => one !== sign);
  localStorage.setItem(storedAs, JSON.stringify([sign, ...others].slice(0, kept)));
}
