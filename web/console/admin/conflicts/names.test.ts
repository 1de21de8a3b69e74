import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: [], language: 'en' });
const { nameBeside } = await import('./names.ts');

describe('one of two with the same address', () => {
  it.each([
    ['a name', { name: 'Ana', externalId: 'u-1', number: 7 }, 'Ana'],
    ['the external id rather than the address', { name: 'Ana@example.com', externalId: 'u-1', number: 7 }, 'u-1'],
    ['the number, where there is nothing else', { name: 'ana@example.com', number: 7 }, 'User 7'],
    ['another address', { name: 'ben@example.com', number: 7 }, 'ben@example.com'],
  ])('goes by %s', (_, user, name) => expect(nameBeside('ana@example.com', user)).toBe(name));
});
