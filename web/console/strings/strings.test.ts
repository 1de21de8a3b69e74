import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: [], language: 'en' });
const { preferred } = await import('./index.ts');
const { de } = await import('./de.ts');
const { en } = await import('./en.ts');
const { de: adminDe } = await import('../admin/strings/de.ts');
const { en: adminEn } = await import('../admin/strings/en.ts');
const { de: securityDe } = await import('../security/strings/de.ts');
const { en: securityEn } = await import('../security/strings/en.ts');

/** The path and the form of every text: of a function its number of blanks. */
function forms(texts: object, path = ''): string[] {
  return Object.entries(texts).flatMap(([name, text]: [string, unknown]) =>
    typeof text === 'object' && text ? forms(text, `${path}${name}.`) : [`${path}${name} ${typeof text === 'function' ? text.length : 'text'}`],
  );
}

describe('the languages of the console', () => {
  it('is the one that was chosen, or the first that is wanted and there, or English', () => {
    expect(preferred(['de-AT', 'en'], null)).toBe('de');
    expect(preferred(['fr-FR', 'en-GB', 'de'], null)).toBe('en');
    expect(preferred(['de-DE'], 'en')).toBe('en');
    expect(preferred(['fr'], 'tlh')).toBe('en');
  });

  it.each([
    ['of the console', de, en],
    ['of its admin pages', adminDe, adminEn],
    ['of what opens one\'s own account', securityDe, securityEn],
  ])('say the same %s, and no text is left empty or in English', (_, german, english) => {
    expect(forms(german)).toEqual(forms(english));
    const said = (texts: object): string[] => Object.values(texts).flatMap((text: unknown) => (typeof text === 'string' ? [text] : typeof text === 'object' && text ? said(text) : []));
    expect(said(german).filter((text) => !text.trim())).toEqual([]);
    const same = said(german).filter((text, i) => text === said(english)[i] && text.split(' ').length > 1);
    expect(same).toEqual([]);
  });

  it('count as people do', () => {
    expect([en.people.members(1), en.people.members(3), en.people.members(1200)]).toEqual(['1 person', '3 people', '1,200 people']);
    expect([de.people.members(1), de.people.members(0), de.people.members(1200)]).toEqual(['1 Person', '0 Personen', '1.200 Personen']);
  });
});
