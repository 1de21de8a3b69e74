import { describe, expect, it } from 'vitest';
import type { Picture } from '../view/h.ts';
import { linked } from './text.tsx';

/** The links in the text: what each says, and where it leads. */
function linksIn(text: string): [unknown, unknown][] {
  const parts = linked(text) as (string | Picture)[];
  return parts.flatMap((part) => (typeof part === 'string' ? [] : [[part.children.map((child) => 'text' in child && child.text).join(''), part.attributes['href']]]));
}

describe('addresses in a text', () => {
  it.each([
    ['see https://shop.example/a?b=c#d.', 'https://shop.example/a?b=c#d'],
    ['(https://shop.example/@kim)', 'https://shop.example/@kim'],
    ['https://kim@shop.example/', 'https://kim@shop.example/'],
    ['write to ana@example.com.', 'mailto:ana@example.com'],
    ['(ana.b+c@mail.example.co.uk), or call', 'mailto:ana.b+c@mail.example.co.uk'],
    ['<ana@example.com>', 'mailto:ana@example.com'],
    ['mailto:ana@example.com', 'mailto:ana@example.com'],
  ])('in %j are links that say where they lead', (text, href) => {
    expect(linksIn(text)).toEqual([[href.replace('mailto:', ''), href]]);
  });

  it.each(['call +49 30 1234567', 'kim@', '@kim', 'kim@localhost', 'müller@example.com', 'a@b@example.com', 'javascript:alert(1)', 'ana@.example'])('are none in %j', (text) => {
    expect(linksIn(text)).toEqual([]);
  });

  it('add nothing to a letter but whom it is for', () => {
    expect(linksIn('ana@example.com?bcc=eve@evil.example&body=x')).toEqual([['ana@example.com', 'mailto:ana@example.com']]);
  });

  it('take no longer than the text is long', () => {
    const began = performance.now();
    for (const text of ['a.'.repeat(50_000), 'a@'.repeat(50_000), `a@${'b.'.repeat(50_000)}`, `${'a'.repeat(100_000)}@`]) linked(text);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
