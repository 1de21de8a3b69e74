import { attempts } from './attempts-en.ts';
import { audit } from './audit-en.ts';
import { blocks } from './blocks-en.ts';
import { conflicts } from './conflicts-en.ts';
import { designer } from './designer-en.ts';
import { doctor } from './doctor-en.ts';
import { hours } from './hours-en.ts';
import { keys } from './keys-en.ts';
import { numbers } from './numbers-en.ts';
import { replies } from './replies-en.ts';
import { settings } from './settings-en.ts';
import { teams } from './teams-en.ts';
import { users } from './users-en.ts';
import { webhooks } from './webhooks-en.ts';

/** The texts of the admin pages. Another language has the same members, or does not compile. */
export const en = {
  typeToConfirm: (word: string) => `Type ${word} to confirm`,
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

export type AdminTexts = typeof en;
