import { describe, expect, it } from 'vitest';
import { isFrameMessage, isHostMessage } from './bridge.ts';

describe('the bridge', () => {
  it.each([
    [{ parlor: 'call', ref: 1, method: 'login', args: [] }, true],
    [{ parlor: 'call', ref: '1', method: 'login', args: [] }, false],
    [{ parlor: 'call', ref: 1, method: 'login', args: {} }, false],
    [{ parlor: 'hello', settings: {} }, true],
    [{ parlor: 'hello', settings: null }, false],
    [{ parlor: 'constructor' }, false],
    [{ parlor: '__proto__' }, false],
    [{ type: 'call' }, false],
    ['hello', false],
    [null, false],
  ])('from the host, %j is heard: %s', (message, heard) => {
    expect(isHostMessage(message)).toBe(heard);
  });

  it('hears from the frame what frames say, and not what hosts say', () => {
    expect(isFrameMessage({ parlor: 'wish', wish: 'close' })).toBe(true);
    expect(isFrameMessage({ parlor: 'mirror', mirror: {}, changed: [] })).toBe(true);
    expect(isFrameMessage({ parlor: 'mirror', mirror: {} })).toBe(false);
    expect(isFrameMessage({ parlor: 'call', ref: 1, method: 'login', args: [] })).toBe(false);
  });
});
