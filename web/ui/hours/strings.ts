import type { Messenger } from '../model.ts';
import type { Strings, Translated } from '../strings/index.ts';

/** What is said when nobody is there to answer, in English. */
export const en = {
  awayNote: 'Nobody is here right now. Write to us anyway: your message waits for us.',
  awayUntilNote: 'Nobody is here right now. We are back: {value}. Write to us anyway, your message waits for us.',
  awaySubtitle: 'Next answers: {value}',
};

/** The texts, with those of the language and the host page's own in place of the English ones. */
export function hoursStrings({ options }: Messenger): Strings & Translated<typeof en> {
  return { ...en, ...options.strings };
}
