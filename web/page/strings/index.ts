import type { Spoken } from '../../ui/strings/index.ts';
import { en } from './en.ts';
import type { PageStrings } from './en.ts';

export type { PageStrings };

/** What is said, by the messenger and by the page around it. */
export interface Language {
  spoken: Spoken;
  strings: PageStrings;
}

const languages: Record<string, (() => Promise<{ texts: PageStrings }>) | undefined> = {
  ar: () => import('./ar.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  ja: () => import('./ja.ts'),
  pt: () => import('./pt.ts'),
  zh: () => import('./zh.ts'),
};

/** What only the page says, in the language of the locale. English where we do not have it, and where it cannot be fetched. */
export async function pageStrings(locale: string): Promise<PageStrings> {
  const fetched = languages[locale.split('-')[0] as string]?.().catch(() => undefined);
  return (await fetched)?.texts ?? en;
}
