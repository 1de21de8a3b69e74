import type { ConversationState, CountedEvent, Cursor, Message, Participant } from './protocol.ts';

/**
 * What the client holds of one conversation. Never changed in place: another value is another state.
 * `messages` are without a gap, in order of their numbers; `hasMore` tells that older ones exist. They are the newest, unless `hasNewer`
 * tells that those were let go of: of a history that is read far above (ui/far.ts).
 */
export interface Conversation {
  readonly state: ConversationState;
  readonly messages: readonly Message[];
  readonly cursor: Cursor;
  readonly hasMore: boolean;
  readonly hasNewer?: boolean;
}

/** A conversation of which nothing but the list's line is known. */
export function conversationOf(state: ConversationState): Conversation {
  const last = state.lastMessage ?? undefined;
  return {
    state,
    messages: last ? [last] : [],
    cursor: { number: state.lastNumber, change: state.change },
    hasMore: last ? last.number > 1 : state.lastNumber > 0,
  };
}

/** The conversation after the event. `me` is the id of the signed-in user. The caller has checked the change number. */
export function after(conversation: Conversation, event: CountedEvent, me: string): Conversation {
  const moved = { ...conversation, cursor: { ...conversation.cursor, change: event.change ?? conversation.cursor.change } };
  switch (event.type) {
    case 'message':
      return withMessage(moved, event.message, me);
    case 'message.removed':
      return withoutMessage(moved, event.id);
    case 'messages.removed':
      return withoutMessagesUpTo(moved, event.number);
    case 'read':
      return event.by === 'business' ? marked(moved, { businessReadNumber: event.number, businessLastRead: event.at }) : readByUser(moved, event, me);
    case 'conversation':
      return withState(moved, event.state);
    case 'participant.added':
    case 'participant.removed':
      return withParticipant(moved, event.type === 'participant.added', event.userId);
    default:
      return moved;
  }
}

/** The conversation with a page of older messages before those it holds. */
export function withOlder(conversation: Conversation, page: readonly Message[], hasMore: boolean): Conversation {
  const first = conversation.messages[0]?.number ?? Infinity;
  const older = page.filter((message) => message.number < first);
  return { ...conversation, messages: [...older, ...conversation.messages], hasMore };
}

/** The conversation with no more than its newest messages, so many of them at most; the older ones are to be had again. */
export function withNewest(conversation: Conversation, most: number): Conversation {
  const { messages, hasNewer } = conversation;
  return hasNewer ? { ...conversationOf(conversation.state), cursor: conversation.cursor } : { ...conversation, messages: messages.slice(-most), hasMore: true };
}

/** The conversation as it is when its user has read everything up to `number`. */
export function readUpTo(conversation: Conversation, number: number, me: string): Conversation {
  const { state, messages } = conversation;
  if (number <= state.readNumber) return conversation;
  const unread = messages.filter((message) => message.number > number && message.author.userId !== me).length;
  return marked(conversation, { readNumber: number, unreadCount: unread });
}

function marked(conversation: Conversation, state: Partial<ConversationState>): Conversation {
  return { ...conversation, state: { ...conversation.state, ...state } };
}

function withMessage(conversation: Conversation, message: Message, me: string): Conversation {
  const { state, messages, cursor } = conversation;
  if (messages.some((held) => held.id === message.id)) return conversation;
  const foreign = message.author.userId !== me;
  const grown = {
    ...conversation,
    messages: messages
      .map((held) => (held.id === message.content.quotedMessageId ? answered(held) : held))
      .concat(conversation.hasNewer ? [] : message)
      .sort((a, b) => a.number - b.number),
    cursor: { ...cursor, number: Math.max(cursor.number, message.number) },
  };
  return marked(grown, {
    lastMessage: message,
    lastNumber: Math.max(state.lastNumber, message.number),
    lastUpdatedAt: message.received,
    unreadCount: state.unreadCount + (foreign ? 1 : 0),
  });
}

/** The form with the note that it is answered: the server says so itself where a form is loaded later. */
function answered(form: Message): Message {
  return { ...form, content: { ...form.content, submitted: true } };
}

function withoutMessage(conversation: Conversation, id: string): Conversation {
  const messages = conversation.messages.filter((message) => message.id !== id);
  const { state } = conversation;
  const lastMessage = state.lastMessage?.id === id ? ((conversation.hasNewer ? null : messages.at(-1)) ?? null) : state.lastMessage;
  return marked({ ...conversation, messages }, { lastMessage });
}

function readByUser(conversation: Conversation, event: { userId?: string; number: number; at: string }, me: string): Conversation {
  const participants = conversation.state.participants?.map((one) => (one.userId === event.userId ? { ...one, lastRead: event.at } : one));
  const noted = marked(conversation, { participants });
  return event.userId === me ? readUpTo(noted, event.number, me) : noted;
}

/**
 * Takes what the event says, which leaves out what differs from user to user, and names that there are not; what messages say is
 * held already.
 */
function withState(conversation: Conversation, state: Partial<ConversationState>): Conversation {
  const { lastMessage, lastNumber } = conversation.state;
  const { displayName, description, iconUrl } = state;
  return marked(conversation, { ...state, displayName, description, iconUrl, lastMessage, lastNumber });
}

function withoutMessagesUpTo(conversation: Conversation, number: number): Conversation {
  const messages = conversation.messages.filter((message) => message.number > number);
  const unreadCount = Math.min(conversation.state.unreadCount, messages.length);
  return marked({ ...conversation, messages, hasMore: false }, { lastMessage: messages.at(-1) ?? null, unreadCount });
}

function withParticipant(conversation: Conversation, joined: boolean, userId: string): Conversation {
  const others = (conversation.state.participants ?? []).filter((one) => one.userId !== userId);
  const newcomer: Participant = { id: userId, userId };
  return marked(conversation, { participants: joined ? [...others, newcomer] : others });
}
