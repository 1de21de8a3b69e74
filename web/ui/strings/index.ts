import { localeOf } from '../time.ts';
import { en } from './en.ts';
import type { Counted } from './en.ts';
import type { Spoken } from './speech.ts';

export type { Strings, Translated } from './en.ts';
export type { Names, Spoken } from './speech.ts';

/**
 * What is said to somebody who wants these locales, the best first, with the host page's own texts in place of ours. Plain English
 * is here; all else is fetched, and English where it cannot be.
 */
export async function speak(wanted: readonly string[], custom: Record<string, unknown>): Promise<Spoken> {
  const [best = ''] = wanted;
  const locale = localeOf(best);
  const plain = { wanted: locale, locale, strings: en };
  if (/^en/i.test(best) && !Object.keys(custom)[0]) return plain;
  return import('./speech.ts').then(({ speech }) => speech(plain, wanted, custom)).catch(() => plain);
}

/** Fills `{name}` in. A name without a value stays as it is. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

type Countable<Texts> = keyof Texts extends infer K ? (K extends `${infer Name}Singular` ? Name : never) : never;

/** The form of the text that goes with the count, filled in. */
export function counted<Texts>(strings: Texts, name: Countable<Texts>, count: number): string {
  const about: string = name;
  const text = (strings as Record<string, string | Counted>)[`${about}${count === 1 ? 'Singular' : 'Plural'}`] as string | Counted;
  return fill(typeof text === 'string' ? text : text(count), { count });
}
