import type { Messenger } from '../model.ts';
import type { Strings, Translated } from '../strings/index.ts';

/** Texts of what has come to an end, in English. */
export const en = {
  stoppedTitle: 'The chat cannot be used here',
  messagesDroppedSingular: '{count} message of the former user was not sent.',
  messagesDroppedPlural: '{count} messages of the former user were not sent.',
  dismiss: 'Dismiss',
};

/** The texts, with those of the language and the host page's own in place of the English ones. */
export function endStrings({ options }: Messenger): Strings & Translated<typeof en> {
  return { ...en, ...options.strings };
}
