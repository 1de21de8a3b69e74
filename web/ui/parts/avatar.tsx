import { h } from '../view/h.ts';

/** A picture of our own origin, else the first letter of the name. Always decoration: the name stands beside it. */
export function Avatar({ name, url, large }: { name: string; url?: string; large?: boolean }): JSX.Element {
  return (
    <span class={large ? 'avatar large' : 'avatar'} aria-hidden="true">
      {[...name.trim()][0]?.toLocaleUpperCase()}
      {url && isOurs(url) && <img src={url} alt="" onerror={({ currentTarget }) => (currentTarget.hidden = true)} />}
    </span>
  );
}

/** The browser loads pictures from Parlor only (security rule 39). */
export function isOurs(url: string): boolean {
  return URL.canParse(url, location.href) && new URL(url, location.href).origin === location.origin;
}
