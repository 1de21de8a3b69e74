import { localeOf } from '../time.ts';
import { en } from './en.ts';
import type { Strings } from './en.ts';

export type { Strings };

const rightToLeft = ['ar', 'fa', 'he', 'ur'];

/** The texts, with the host page's own in place of ours, those for later parts among them. */
export function stringsFor(custom: Record<string, unknown> = {}): Strings {
  const own = Object.entries(custom).filter(([, text]) => typeof text === 'string');
  return { ...en, ...Object.fromEntries(own) };
}

/**
 * The locale for the times, dates and sizes that stand among these texts: where they are ours, English in the region of the person's
 * own locale, so that a line is of one language; where the host page says them in its own words, that locale.
 */
export function localeAmong(strings: Strings, locale: string): string {
  return strings.messageDelivered === en.messageDelivered ? localeOf(`en-${new Intl.Locale(locale).maximize().region}`) : locale;
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
  return rightToLeft.includes(locale.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

