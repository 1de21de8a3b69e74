import { describe, expect, it } from 'vitest';
import { addressOf, placeOf } from './links.tsx';
import { fileNameOf } from './media.tsx';

describe('what is shown of an address', () => {
  it.each([
    ['the end of its path, decoded', 'https://cdn.shop.example/files/invoice%207.pdf?x#y', 'invoice 7.pdf'],
    ['what cannot be decoded, as it stands', 'https://cdn.shop.example/100%.pdf', '100%.pdf'],
    ['nothing that turns the direction of writing', 'https://cdn.shop.example/%E2%80%AEgpj.exe', 'gpj.exe'],
    ['nothing that marks a direction, or that nobody sees', 'https://cdn.shop.example/a%E2%81%A6b%E2%80%8Fc%E2%80%8Bd%EF%BB%BF%0A%7F.txt', 'abcd.txt'],
    ['other scripts as they are', 'https://cdn.shop.example/%D8%AA%D9%82%D8%B1%D9%8A%D8%B1-%F0%9F%98%80.pdf', 'تقرير-😀.pdf'],
  ])('is, of a file, %s', (_, address, name) => {
    expect(fileNameOf(address)).toBe(name);
  });

  it('is, of a letter, to whom it goes', () => {
    expect(placeOf(addressOf('mailto:ana%E2%80%AE@shop.example') ?? new URL('about:blank'))).toBe('ana@shop.example');
  });
});
