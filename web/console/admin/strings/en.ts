import { audit } from './audit-en.ts';
import { doctor } from './doctor-en.ts';
import { keys } from './keys-en.ts';
import { settings } from './settings-en.ts';
import { users } from './users-en.ts';

/** The texts of the admin pages. Another language has the same members, or does not compile. */
export const en = {
  typeToConfirm: (word: string) => `Type ${word} to confirm`,
  keys,
  doctor,
  settings,
  users,
  audit,
};

export type AdminTexts = typeof en;
