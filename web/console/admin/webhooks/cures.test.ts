import { describe, expect, it } from 'vitest';
import { cureOf } from './cures.ts';

describe('the cure of a status', () => {
  it.each([
    [undefined, undefined],
    [200, undefined],
    [299, undefined],
    [302, 'redirect'],
    [400, 'refusal'],
    [401, 'credentials'],
    [403, 'credentials'],
    [404, 'path'],
    [410, 'gone'],
    [413, 'large'],
    [418, 'odd'],
    [429, 'busy'],
    [500, 'fault'],
    [503, 'fault'],
  ])('%s: %s', (status, cure) => expect(cureOf(status)).toBe(cure));
});
