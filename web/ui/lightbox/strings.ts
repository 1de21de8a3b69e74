import type { Messenger } from '../model.ts';
import type { Translated } from '../strings/index.ts';

/** Texts of pictures that are seen large, in English. Names are those of `customText` where it has one. */
export const en = {
  pictureViewer: 'Pictures of this conversation',
  picture: 'Picture',
  pictureOf: '{value}, {count} of {number}',
  previousPicture: 'Previous picture',
  nextPicture: 'Next picture',
  enlargePicture: 'Enlarge',
  downloadPicture: 'Save',
  closePicture: 'Close',
  unableToLoadImage: 'This picture could not be loaded.',
  imageClickToReload: 'Try again',
};

export type LightboxStrings = Translated<typeof en>;

/** The texts, with those of the language and the host page's own in place of the English ones. */
export function lightboxStrings({ options }: Messenger): LightboxStrings {
  return { ...en, ...options.strings };
}
