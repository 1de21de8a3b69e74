/**
 * The shapes of api/realtime.md, version 1. Times are RFC 3339 in UTC. Members that the client does not read are left out;
 * a server may send more.
 */
import type { Content, Coordinates, FormField } from './content.ts';
import type { WireError } from './errors.ts';

export type Door = 'sdk' | 'jsm' | 'code';
export type Metadata = Record<string, string | number | boolean>;

export interface Profile {
  givenName?: string | null;
  surname?: string | null;
  email?: string | null;
  avatarUrl?: string | null;
  locale?: string | null;
}

export interface User {
  id: string;
  externalId?: string;
  number?: number;
  signedUpAt?: string;
  profile?: Profile;
  metadata?: Metadata;
}

export interface Author {
  type: 'user' | 'business';
  userId?: string;
  userExternalId?: string;
  displayName?: string;
  avatarUrl?: string;
  subtypes?: string[];
}

export interface Message {
  id: string;
  number: number;
  change: number;
  received: string;
  author: Author;
  content: Content;
  source?: { type?: string; integrationId?: string; client?: { id: string } };
  metadata?: Metadata;
  clientMessageId?: string;
}

export interface Participant {
  id: string;
  userId: string;
  userExternalId?: string;
  unreadCount?: number;
  lastRead?: string | null;
}

export interface ConversationState {
  id: string;
  type: string;
  isDefault?: boolean;
  displayName?: string | null;
  description?: string | null;
  iconUrl?: string | null;
  metadata?: Metadata;
  businessLastRead?: string | null;
  lastUpdatedAt?: string;
  createdAt?: string;
  lastNumber: number;
  change: number;
  unreadCount: number;
  readNumber: number;
  businessReadNumber: number;
  participants?: Participant[];
  lastMessage?: Message | null;
}

export interface ClientInfo {
  id?: string;
  platform?: string;
  name?: string;
  locale?: string;
  timeZone?: string;
  info?: Record<string, string | undefined>;
}

export interface SessionGrant {
  token: string;
  expiresAt: string;
  renewAt?: string;
  assurance?: string;
}

/** Where a client stands in a conversation: the newest message it holds and the change up to which it has seen everything. */
export interface Cursor {
  number: number;
  change: number;
}

/** What a client says to sign in, inside `hello`. Without token and session it asks for an anonymous session. */
export interface Credentials {
  door?: Door;
  token?: string;
  externalId?: string;
  session?: string;
  client?: ClientInfo;
  cursors?: { conversations: Record<string, Cursor> };
}

export interface Merged {
  surviving: string;
  discarded: string;
}

export interface Welcome {
  type: 'welcome';
  v: number;
  session?: SessionGrant;
  user: User;
  client: { id: string };
  heartbeatSeconds?: number;
  conversations: ConversationState[];
  hasMore: boolean;
  cursor?: string;
  merged?: Merged;
}

/** A change of a conversation that is counted: `change` moves by exactly one with each. */
export type CountedEvent =
  | { type: 'message'; conversation: string; change: number; message: Message }
  | { type: 'message.removed'; conversation: string; change: number; id: string; number: number }
  | { type: 'messages.removed'; conversation: string; change: number; number: number }
  | { type: 'read'; conversation: string; change: number; by: 'user' | 'business'; userId?: string; number: number; at: string }
  | { type: 'conversation'; conversation: string; change?: number; state: Partial<ConversationState> }
  | { type: 'participant.added' | 'participant.removed'; conversation: string; change: number; userId: string };

export interface SyncFrame {
  type: 'sync';
  conversation: string;
  events?: CountedEvent[];
  /** The change number that the conversation has reached with these events; with `reset` there is none. */
  change?: number;
  reset?: boolean;
}

export interface TypingEvent {
  type: 'typing';
  conversation: string;
  active: boolean;
  author: Author;
}

export type PassingEvent =
  | TypingEvent
  | { type: 'conversation.removed'; conversation: string }
  | { type: 'user'; user: User }
  | { type: 'bye'; why: string };

export type ServerEvent = CountedEvent | PassingEvent | SyncFrame;

export type ServerFrame =
  | ServerEvent
  | Welcome
  | ({ type: 'ok'; ref: number } & Record<string, unknown>)
  | { type: 'error'; ref?: number; status: number; error: WireError };

/** What a message says when a client sends it. */
export interface Draft {
  /** Absent: a text. */
  type?: 'text' | 'formResponse' | 'location' | 'image' | 'file';
  /** Of other types the same in words, for the time until the server has it. */
  text: string;
  payload?: string;
  fields?: FormField[];
  quotedMessageId?: string;
  coordinates?: Coordinates;
  /** Of an image or a file: the upload. */
  attachmentId?: string;
  metadata?: Metadata;
}

/** What a client may set of a conversation; null unsets. */
export interface ConversationFields {
  displayName?: string | null;
  description?: string | null;
  iconUrl?: string | null;
  metadata?: Metadata | null;
}

/** What a client may set of its user; null unsets. */
export interface UserFields {
  givenName?: string | null;
  surname?: string | null;
  email?: string | null;
  avatarUrl?: string | null;
  locale?: string | null;
  metadata?: Metadata | null;
}

/** The requests of a client and what answers them. */
export interface Requests {
  send: {
    ask: { id: string; conversation?: string; message: Draft };
    answer: { message: Message; conversation: string; duplicate?: boolean };
  };
  postback: { ask: { id: string; conversation: string; messageId: string; action: string; metadata?: Metadata }; answer: object };
  history: { ask: { conversation: string; before?: number; limit?: number }; answer: { messages: Message[]; hasMore: boolean } };
  conversations: { ask: { after?: string }; answer: { conversations: ConversationState[]; hasMore: boolean; cursor?: string } };
  'conversation.get': { ask: { conversation: string }; answer: { conversation: ConversationState } };
  'conversation.create': {
    ask: ConversationFields & { messages?: (Draft & { id: string })[] };
    answer: { conversation: ConversationState; messages: Message[] };
  };
  'conversation.update': { ask: ConversationFields & { conversation: string }; answer: { conversation: ConversationState } };
  read: { ask: { conversation: string; number?: number }; answer: object };
  typing: { ask: { conversation: string; active: boolean }; answer: object };
  'user.update': { ask: UserFields; answer: { user: User } };
  sync: { ask: { conversation: string } & Cursor; answer: object };
  refresh: { ask: { door: Door; token: string; externalId?: string }; answer: { session: SessionGrant } };
  ping: { ask: object; answer: object };
}

/** Frames of a server message, which is always an array; undefined where it is none. */
export function parseFrames(text: unknown): ServerFrame[] | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const frames: unknown = JSON.parse(text);
    if (!Array.isArray(frames)) return undefined;
    return frames.filter((frame): frame is ServerFrame => typeof (frame as { type?: unknown } | null)?.type === 'string');
  } catch {
    return undefined;
  }
}

/** Close codes after which a client does not simply reconnect. */
export const closeCodes = {
  unreadable: 4400,
  signedOut: 4401,
  forbidden: 4403,
  noApp: 4404,
  otherVersion: 4409,
} as const;
