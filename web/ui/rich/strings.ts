import type { Messenger } from '../model.ts';

/** Texts of messages that are more than a text, in English. Names are those of `customText` where it has one. */
const en = {
  actionPostbackError: 'This could not be sent. Try again.',
  actionSending: 'Sending…',
  actionDone: 'Sent',
  paymentNotPossible: 'To buy it, write to us.',
  messageNotShown: 'This message cannot be shown here.',
  quickReplies: 'Quick answers',
  cards: '{count} cards',
  previousCard: 'Previous card',
  nextCard: 'Next card',
  picture: 'Picture',
  imageClickToView: 'View the picture',
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

export type RichStrings = { [K in keyof typeof en]: string };

/** The texts, with the host page's own in place of ours. */
export function richStrings({ options }: Messenger): RichStrings {
  return { ...en, ...options.strings };
}
