import { describe, expect, it } from 'vitest';
import { adviceOn, contrast } from './advice.ts';

describe('advice on a colour', () => {
  it('says that nothing is changed where it can be used as it is', () => {
    const made = { own: '#2553d8', onOwn: '#ffffff', action: '#2553d9' };
    const [words, ...rest] = adviceOn('#2553d9', { light: made, dark: made });
    expect(words).toMatchObject({ about: 'words', white: true });
    expect(rest).toEqual([{ about: 'nothing' }]);
  });

  it('says what becomes of it where it is too light or too dark', () => {
    const light = { own: '#cbb700', onOwn: '#000000', action: '#8f8100' };
    const dark = { own: '#ffe600', onOwn: '#000000', action: '#ffe600' };
    const advice = adviceOn('#ffe600', { light, dark });
    expect(advice).toMatchObject([{ about: 'words', white: false }, { about: 'bubbles', theme: 'light', color: '#cbb700' }, { about: 'buttons', theme: 'light', color: '#8f8100' }]);
    expect(advice[0]).toHaveProperty('ratio', contrast('#ffe600', '#ffffff'));
  });

  it('measures as WCAG does', () => {
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
});
