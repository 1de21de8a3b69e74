import type { User } from '../api.ts';
import { adminTexts } from '../words.ts';

/** What one of two is called who may both go by the same address: anything else. */
export function nameBeside(address: string, { name, externalId, number }: Pick<User, 'name' | 'externalId' | 'number'>): string {
  const own = name.trim().toLowerCase() === address ? '' : name.trim();
  return own || externalId || adminTexts.value.users.nameless(number);
}
