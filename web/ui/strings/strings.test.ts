import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { en as page } from '../../page/strings/en.ts';
import { clockTime, dayName, formats } from '../time.ts';
import { en } from './en.ts';
import type { Counted } from './en.ts';
import { english as messenger } from './english.ts';
import { counted, fill, speak } from './index.ts';
import { dated } from './own.ts';
import { choose, localeAmong } from './speech.ts';
import type { Texts } from './texts.ts';

type Any = Record<string, string | Counted>;

const english: Record<string, Any> = { messenger, page };
const folders = { messenger: import.meta.dirname, page: join(import.meta.dirname, '../../page/strings') };
const languages = ['ar', 'de', 'es', 'fr', 'ja', 'pt', 'zh'];

/** Texts that are the same in a language as in English, and why: a word that it took over, or nothing but variables. */
const alike: Record<string, string[]> = {
  ar: ['conversationListPreviewText'],
  de: ['title', 'headerText', 'conversationListPreviewText', 'prechatCaptureNameLabel'],
  es: ['title', 'conversationListPreviewText'],
  fr: [],
  ja: ['aiLabel'],
  pt: ['title', 'conversationListPreviewText'],
  zh: ['aiLabel'],
};

async function textsOf(folder: keyof typeof folders, language: string): Promise<Any> {
  return ((await import(`${folders[folder]}/${language}.ts`)) as { texts: Any }).texts;
}

/** What a text says of the counts that matter: of one that does not count, itself. */
const formsOf = (text: string | Counted) => (typeof text === 'string' ? [text] : [2, 3, 11, 100].map(text));
const variablesIn = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe.each(['messenger', 'page'] as const)('the texts of the %s', (folder) => {
  it('are there in eight languages', () => {
    const files = readdirSync(folders[folder]).filter((name) => /^[a-z]{2}\.ts$/.test(name));
    expect(files.sort()).toEqual([...languages, 'en'].map((name) => `${name}.ts`).sort());
  });

  it.each(languages)('have in %s the names of the English ones, and their variables', async (language) => {
    const texts = await textsOf(folder, language);
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english[folder] ?? {}).sort());
    for (const [name, text] of Object.entries(texts)) {
      const wanted = variablesIn(english[folder]?.[name] as string);
      formsOf(text).forEach((form, i) => {
        // One and two are words of their own in Arabic.
        const isWord = language === 'ar' && String(wanted) === '{count}' && (name.endsWith('Singular') || (typeof text === 'function' && i === 0));
        expect(variablesIn(form), `${name}: ${form}`).toEqual(isWord ? [] : wanted);
      });
    }
  });

  it.each(languages)('are in %s other ones than in English', async (language) => {
    const texts = await textsOf(folder, language);
    const same = Object.keys(texts).filter((name) => texts[name] === english[folder]?.[name]);
    expect(same).toEqual(folder === 'messenger' ? alike[language] : []);
  });

  it.each(languages)('are in %s without blanks at their ends, and with the quotation marks and dots of print', async (language) => {
    const faults = Object.entries(await textsOf(folder, language)).flatMap(([name, text]) => formsOf(text).filter((form) => form !== form.trim() || /\.\.\.|['"]/.test(form)).map((form) => `${name}: ${form}`));
    expect(faults).toEqual([]);
  });
});

describe('a language', () => {
  it('has every text, and no other: anything else does not compile', async () => {
    const texts = (await textsOf('messenger', 'de')) as unknown as Texts;
    const { close, ...others } = texts;
    // @ts-expect-error a text is missing
    const missing: Texts = others;
    // @ts-expect-error no such text is ever shown
    const extra: Texts = { ...others, close, unheardOf: 'x' };
    expect([Object.keys(missing).length - Object.keys(extra).length]).toEqual([-2]);
  });
});

describe('the choice', () => {
  it.each([
    [['de-AT'], 'de-AT'],
    [['pt-PT'], 'pt-PT'],
    [['zh_TW'], 'zh-TW'],
    [['DE'], 'de'],
    [['it-IT', 'nds', 'fr-CH', 'en'], 'fr-CH'],
    [['it-IT'], 'it-IT'],
    [['den'], 'en-US'],
    [['constructor'], 'en-US'],
    [['not a locale'], 'en-US'],
    [[], 'en-US'],
  ])('of %j is %s', (wanted, chosen) => {
    expect(choose(wanted)).toBe(chosen);
  });

  it.each([
    ['en', 'ar', 'en-EG'],
    ['en', 'en-GB', 'en-GB'],
    ['en', 'es-419', 'en-419'],
    ['de', 'de', 'de-DE'],
    ['pt', 'pt-PT', 'pt-PT'],
    ['zh-Hans', 'zh-TW', 'zh-Hans-TW'],
    ['ar-u-nu-latn', 'ar', 'ar-EG-u-nu-latn'],
  ])('has among texts in %s, for somebody of %s, times and sizes of %s', (language, wanted, among) => {
    expect(localeAmong(language, wanted)).toBe(among);
  });
});

describe('what is said', () => {
  const at = new Date(2026, 10, 20, 9, 5, 7).getTime();

  beforeEach(() => vi.stubGlobal('document', {}));
  afterEach(() => {
    vi.unstubAllGlobals();
    formats.clear();
  });

  it('is plain English without a fetch, in the region of the person', async () => {
    expect(await speak(['en-GB'], {})).toEqual({ wanted: 'en-GB', locale: 'en-GB', strings: en });
  });

  it('is in the next language of somebody whose first one nobody writes dates in', async () => {
    expect(await speak(['tlh', 'de'], {})).toMatchObject({ wanted: 'de', strings: { sendButtonText: 'Senden' } });
  });

  it('is in the language that is wanted, with its names and its direction', async () => {
    const { strings, locale, direction, names: called } = await speak(['ar-SA'], {});
    expect([strings.sendButtonText, locale, direction]).toEqual(['إرسال', 'ar-SA-u-nu-latn', 'rtl']);
    expect(called).toEqual({ title: 'المحادثة', open: 'فتح المحادثة', close: 'إغلاق المحادثة', dismiss: 'إخفاء' });
  });

  it('is English in a language that we do not have, with the dates of the region and the direction of the language', async () => {
    expect(await speak(['he'], {})).toMatchObject({ wanted: 'he', locale: 'en-IL', direction: 'rtl', strings: en, names: { open: 'Open chat' } });
  });

  it('is what the host page says, over the language; its later parts find theirs, too', async () => {
    const { strings, locale } = await speak(['fr'], { inputPlaceholder: 'Ask away', sendButtonText: 7, unheardOf: 'x' });
    expect(strings).toMatchObject({ inputPlaceholder: 'Ask away', sendButtonText: 'Envoyer', unheardOf: 'x' });
    expect(locale).toBe('fr-FR');
  });

  it('has the time beside what the host page says of a message that was seen', async () => {
    expect((await speak(['de'], { messageSeen: 'Da!' })).strings.messageSeenAt).toBe('Da! {value}');
    expect((await speak(['de'], { messageSeen: 'Da!', messageSeenAt: 'Da um {value}' })).strings.messageSeenAt).toBe('Da um {value}');
  });

  it('has times and sizes of its own locale where the host page says all in its own words', async () => {
    expect((await speak(['it'], { messageDelivered: 'Consegnato' })).locale).toBe('it');
  });

  it('counts as the language does', async () => {
    const said = async (language: string, counts: number[]) => {
      const { strings } = await speak([language], {});
      return counts.map((count) => counted(strings, 'messageIndicatorTitle', count));
    };
    expect(await said('en', [1, 2])).toEqual(['1 new message', '2 new messages']);
    expect(await said('ja', [1, 2])).toEqual(['新着メッセージ1件', '新着メッセージ2件']);
    expect(await said('ar', [1, 2, 3, 11, 100])).toEqual(['رسالة جديدة', 'رسالتان جديدتان', '3 رسائل جديدة', '11 رسالة جديدة', '100 رسالة جديدة']);
  });

  it('counts in the words of the host page, whatever forms the language has', async () => {
    const { strings } = await speak(['ar'], { messageIndicatorTitleSingular: '{count} neu', messageIndicatorTitlePlural: '{count} neue' });
    expect([1, 2, 3].map((count) => counted(strings, 'messageIndicatorTitle', count))).toEqual(['1 neu', '2 neue', '3 neue']);
  });

  it('keeps braces that have no value', () => {
    expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
  });

  it('has the errors of the host page begin as it wants', async () => {
    const { strings } = await speak(['de'], { errorPrefix: 'Fehler: ', messageError: 'Weg.' });
    expect(strings.messageError).toBe('Fehler: Weg.');
    expect(strings.fetchHistoryError).toMatch(/^Fehler: Frühere/);
    expect(strings.messageDelivered).toBe('Zugestellt');
  });

  it('has dates and times in the formats of the host page', async () => {
    const { strings, locale } = await speak(['de'], { messageTimestampFormat: 'HH.mm [Uhr]', conversationTimestampHeaderFormat: 'dddd, D. MMMM' });
    expect([clockTime(at, locale), dayName(at, at, locale, strings)]).toEqual(['09.05 Uhr', 'Freitag, 20. November']);
  });
});

describe('a format of the documented widget', () => {
  const at = new Date(2026, 10, 2, 21, 5, 7).getTime();

  it.each([
    ['h:mm A', 'en-US', '9:05 PM'],
    ['hh:mm:ss a', 'en-US', '09:05:07 pm'],
    ['MM/DD/YY', 'en-US', '11/02/26'],
    ['MMMM D YYYY, h:mm A', 'en-US', 'November 2 2026, 9:05 PM'],
    ['ddd Do MMM', 'en-US', 'Mon 2nd Nov'],
    ['D MMMM YYYY [à] HH[h]mm', 'fr-FR', '2 novembre 2026 à 21h05'],
    ['LT', 'de-DE', '21:05'],
    ['LL', 'de-DE', '2. November 2026'],
    ['YYYY年M月D日', 'ja-JP', '2026年11月2日'],
  ])('%s is in %s "%s"', (format, locale, said) => {
    expect(dated(format, at, locale)).toBe(said);
  });

  it.each([
    [1, '1st'],
    [3, '3rd'],
    [11, '11th'],
    [12, '12th'],
    [13, '13th'],
    [21, '21st'],
    [22, '22nd'],
    [30, '30th'],
    [31, '31st'],
  ])('has the day %d as %s', (day, said) => {
    expect(dated('Do', new Date(2026, 9, day).getTime(), 'en-US')).toBe(said);
  });
});
