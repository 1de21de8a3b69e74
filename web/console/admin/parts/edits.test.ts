import { describe, expect, it } from 'vitest';
import { changedSince } from './edits.ts';

describe('what is typed while a save is under way', () => {
  it('is all that is left of a form, with what was taken back', () => {
    expect(changedSince<Record<string, string>>({ seats: '10', origins: 'a' }, { seats: '12', origins: 'a', hosts: 'b' })).toEqual({ seats: '12', hosts: 'b' });
    expect(changedSince({ seats: '10' }, { seats: '' })).toEqual({ seats: '' });
    expect(changedSince({ seats: '10' }, { seats: '10' })).toEqual({});
  });
});
