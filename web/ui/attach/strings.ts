import type { Messenger } from '../model.ts';
import type { Translated } from '../strings/index.ts';

/** What the button says that stands for all that is not written, in English, under the names of `customText` where it has one. */
export const en = {
  attachMenu: 'Attach',
  uploadDocument: 'Attach a file',
  uploadPhoto: 'Attach a picture',
  shareLocation: 'Share your location',
};

export type AttachStrings = Translated<typeof en>;

/** The texts, with those of the language and the host page's own in place of the English ones. */
export function attachStrings({ options }: Messenger): AttachStrings {
  return { ...en, ...options.strings };
}
