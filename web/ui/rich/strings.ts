import type { Messenger } from '../model.ts';
import type { Translated } from '../strings/index.ts';

/** Texts of messages that are more than a text, in English. Names are those of `customText` where it has one. */
export const en = {
  actionPostbackError: 'This could not be sent. Try again.',
  actionSending: 'Sending…',
  actionDone: 'Sent',
  paymentNotPossible: 'To buy it, write to us.',
  unsupportedMessageType: 'This message cannot be shown here.',
  quickReplies: 'Quick answers',
  cardsSingular: '{count} card',
  cardsPlural: '{count} cards',
  previousCard: 'Previous card',
  nextCard: 'Next card',
  picture: 'Picture',
  file: 'File',
  place: 'Location',
  openMap: 'Open map',
  shareLocationWaiting: 'Looking for where you are…',
  locationServicesDenied: 'Your browser does not tell us where you are. Allow it in the settings of this page, or write the address.',
  locationNotSupported: 'Your browser cannot tell where you are. Write the address instead.',
  locationSecurityRestriction: 'Your browser does not tell where you are on a page without encryption. Write the address instead.',
  locationSendingFailed: 'Where you are could not be found. Try again, or write the address.',
  formSubmit: 'Submit',
  formSending: 'Sending your answers…',
  formAnswered: 'Answered',
  formFieldSelectPlaceholderFallback: 'Choose one…',
  formErrorEntryRequired: 'Please fill this in.',
  formErrorInvalidEmail: 'Please enter an e-mail address, like ana@example.com.',
  formErrorNoLongerThan: 'Please use at most {characters} characters.',
  formErrorNoShorterThan: 'Please use at least {characters} characters.',
  formErrorInteger: 'Please enter a whole number.',
  formErrorDecimal: 'Please enter a number.',
  formErrorUnknown: 'Your answers were not sent. Try again.',
  inputPlaceholderBlocked: 'Answer above to go on.',
  inputWaits: 'You can write again after the next message.',
};

export type RichStrings = Translated<typeof en>;

/** The texts, with those of the language and the host page's own in place of the English ones. */
export function richStrings({ options: { strings } }: Messenger): RichStrings {
  const { errorPrefix = '' } = strings as { errorPrefix?: string };
  const english = Object.entries(en).map(([name, text]) => [name, /Error|^location/.test(name) ? errorPrefix + text : text]);
  return { ...(Object.fromEntries(english) as typeof en), ...strings };
}
