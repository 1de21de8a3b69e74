import { describe, expect, it } from 'vitest';
import { contrast, parseHex } from './color.ts';
import type { RGB } from './color.ts';
import { tokens } from './theme.ts';

const read = (css: string | undefined) => (css?.match(/\d+/g) ?? []).map((part) => Number(part) / 255) as unknown as RGB;
const grounds = { light: '#ffffff', dark: '#16181d' };

describe('colours', () => {
  it('are read with three or six digits, with or without #', () => {
    expect(parseHex('09f')).toEqual(parseHex('#0099ff'));
    expect(parseHex('blue')).toBeUndefined();
  });

  const brands = ['000', 'fff', '65758e', '0099ff', 'ffd54a', 'e91e63', '00e676', '16181d', '808080', 'nonsense'];
  it.each(brands.flatMap((brand) => [[brand, 'light'], [brand, 'dark']] as const))('%s is readable in the %s theme', (brand, theme) => {
    const now = tokens({ brandColor: brand }, theme);
    const ground = parseHex(grounds[theme]) as RGB;
    for (const name of ['brand', 'own', 'action']) expect(contrast(read(now[`--${name}`]), read(now[`--on-${name}`]))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(read(now['--action']), ground)).toBeGreaterThanOrEqual(2.9);
    expect(contrast(read(now['--link']), ground)).toBeGreaterThanOrEqual(4.5);
  });
});
