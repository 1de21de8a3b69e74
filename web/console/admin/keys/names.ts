import type { Key } from '../api.ts';

/** What a key is called: without a name, by its id. */
export function nameOf({ displayName, id }: Key): string {
  return displayName.trim() || id;
}
