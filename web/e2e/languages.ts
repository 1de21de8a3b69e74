/** What the messenger and the hosted page say in each language, for tests; and what is wrong with a view in one. */
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { en as page } from '../page/strings/en.ts';
import { english } from '../ui/strings/english.ts';
import type { Texts } from '../ui/strings/texts.ts';

export const languages = ['en', 'de', 'fr', 'es', 'pt', 'ar', 'ja', 'zh'] as const;
export type Language = (typeof languages)[number];

/** Names of companies and people, also as the first letter on a round sign, and what is the same everywhere. */
const names = /Fernhill|Mosswood|Kim|^[FMKL]$|https?|malformed|AI|x+/g;
/** Words that no other of these languages has. */
const onlyEnglish = /\b(?:the|you|your|is|are|not|to|of|ago|and|AM|PM)\b/;
const ownLetters: readonly Language[] = ['ar', 'ja', 'zh'];

export async function textsOf(language: Language): Promise<Texts> {
  if (language === 'en') return english;
  return ((await import(join(import.meta.dirname, `../ui/strings/${language}.ts`))) as { texts: Texts }).texts;
}

export async function pageTextsOf(language: Language): Promise<typeof page> {
  if (language === 'en') return page;
  return ((await import(join(import.meta.dirname, `../page/strings/${language}.ts`))) as { texts: typeof page }).texts;
}

/** What is English in a view in another language, names for assistive technology included. */
export async function englishIn(view: Frame | Page, language: Language): Promise<string[]> {
  if (language === 'en') return [];
  const own = Object.values({ ...(await textsOf(language)), ...(await pageTextsOf(language)) });
  const ours = Object.values({ ...english, ...page }).filter((text) => !own.includes(text) && !/^\{\w+\}: /.test(text));
  const said = await view.evaluate(() =>
    [...document.querySelectorAll('body :not(noscript)')].flatMap((element) => [
      ...[...element.childNodes].flatMap((node) => (node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim() ? [node.nodeValue.trim()] : [])),
      ...['aria-label', 'title', 'placeholder', 'alt', 'label'].flatMap((name) => element.getAttribute(name) ?? []),
    ]),
  );
  const isEnglish = (text: string) => {
    const left = text.replace(names, '');
    return ours.some((one) => matches(one, text)) || onlyEnglish.test(left) || (ownLetters.includes(language) && /[A-Za-z]/.test(left));
  };
  return said.filter(isEnglish);
}

/** Whether the text is the English one with anything for its variables. */
function matches(english: string, text: string): boolean {
  const pattern = english.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.+')}$`).test(text);
}

/** What is cut off or sticks out: of every element with a text of its own, and of the view. */
export function cutOff(view: Frame | Page): Promise<string[]> {
  return view.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? [`the document: ${document.documentElement.scrollWidth} px`] : [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const hasText = element.matches('textarea') || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
      const { left, right, width } = element.getBoundingClientRect();
      // What only screen readers are told is one pixel wide.
      if (!hasText || width <= 1) continue;
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      const name = `${element.tagName}.${element.className} "${element.textContent}"`;
      const isInline = getComputedStyle(element).display === 'inline';
      if (!isInline && scrollWidth > clientWidth) wide.push(`${name}: ${scrollWidth} in ${clientWidth} px`);
      if (element.matches('button') && scrollHeight > clientHeight + 1) wide.push(`${name}: ${scrollHeight} in ${clientHeight} px high`);
      if (left < -1 || right > innerWidth + 1) wide.push(`${name}: from ${left} to ${right}`);
    }
    return wide;
  });
}

/** Letters for which the browser has no shape: they look as one that nobody has. */
export function shapeless(view: Page, text: string): Promise<string[]> {
  const letters = [...new Set(text)].filter((letter) => /\p{L}/u.test(letter));
  return view.evaluate((all) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 48;
    const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
    context.font = '32px system-ui, sans-serif';
    const drawn = (letter: string) => {
      context.clearRect(0, 0, 48, 48);
      context.fillText(letter, 8, 36);
      return context.getImageData(0, 0, 48, 48).data.join();
    };
    const nobodys = ['\u{10fffd}', '\u{f1234}'].map(drawn);
    return all.filter((letter) => nobodys.includes(drawn(letter)) || drawn(letter) === drawn(' '));
  }, letters);
}
