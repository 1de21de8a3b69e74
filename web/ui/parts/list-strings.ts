import type { Messenger } from '../model.ts';
import type { Strings, Translated } from '../strings/index.ts';

/** Texts of the list of conversations, in English. Names are those of `customText` where it has one. */
export const en = {
  conversationListEmpty: 'No conversations yet',
  conversationListMore: 'Show more',
  conversationListSearch: 'Search conversations',
  conversationListNoneFound: 'Nothing found',
  conversationListRelativeTimeJustNow: 'Just now',
  conversationListPreviewUserText: 'You',
  conversationListPreviewAnonymousText: 'Someone',
  conversationListPreviewText: '{user}: {value}',
  conversationListPreviewImageText: '{user}: Picture',
  conversationListPreviewFileText: '{user}: File',
  conversationListPreviewCarouselText: '{user}: Cards',
  conversationListPreviewFormText: '{user}: Questions',
  conversationListPreviewFormResponseText: '{user}: Answers',
  conversationListPreviewLocationRequestText: '{user}: Where are you?',
};

/** Said by `Intl` unless the host page says it. */
type Own = Partial<Record<`conversationListRelativeTime${'Minute' | 'Minutes' | 'Hour' | 'Hours'}`, string>>;

export type ListStrings = Translated<typeof en> & Own;

/** The texts, with those of the language and the host page's own in place of the English ones. */
export function listStrings({ options }: Messenger): Strings & ListStrings {
  return { ...en, ...options.strings };
}
