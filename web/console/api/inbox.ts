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
  team?: Named;
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
  /** Of the newest message of a user. */
  userNumber: number;
  /** How far oneself has read; the line that all agents hear does not say it. */
  ownNumber?: number;
  lastMessage?: Message;
}

/** What can be changed of an entry. */
export interface EntryChange {
  status?: Status;
  snoozedUntil?: string;
  /** A team says who answers, unless `assignee` does. */
  team?: string | null;
  assignee?: string | null;
  tags?: string[];
}

/** A part of the inbox that one keeps under a name. */
export interface SavedView {
  id: string;
  name: string;
  status: Status;
  /** `me`, `nobody` or the id of an agent. */
  assignee?: string;
  /** The id of a team, which may be gone. */
  team?: string;
  tag?: string;
  /** Words that a message or a note has. */
  query?: string;
}

export type Counts = Record<View, number>;
export type TeamCounts = Partial<Record<string, number>>;

export interface Page {
  entries: Entry[];
  cursor?: string;
  counts: Counts;
  /** How many open ones one's teams have, by their ids. */
  teams: TeamCounts;
}

/** A part of what was said; a match is what was looked for. */
export interface ExcerptPart {
  text: string;
  match?: boolean;
}

/** A message or a note that was found, with the entry of its conversation. */
export interface FoundSaid {
  entry: Entry;
  kind: 'message' | 'note';
  id: string;
  at: string;
  by: 'user' | 'business' | 'agent';
  name?: string;
  excerpt: ExcerptPart[];
}

export interface FoundPage {
  found: FoundSaid[];
  cursor?: string;
}

/** A user who was found. */
export interface FoundPerson {
  userId: string;
  externalId?: string;
  number: number;
  name: string;
  email?: string;
  avatarUrl?: string;
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
  | { type: 'team'; team?: Named; to?: Named }
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
  /** What they thought of their conversations, from 1 to 5; the newest first. */
  ratings: { conversation: string; value: number; at: string }[];
}

/** What the socket of the inbox tells. Types that are not here are of no matter to it. */
export type LiveEvent =
  | { type: 'ready' | 'beat' }
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
  | { type: 'colleagues' }
  | { type: 'agent.typing'; conversation: string; agent: Named; active: boolean; note: boolean };
