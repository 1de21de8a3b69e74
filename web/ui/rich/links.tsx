import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';

const schemes = ['http:', 'https:', 'mailto:', 'tel:'];

/** Where an address leads: undefined for one that nobody should follow. */
export function addressOf(text: string | undefined): URL | undefined {
  const url = text && URL.canParse(text) ? new URL(text) : undefined;
  return url && schemes.includes(url.protocol) ? url : undefined;
}

/** What people see of where a link leads: its host, or whom it writes to or calls. */
export function placeOf({ host, pathname }: URL): string {
  return host || decoded(pathname);
}

/**
 * A path as it is shown, of what stands in an address: without characters that nobody sees, some of which turn those around them
 * (a file called \u202egpj.exe ends in .jpg). What cannot be decoded stays as it is.
 */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text).replace(/\p{C}/gu, '');
  } catch {
    return text;
  }
}

/** Whether the words say truly by themselves where the address leads. */
export function saysWhere(words: string, { href, host, protocol }: URL): boolean {
  const said = words.trim();
  if (!host) return `${protocol}${said}` === href;
  if (said === host) return true;
  // Letters that only look like those of the host, and names before an @, say something else than they lead to.
  return URL.canParse(said) && new URL(said).host === host && said.toLowerCase().includes(host) && !said.includes('@');
}

/**
 * A link that tells the other side nothing of this page, opens beside it, and shows where it leads (security rule 40) where the
 * words do not.
 */
export function Link({ url, words, kind, children }: { url: URL; words: string; kind?: string; children: Child }): JSX.Element {
  return (
    <a class={kind} href={url.href} target="_blank" rel="noopener noreferrer nofollow">
      <span class="words">{children}</span>
      {!saysWhere(words, url) && [' ', <small class="where" dir="ltr">{placeOf(url)}</small>]}
    </a>
  );
}
