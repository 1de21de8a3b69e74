import type { Assurance, Person } from '../api/inbox.ts';

/** The shapes of the calls of the admin pages. Times are RFC 3339 in UTC. */

export const doors = ['sdk', 'code', 'jsm'] as const;
export type Door = (typeof doors)[number];
export type Use = Door | 'api';

export interface Key {
  id: string;
  displayName: string;
  uses: Use[];
  status: 'live' | 'retiring' | 'ended';
  createdAt: string;
  notAfter?: string;
  lastUsedAt?: string;
}

/** A key whose secret is shown, this once. */
export interface NewKey {
  key: Key;
  secret: string;
}

/** By the names of `parlor app set`. */
export type SettingTexts = Record<string, string>;

export interface AppSettings {
  app: { id: string; name: string; integrationId: string; createdAt: string };
  settings: SettingTexts;
  seats: { used: number; limit?: number };
  /** Where the app's logo is, if it has one. */
  logo?: string;
}

export interface Check {
  name: string;
  state: 'passed' | 'failed' | 'not reached';
  detail?: string;
  cure?: string;
}

export interface Diagnosis {
  accepted: boolean;
  refusal?: { code: string; title: string; reason?: string; claim?: string; cure?: string };
  checks: Check[];
  header?: object;
  claims?: object;
}

/** Addresses whose users are kept outside. */
export interface AddressBlock {
  id: string;
  addresses: string;
  note?: string;
  by?: { id: string; name: string };
  at: string;
  /** Absent: for good. */
  until?: string;
}

/** Sign-ins that were refused for one reason, with one key, on pages of one origin. */
export interface Refusal {
  code: string;
  /** Why a token was refused, where it was the token. */
  reason?: string;
  claim?: string;
  door: string;
  key?: string;
  /** The origin. Absent: the browser does not say it. */
  page?: string;
  title: string;
  cure?: string;
  count: number;
  firstAt: string;
  lastAt: string;
}

export interface User {
  userId: string;
  externalId?: string;
  number: number;
  name: string;
  avatarUrl?: string;
  /** What made the user: a door, the API, a code by email, or nobody. */
  source: string;
  email?: string;
  signedUpAt?: string;
  lastSeenAt?: string;
  blocked: boolean;
  seat: boolean;
}

/** All that is known of a user: what agents see, and what only admins change. */
export interface KnownUser extends Person {
  source: string;
  lastSeenAt?: string;
  blocked: boolean;
}

/** One of the two whom a conflict is about. */
export interface ConflictingUser extends User {
  assurance: Assurance;
  identities: { value: string; verification: 'token' | 'api' | 'mail' }[];
  createdAt: string;
  conversations: number;
}

/** An address with which one user came, and which is another's. */
export interface Conflict {
  id: string;
  address: string;
  user: ConflictingUser;
  /** The same as the user, once the two were merged. */
  owner: ConflictingUser;
  /** Absent: a program wrote the address. */
  door?: string;
  keyId?: string;
  times: number;
  createdAt: string;
  lastAt: string;
  settled?: Settlement;
}

export interface Settlement {
  how: 'merged' | 'moved' | 'dismissed' | 'gone';
  /** Absent: it settled by itself. */
  by?: { kind: string; id?: string; name?: string };
  at: string;
}

export interface Merge {
  id: string;
  survivingUserId: string;
  discardedUserId: string;
  discardedExternalId?: string;
  createdBy: string;
  createdAt: string;
  undoneBy?: string;
  undoneAt?: string;
}

export interface MergeEffect {
  conversations: number;
  sharedConversations: number;
  clients: number;
  conflicts: { field: string; surviving: string | number | boolean; discarded: string | number | boolean }[];
  endedExternalId?: string;
  seatFreed: boolean;
}

/** An address that is told what happens. */
export interface Webhook {
  id: string;
  target: string;
  triggers: string[];
  enabled: boolean;
  failingSince?: string;
  lastError?: string;
  /** Shown once, by the answer that made it. */
  secret?: string;
}

/** An outer system, as far as its webhooks go. */
export interface Integration {
  id: string;
  displayName?: string;
  webhooks?: Webhook[];
}

/** One request to a webhook, and what came of it. */
export interface Attempt {
  requestId: string;
  at: string;
  /** Of the events that it held, each once. */
  types: string[];
  events: number;
  /** Grows with each failure in a row. */
  number: number;
  tookMs: number;
  /** Absent: nothing was answered. */
  status?: number;
  /** `failed` is tried again, `dead` is not. */
  outcome: 'told' | 'failed' | 'dead';
  error?: string;
}

/** An event that a webhook was not told. */
export interface DeadLetter {
  id: string;
  type: string;
  createdAt: string;
  diedAt: string;
  reason: string;
}

export interface AuditEntry {
  at: string;
  actor: { kind: string; id?: string; name?: string };
  action: string;
  target?: string;
  detail?: Record<string, unknown>;
}
