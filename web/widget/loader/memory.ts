import type { WidgetOptions } from '../options.ts';

/**
 * Whether this browser has a session with the app: one mark in the page's storage, which is set or taken away where `session`
 * says so. A storage may refuse; then nothing is remembered.
 */
export function mark({ browserStorage }: WidgetOptions, id: string, session?: boolean): boolean {
  try {
    const storage = window[browserStorage === 'sessionStorage' ? 'sessionStorage' : 'localStorage'];
    const key = `parlor.${id}`;
    if (session) storage.setItem(key, '1');
    else if (session === false) storage.removeItem(key);
    return storage.getItem(key) !== null;
  } catch {
    return false;
  }
}
