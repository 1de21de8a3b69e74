import type { Messenger } from '../model.ts';

/** Texts of pictures that are seen large, in English. Names are those of `customText` where it has one. */
const en = {
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

export type LightboxStrings = { [K in keyof typeof en]: string };

/** The texts, with the host page's own in place of ours. */
export function lightboxStrings({ options }: Messenger): LightboxStrings {
  return { ...en, ...options.strings };
}
