/**
 * The shapes that host pages see (contracts/sunshine.md section 3.3): flat, and with times in seconds as fractions,
 * where the wire has nested authors and RFC 3339.
 */
import type { Action, Content, Item } from './content.ts';
import type { Conversation } from './conversation.ts';
import type { Message, Metadata, User, UserFields } from './protocol.ts';

export interface UserShape {
  id?: string;
  externalId?: string;
  signedUpAt?: number;
  hasPaymentInfo: boolean;
  metadata: Metadata;
  surname?: string;
  givenName?: string;
  email?: string;
  avatarUrl?: string;
}

/** A button under the name that the documented widget has for it: `triggerPostback` takes the `_id`. */
export interface ActionShape extends Action {
  _id: string;
}

export interface ItemShape extends Item {
  actions: ActionShape[];
}

/** A message with all that its content has. */
export interface MessageShape extends Content {
  actions?: ActionShape[];
  items?: ItemShape[];
  id: string;
  role: 'user' | 'business';
  userId?: string;
  displayName?: string;
  avatarUrl?: string;
  received: number;
  source?: { type?: string; id?: string; integrationId?: string };
  metadata?: Metadata;
}

export interface ParticipantShape {
  id: string;
  userId: string;
  unreadCount: number;
  lastRead: number | null;
}

export interface ConversationShape {
  id: string;
  type: string;
  displayName: string | null;
  description: string | null;
  iconUrl: string | null;
  lastUpdatedAt: number | null;
  businessLastRead: number | null;
  participants: ParticipantShape[];
  metadata: Metadata | null;
  messages: MessageShape[];
}

/** Seconds since the epoch, or null. */
export function seconds(time: string | null | undefined): number | null {
  return time ? Date.parse(time) / 1000 : null;
}

/** The user as known, or what was set of a user that does not exist yet. */
export function userShape(user: User | undefined, toCome: UserFields): UserShape {
  const { profile = {}, metadata } = user ?? {};
  const shape: UserShape = {
    id: user?.id,
    externalId: user?.externalId,
    signedUpAt: seconds(user?.signedUpAt) ?? undefined,
    hasPaymentInfo: false,
    metadata: { ...metadata, ...toCome.metadata },
  };
  for (const name of ['surname', 'givenName', 'email', 'avatarUrl'] as const) {
    shape[name] = toCome[name] ?? profile[name] ?? undefined;
  }
  return shape;
}

export function messageShape(message: Message): MessageShape {
  const { author, content, source } = message;
  return {
    ...content,
    actions: named(content.actions),
    items: content.items?.map((item) => ({ ...item, actions: named(item.actions) })),
    id: message.id,
    role: author.type,
    userId: author.userId,
    displayName: author.displayName,
    avatarUrl: author.avatarUrl,
    received: Date.parse(message.received) / 1000,
    source: source && { type: source.type, id: source.client?.id, integrationId: source.integrationId },
    metadata: message.metadata,
  };
}

function named<A extends Action[] | undefined>(actions: A): A extends Action[] ? ActionShape[] : undefined {
  return actions?.map((action) => ({ ...action, _id: action.id })) as A extends Action[] ? ActionShape[] : undefined;
}

/** `me` is the id of the signed-in user, whose unread count the client knows best. */
export function conversationShape({ state, messages }: Conversation, me: string | undefined): ConversationShape {
  return {
    id: state.id,
    type: state.type,
    displayName: state.displayName ?? null,
    description: state.description ?? null,
    iconUrl: state.iconUrl ?? null,
    lastUpdatedAt: seconds(state.lastUpdatedAt),
    businessLastRead: seconds(state.businessLastRead),
    participants: (state.participants ?? []).map((one) => ({
      id: one.id,
      userId: one.userId,
      unreadCount: one.userId === me ? state.unreadCount : (one.unreadCount ?? 0),
      lastRead: seconds(one.lastRead),
    })),
    metadata: state.metadata ?? null,
    messages: messages.map(messageShape),
  };
}
