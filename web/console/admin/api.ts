import type { Person } from '../api/inbox.ts';

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

/** Sign-ins that were refused for one reason, with one key, on one page. */
export interface Refusal {
  code: string;
  /** Why a token was refused, where it was the token. */
  reason?: string;
  claim?: string;
  door: string;
  key?: string;
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

export interface AuditEntry {
  at: string;
  actor: { kind: string; id?: string; name?: string };
  action: string;
  target?: string;
  detail?: Record<string, unknown>;
}
