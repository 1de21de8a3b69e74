import { doctor } from './doctor-en.ts';
import { keys } from './keys-en.ts';

/** The texts of the admin pages. Another language has the same members, or does not compile. */
export const en = {
  typeToConfirm: (word: string) => `Type ${word} to confirm`,
  keys,
  doctor,
};

export type AdminTexts = typeof en;
