import { en } from './en.ts';
import type { Strings } from './en.ts';

export type { Strings };

/** The languages besides English, each fetched when it is wanted. */
const languages: Record<string, () => Promise<Strings>> = {};

const rightToLeft = ['ar', 'fa', 'he', 'ur'];

/**
 * The texts for a BCP 47 locale, with the host page's own in place of ours, those for later parts among them. Unknown languages are English.
 */
export async function stringsFor(locale: string, custom: Record<string, unknown> = {}): Promise<Strings> {
  const load = languages[languageOf(locale)];
  const base = load ? await load().catch(() => en) : en;
  const own = Object.entries(custom).filter(([, text]) => typeof text === 'string');
  return { ...base, ...Object.fromEntries(own) };
}

/** Fills `{name}` in. A name without a value stays as it is. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

type Countable = keyof Strings extends infer K ? (K extends `${infer Name}Singular` ? Name : never) : never;

/** The singular or plural form for the count, filled in. */
export function counted(strings: Strings, name: Countable, count: number): string {
  return fill(strings[`${name}${count === 1 ? 'Singular' : 'Plural'}`], { count });
}

export function directionOf(locale: string): 'rtl' | 'ltr' {
  return rightToLeft.includes(languageOf(locale)) ? 'rtl' : 'ltr';
}

function languageOf(locale: string): string {
  return locale.toLowerCase().split('-')[0] ?? 'en';
}
