import type { AdminTexts } from './en.ts';
import { attempts } from './attempts-de.ts';
import { audit } from './audit-de.ts';
import { blocks } from './blocks-de.ts';
import { conflicts } from './conflicts-de.ts';
import { designer } from './designer-de.ts';
import { doctor } from './doctor-de.ts';
import { hours } from './hours-de.ts';
import { keys } from './keys-de.ts';
import { numbers } from './numbers-de.ts';
import { replies } from './replies-de.ts';
import { settings } from './settings-de.ts';
import { teams } from './teams-de.ts';
import { users } from './users-de.ts';
import { webhooks } from './webhooks-de.ts';

export const de: AdminTexts = {
  typeToConfirm: (word) => `Schreibe ${word} zur Bestätigung`,
  numbers,
  blocks,
  keys,
  designer,
  doctor,
  settings,
  hours,
  users,
  conflicts,
  teams,
  webhooks,
  attempts,
  replies,
  audit,
};
