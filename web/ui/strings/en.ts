/**
 * The texts of the messenger that it takes to chat, in English; those of a later part are with that part. Names are those of
 * `customText` where it has one, so that overrides need no table. `{braces}` are filled in.
 */
export const en = {
  conversationListHeaderText: 'Conversations',
  newConversationButtonText: 'New conversation',
  headerText: 'Support',
  headerSubtitle: 'We answer right here',
  back: 'Back to conversations',
  close: 'Close chat',
  expand: 'Make the chat larger',
  shrink: 'Make the chat smaller',
  messages: 'Messages',
  composer: 'Message',
  inputPlaceholder: 'Write a message…',
  sendButtonText: 'Send',
  charactersLeft: '{count} characters left',
  messageTooLongError: 'Too long by {characters} characters.',
  greeting: 'Hello!',
  greetingByName: 'Hello {user}!',
  introAppText: 'Ask us anything. You can leave this page: the answer waits here for you.',
  starters: 'Ways to begin',
  starterQuestion: 'I have a question',
  starterProblem: 'Something does not work',
  starterPerson: 'I would like to talk to a person',
  messageSending: 'Sending…',
  messageQueued: 'Waiting for the connection',
  messageDelivered: 'Delivered',
  messageSeen: 'Seen',
  messageSeenAt: 'Seen {value}',
  messageError: 'Not sent.',
  clickToRetry: 'Try again',
  discard: 'Delete',
  you: 'You',
  today: 'Today',
  conversationListRelativeTimeYesterday: 'Yesterday',
  newMessages: 'New',
  jumpToLatest: 'Jump to latest',
  messageIndicatorTitleSingular: '{count} new message',
  messageIndicatorTitlePlural: '{count} new messages',
  unreadSingular: '{count} unread',
  unreadPlural: '{count} unread',
  fetchingHistory: 'Loading earlier messages…',
  fetchHistoryError: 'Earlier messages could not be loaded.',
  couldNotConnect: 'No connection. Your messages are kept and sent by themselves.',
  aiLabel: 'AI',
  signInToWrite: 'Sign in to write to us.',
  sessionEnded: 'Your session has ended. Sign in again to go on.',
};

/** A text that counts, in a language with more forms than two. */
export type Counted = (count: number) => string;

/** Texts in any language, under the names of the English ones. */
export type Translated<English> = { [Name in keyof English]: Name extends `${string}Plural` ? string | Counted : string };

export type Strings = Translated<typeof en>;
