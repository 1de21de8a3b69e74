import { beforeEach, describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: [], language: 'en' });
const stored = new Map<string, string>();
vi.stubGlobal('localStorage', { getItem: (name: string) => stored.get(name) ?? null, setItem: (name: string, value: string) => stored.set(name, value) });
vi.mock('emoji:en', () => ({ default: [] }));
vi.mock('emoji:de', () => ({ default: [] }));
const { emojiMeant, noteTaken, recentSigns } = await import('./emoji.ts');

describe('emoji', () => {
  const all = [
    { sign: '😀', name: 'grinning face', words: 'smile happy', group: 0 },
    { sign: '😏', name: 'smirking face', words: 'smug', group: 0 },
    { sign: '🙂', name: 'slightly smiling face', words: 'slightly_smiling_face', group: 0 },
    { sign: '👍', name: 'thumbs up', words: '+1 thumbsup good', group: 1 },
  ];
  const signs = (query: string) => emojiMeant(all, query).map(({ sign }) => sign).join('');

  beforeEach(() => stored.clear());

  it('are found by a word, by the beginning of their name, and by the beginning of any word', () => {
    expect([signs('smile'), signs('smi'), signs('+1'), signs('slightly_smi'), signs('Thumbs')]).toEqual(['😀', '😏😀🙂', '👍', '🙂', '👍']);
    expect(signs('none such')).toBe('');
  });

  it('are remembered, the last one first and each once', () => {
    for (const sign of ['a', 'b', 'a']) noteTaken(sign);
    expect(recentSigns()).toEqual(['a', 'b']);
    for (let i = 0; i < 40; i++) noteTaken(String(i));
    expect(recentSigns()).toHaveLength(24);
    stored.set('parlor.console.emoji', '{broken');
    expect(recentSigns()).toEqual([]);
  });
});
