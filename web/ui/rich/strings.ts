import type { Messenger } from '../model.ts';
import type { Translated } from '../strings/index.ts';
import { laid } from '../strings/laid.ts';
import { en as placeTexts } from '../whereabouts.ts';

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
  imageClickToView: 'View the picture',
  file: 'File',
  place: 'Location',
  openMap: 'Open map',
  ...placeTexts,
  formSubmit: 'Submit',
  formOptional: '{label} (optional)',
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
  ratingQuestion: 'How did we do?',
  rating1: 'Very bad',
  rating2: 'Bad',
  rating3: 'All right',
  rating4: 'Good',
  rating5: 'Very good',
  ratingComment: 'Tell us more (optional)',
  ratingThanks: 'Thank you for your rating.',
  ratingOf: '{value} of 5',
  inputPlaceholderBlocked: 'Answer above to go on.',
  inputWaits: 'You can write again after the next message.',
};

export type RichStrings = Translated<typeof en>;

/** The texts, with those of the language and the host page's own in place of the English ones. */
export function richStrings(model: Messenger): RichStrings {
  return laid(en, model);
}
