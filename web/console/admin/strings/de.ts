import type { AdminTexts } from './en.ts';
import { keys } from './keys-de.ts';

export const de: AdminTexts = {
  typeToConfirm: (word) => `Schreibe ${word} zur Bestätigung`,
  keys,
};
