import type { Messenger } from '../model.ts';
import type { Translated } from '../strings/index.ts';
import { laid } from '../strings/laid.ts';

/** Texts of files on their way, in English. Names are those of `customText` where it has one. */
export const en = {
  filesToSend: 'Files to send',
  removeFile: 'Remove {value}',
  dropFiles: 'Drop files here to send them',
  uploading: 'Uploading {value}',
  cancelUpload: 'Cancel',
  fileTooLargeError: '{value} is too large: a file can have {size} at most.',
  fileTypeError: '{value} is of a type that cannot be sent here.',
  fileEmptyError: '{value} is empty.',
  uploadInvalidError: '{value} could not be read. Send it in another form.',
  uploadTooMuchError: 'Your files take up all the space there is for them here.',
  uploadNotAllowed: 'You can send files as soon as somebody has answered.',
  uploadForbiddenError: 'This cannot be sent from here.',
  fileLost: 'The page was closed before this was sent. Choose it again.',
};

export type FileStrings = Translated<typeof en>;

/** The texts, with those of the language and the host page's own in place of the English ones. */
export function fileStrings(model: Messenger): FileStrings {
  return laid(en, model);
}
