import type { Messenger } from '../model.ts';

/** What the button says that offers to send files, in English, under the names of `customText`. */
const en = {
  uploadDocument: 'Attach a file',
  uploadPhoto: 'Attach a picture',
};

/** The text for what may be sent, with the host page's own in place of ours. */
export function attachText({ options }: Messenger): string {
  const strings: typeof en = { ...en, ...options.strings };
  return options.uploads.includes('fileUpload') ? strings.uploadDocument : strings.uploadPhoto;
}
