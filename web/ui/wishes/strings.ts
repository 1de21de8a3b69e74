import type { Messenger } from '../model.ts';
import type { Translated } from '../strings/index.ts';

/** What is asked before the first message, in English. Names are those of `customText`. */
export const en = {
  prechatCaptureGreetingText: 'Hello! Before we begin, please tell us who you are.',
  prechatCaptureNameLabel: 'Name',
  prechatCaptureNamePlaceholder: 'Your name',
  prechatCaptureEmailLabel: 'E-mail',
  prechatCaptureEmailPlaceholder: 'you@example.com',
  prechatCaptureConfirmationText: 'Thank you! How can we help you?',
};

export type PrechatStrings = Translated<typeof en>;

/** The texts, with those of the language and the host page's own in place of the English ones. */
export function prechatStrings({ options }: Messenger): PrechatStrings {
  return { ...en, ...options.strings };
}
