/** The shapes of the inbox's calls and of its socket. Times are RFC 3339 in UTC. */
import type { Message as UserMessage } from '../../sdk/index.ts';
import type { TypingEvent } from '../../sdk/protocol.ts';
import type { View } from '../router.ts';

export type Assurance = 'anonymous' | 'claimed' | 'verified' | 'signed';
export type Status = 'open' | 'snoozed' | 'closed';

export interface Named {
  id: string;
  name: string;
}

/** A message as agents see it: with how sure we were who wrote it. */
export interface Message extends UserMessage {
  assurance?: Assurance;
}

export interface Entry {
  conversation: string;
  person?: { userId: string; externalId?: string; name: string; avatarUrl?: string; assurance: Assurance };
  /** How many users are in it. */
  people: number;
  displayName?: string;
  status: Status;
  snoozedUntil?: string;
  assignee?: Named;
  tags: string[];
  /** Since when a user waits for an answer; absent: nobody does. */
  waitingSince?: string;
  /** When it last changed sides or status. */
  movedAt: string;
  lastNumber: number;
  change: number;
  businessReadNumber: number;
  /** How far the user has read. */
  readNumber: number;
  lastMessage?: Message;
}

/** What can be changed of an entry. */
export interface EntryChange {
  status?: Status;
  snoozedUntil?: string;
  assignee?: string | null;
  tags?: string[];
}

export type Counts = Record<View, number>;

export interface Page {
  entries: Entry[];
  cursor?: string;
  counts: Counts;
}

export interface Note {
  id: string;
  /** The id under which it was sent from a console. */
  sentId: string;
  text: string;
  html: string;
  author: Named;
}

export type Happening = { id: string; by?: Named } & (
  | { type: 'assigned'; to?: Named }
  | { type: 'closed' | 'reopened' }
  | { type: 'snoozed'; until?: string }
  | { type: 'tagged'; tags: string[] }
);

export type Item = { kind: 'message'; at: string; message: Message } | { kind: 'note'; at: string; note: Note } | { kind: 'happening'; at: string; happening: Happening };

/** A part of a thread, in the order of time. */
export interface ThreadPage {
  /** What was said and what happened; and where it is what changed, messages that were removed. */
  items: (Item | { kind: 'removed'; id: string })[];
  /** Cursor of the part before; absent: it begins here. */
  before?: string;
  /** Cursor of what is new since. */
  after: string;
  /** Too much is new to be told. */
  reset?: boolean;
}

export interface Device {
  id: string;
  platform: string;
  name?: string;
  lastSeenAt?: string;
  info?: Record<string, string>;
}

export type Facts = Record<string, unknown>;

export interface Person {
  userId: string;
  externalId?: string;
  number: number;
  profile: { givenName?: string | null; surname?: string | null; email?: string | null; avatarUrl?: string | null; locale?: string | null };
  signedUpAt: string;
  verifiedEmails: string[];
  /** Said by a token, and so by the company itself. */
  attributes: Facts;
  /** Said by a browser. */
  metadata: Facts;
  assurance: Assurance;
  clients: Device[];
  conversations: Entry[];
}

/** What the socket of the inbox tells. Types that are not here are of no matter to it. */
export type LiveEvent =
  | { type: 'ready' }
  | { type: 'message'; conversation: string; change: number; message: Message }
  | { type: 'message.removed'; conversation: string; change: number; id: string }
  | { type: 'messages.removed'; conversation: string; change: number; number: number }
  | { type: 'read'; conversation: string; change: number; by: 'user' | 'business'; number: number }
  | { type: 'conversation'; conversation: string; change?: number; state: { displayName?: string | null } }
  | { type: 'conversation.removed'; conversation: string }
  | { type: 'participant.added' | 'participant.removed'; conversation: string; change: number }
  | TypingEvent
  | { type: 'entry'; entry: Entry }
  | { type: 'item'; conversation: string; item: Item }
  | { type: 'agent.typing'; conversation: string; agent: Named; active: boolean; note: boolean };
