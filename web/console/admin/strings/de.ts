import type { AdminTexts } from './en.ts';
import { audit } from './audit-de.ts';
import { doctor } from './doctor-de.ts';
import { keys } from './keys-de.ts';
import { settings } from './settings-de.ts';
import { users } from './users-de.ts';

export const de: AdminTexts = {
  typeToConfirm: (word) => `Schreibe ${word} zur Bestätigung`,
  keys,
  doctor,
  settings,
  users,
  audit,
};
