import type { Messenger } from '../model.ts';
import type { Translated } from '../strings/index.ts';

/** What a screen reader says of new messages, in English. Names are those of `customScreenReaderAnnouncement`. */
export const en = {
  supportSays: '{author} says:',
  sentImage: '{author} sent a picture.',
  sentFile: '{author} sent a file.',
  sentCarousel: '{author} sent cards.',
  sentLocation: '{author} sent a location.',
};

/** The texts, with those of the language and the host page's own in place of the English ones. */
export function announcementStrings({ options }: Messenger): Translated<typeof en> {
  return { ...en, ...options.strings };
}
