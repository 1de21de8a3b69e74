import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { isOurs } from '../../ui/parts/avatar.tsx';

/** How many greys with a touch of colour there are (parts.css). */
const hues = 6;

/** A picture of our own origin, else the initials. Always decoration: the name stands beside it. */
export function Face({ name, url, size = 'small' }: { name: string; url?: string; size?: 'tiny' | 'small' | 'large' }): JSX.Element {
  const [broken, setBroken] = useState('');
  return (
    <span class={`face ${size} hue-${hueOf(name)}`} aria-hidden="true" data-initials={initials(name)}>
      {url && url !== broken && isOurs(url) && <img src={url} alt="" onError={() => setBroken(url)} />}
    </span>
  );
}

/** Of the first word and the last one, as people write them. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/** The same for a name at all times. */
function hueOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % hues;
}
