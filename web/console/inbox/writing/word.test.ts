import { describe, expect, it } from 'vitest';
import { wordAt } from './word.ts';

describe('the word that is completed', () => {
  const at = (text: string) => wordAt(text, text.length, ['/', ':']);

  it('begins a text or follows a space', () => {
    expect(at('/gre')).toEqual({ trigger: '/', query: 'gre', from: 0, to: 4 });
    expect(at('Well,\n/')).toEqual({ trigger: '/', query: '', from: 6, to: 7 });
    expect(at('so :smi')).toEqual({ trigger: ':', query: 'smi', from: 3, to: 7 });
    expect(wordAt('/gre now', 3, ['/'])).toEqual({ trigger: '/', query: 'gr', from: 0, to: 3 });
  });

  it('is no part of an address, a fraction, a time or a smiley', () => {
    for (const text of ['and/or', 'https://x', '/usr/bin', '1/2', 'at 10:30', ':)', ':s', '/gre ', '']) expect(at(text), text).toBeUndefined();
    expect(wordAt('/gre', 4, [':'])).toBeUndefined();
  });
});
