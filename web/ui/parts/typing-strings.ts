import type { Messenger } from '../model.ts';
import type { Translated } from '../strings/index.ts';

/** What is said of somebody who writes, in English. */
export const en = {
  supportTyping: '{author} is writing',
};

/** The text, with that of the language or the host page's own in place of the English one. */
export function typingStrings({ options }: Messenger): Translated<typeof en> {
  return { ...en, ...options.strings };
}
