import { describe, expect, it } from 'vitest';
import type { Door, Key } from '../api.ts';
import { openDoors, stateOf, withDoor } from './doors.ts';

const key = (uses: Key['uses'], status: Key['status'] = 'live'): Key => ({ id: 'app_1', displayName: '', uses, status, createdAt: '' });

describe('the doors of an app', () => {
  it.each<[string | undefined, Door[]]>([
    [undefined, ['sdk', 'code', 'jsm']],
    ['', ['sdk', 'code', 'jsm']],
    ['none', []],
    ['jsm, sdk', ['sdk', 'jsm']],
  ])('%s leaves open %s', (text, open) => {
    expect(openDoors(text)).toEqual(open);
  });

  it('are opened and closed one by one, down to none and back', () => {
    expect(withDoor('', 'code', false)).toBe('sdk,jsm');
    expect(withDoor('sdk', 'sdk', false)).toBe('none');
    expect(withDoor('none', 'jsm', true)).toBe('jsm');
    expect(withDoor('sdk,jsm', 'jsm', true)).toBe('sdk,jsm');
  });

  it('are open with a key that is not over, and only then', () => {
    expect(stateOf('sdk', '', [key(['sdk'])])).toBe('open');
    expect(stateOf('sdk', '', [key(['sdk'], 'retiring')])).toBe('open');
    expect(stateOf('sdk', '', [key(['sdk'], 'ended'), key(['api'])])).toBe('keyless');
    expect(stateOf('sdk', 'code', [key(['sdk'])])).toBe('off');
  });
});
