import { describe, expect, it } from 'vitest';
import { meant } from './canned.ts';

describe('canned replies', () => {
  const of = (shortcut: string, title: string, text = '') => ({ id: shortcut, shortcut, title, text });
  const replies = [of('bye', 'Farewell', 'We greet you'), of('greet', 'Hello'), of('late', 'Greeting at night')];

  it('are found by shortcut first, then by title, then by text', () => {
    expect(meant(replies, 'gre').map(({ id }) => id)).toEqual(['greet', 'late', 'bye']);
    expect(meant(replies, 'GREET').map(({ id }) => id)).toEqual(['greet', 'late', 'bye']);
    expect(meant(replies, '')).toEqual(replies);
    expect(meant(replies, 'none')).toEqual([]);
  });
});
