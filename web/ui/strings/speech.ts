import { localeOf } from '../time.ts';
import type { Strings } from './en.ts';

/** What assistive technology calls the chat and its launcher. */
export interface Names {
  title: string;
  open: string;
  close: string;
  dismiss: string;
}

/** What is said to somebody, and how. */
export interface Spoken {
  /** The locale of those that they want that decided. */
  wanted: string;
  strings: Strings;
  /** For the times, dates and sizes that stand among the strings. */
  locale: string;
  /** Absent: as the page is written. */
  direction?: 'rtl' | 'ltr';
  /** Absent: the English ones. */
  names?: Names;
}

/** All but English, each a part of its own with all texts of the messenger, those of other later parts among them. */
const languages = {
  ar: () => import('./ar.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  ja: () => import('./ja.ts'),
  pt: () => import('./pt.ts'),
  zh: () => import('./zh.ts'),
};

const ours = ['en', ...Object.keys(languages)];
const rightToLeft = ['ar', 'fa', 'he', 'ur'];

/** Of the locales that somebody wants, best first: the first whose language we have, or else the first. */
export function choose(wanted: readonly string[]): string {
  return localeOf(wanted.find((locale) => ours.includes(locale.toLowerCase().split(/[-_]/)[0] ?? '')) ?? wanted[0] ?? '');
}

/** What is said instead of plain English: in the language of the locales, and with the host page's own texts in place of ours. The document is called so, too. */
export async function speech(plain: Spoken, wantedLocales: readonly string[], custom: Record<string, unknown>): Promise<Spoken> {
  const wanted = choose(wantedLocales);
  const { language: code } = new Intl.Locale(wanted);
  const fetched = code in languages ? languages[code as keyof typeof languages]() : undefined;
  const { language, texts } = (await fetched?.catch(() => undefined)) ?? { language: 'en', texts: plain.strings };
  const own = Object.entries(custom).filter(([, text]) => typeof text === 'string');
  const said = Object.fromEntries(own) as Partial<Strings>;
  // The documented widget has one text for what was seen; ours has another one with the time.
  if (said.messageSeen !== undefined) said.messageSeenAt ??= `${said.messageSeen} {value}`;
  const strings = { title: 'Chat', open: 'Open chat', dismiss: 'Dismiss', ...texts, ...said };
  const { title, open, close, dismiss, messageDelivered } = strings;
  const spoken: Spoken = {
    wanted,
    strings,
    locale: messageDelivered === texts.messageDelivered ? localeAmong(language, wanted) : wanted,
    direction: rightToLeft.includes(code) ? 'rtl' : language === 'en' ? undefined : 'ltr',
    names: { title, open, close, dismiss },
  };
  document.title = title;
  if (own.some(([name]) => /Prefix|Format|^tap/.test(name))) (await import('./own.ts').catch(() => undefined))?.adopt(spoken);
  return spoken;
}

/** Among our texts, their language in the region of the person, so that a line is of one language. Where the host page has its own words, its locale. */
export function localeAmong(language: string, locale: string): string {
  return String(new Intl.Locale(language, { region: new Intl.Locale(locale).maximize().region }));
}
