import { signal } from '@preact/signals';
import { en } from './en.ts';
import type { Texts } from './en.ts';

export type { Texts } from './en.ts';

export const languages = { en: 'English', de: 'Deutsch' };
export type Language = keyof typeof languages;

const storedAs = 'parlor.console.language';
const others: Record<Exclude<Language, 'en'>, () => Promise<Texts>> = { de: async () => (await import('./de.ts')).de };

export const language = signal<Language>('en');
/** What is said now: to be read where it is drawn, so that another language is seen at once. */
export const texts = signal<Texts>(en);
/** For dates, times and numbers: the language in the region of the browser. */
export const locale = signal('en-US');

function isLanguage(text: string | undefined | null): text is Language {
  return !!text && text in languages;
}

/** The language that was chosen in this browser, or else the first that the person wants and we have. */
export function preferred(wanted: readonly string[], stored: string | null): Language {
  if (isLanguage(stored)) return stored;
  return wanted.map((one) => one.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';
}

export function speakAsPreferred(): Promise<void> {
  return speak(preferred(navigator.languages, localStorage.getItem(storedAs)));
}

export function choose(chosen: Language): Promise<void> {
  localStorage.setItem(storedAs, chosen);
  return speak(chosen);
}

/** English where the other texts cannot be fetched. */
async function speak(wanted: Language): Promise<void> {
  const [spoken, said] = wanted === 'en' ? (['en', en] as const) : await others[wanted]().then((other) => [wanted, other] as const, () => ['en', en] as const);
  const region = navigator.languages.find((one) => one.toLowerCase().startsWith(spoken)) ?? navigator.language;
  language.value = spoken;
  texts.value = said;
  locale.value = String(new Intl.Locale(spoken, { region: new Intl.Locale(region).maximize().region }));
  document.documentElement.lang = spoken;
}
