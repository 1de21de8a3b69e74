/** What the messenger needs of the browser around it, in the widget's frame and on the hosted page. */
import { MemoryValues } from '../sdk/index.ts';
import type { Client, KeyValues } from '../sdk/index.ts';

const reloadedKey = 'parlor.reloaded';
const reloadAgainMs = 60_000;

/** Three or six hexadecimal digits each, with or without `#`. */
export interface Colors {
  brandColor?: string;
  conversationColor?: string;
  actionColor?: string;
}

/** Tells the style sheet, which makes all others of them, the colours that are some (theme/messenger.css). */
export function paint(colors: Colors): void {
  for (const [name, color = ''] of Object.entries<string | undefined>({ ...colors })) {
    const [, digits] = /^#?((?:[\da-f]{3}){1,2})$/i.exec(color) ?? [];
    if (digits) document.documentElement.style.setProperty(`--${name}`, `#${digits}`);
  }
}

/** Tells the client what happens around it: other tabs, the network, a page that is hidden or left. */
export function attend(client: Client): void {
  addEventListener('storage', (event) => {
    if (event.key === client.sessionKey || event.key === null) client.sessionChanged();
  });
  addEventListener('online', () => client.hint('online'));
  addEventListener('offline', () => client.hint('offline'));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && client.hint('visible'));
  addEventListener('pagehide', (event) => event.persisted || client.close());
  client.on('outdated', reloadOnce);
}

/** Runs under a lock that all tabs share; a browser that refuses locks has to do without. */
export async function alone<T>(name: string, run: () => Promise<T>): Promise<T> {
  let began = false;
  const begin = () => {
    began = true;
    return run();
  };
  try {
    return await (navigator.locks.request(name, begin) as Promise<T>);
  } catch (error) {
    if (began) throw error;
    return run();
  }
}

/** The browser's storage; a memory for this page where it refuses. */
export function valuesOf(kind: 'localStorage' | 'sessionStorage'): KeyValues {
  try {
    const values = window[kind];
    values.getItem('parlor');
    return values;
  } catch {
    return new MemoryValues();
  }
}

/** A page older than its server loads itself anew, but not again and again. */
function reloadOnce(): void {
  const values = valuesOf('sessionStorage');
  if (Date.now() - Number(values.getItem(reloadedKey) ?? 0) < reloadAgainMs) return;
  values.setItem(reloadedKey, String(Date.now()));
  location.reload();
}
