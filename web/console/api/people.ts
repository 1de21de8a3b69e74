/** The shapes of the calls about people at the console. Times are RFC 3339 in UTC. */

export const roles = ['agent', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

export interface AppRole {
  id: string;
  name: string;
  role: Role;
}

export interface Session {
  agent: { id: string; email: string; name: string; admin: boolean };
  apps: AppRole[];
  provedUntil: string;
  expiresAt: string;
}

/** What a link to the console is good for. */
export interface Link {
  email?: string;
  admin: boolean;
  app?: { id: string; name: string };
  role?: Role;
  hasAccount: boolean;
  expiresAt: string;
}

export interface Agent {
  id: string;
  email?: string;
  name: string;
  role: Role;
  /** Manages the server, and so is an owner everywhere. */
  admin: boolean;
  createdAt: string;
}

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  expiresAt: string;
}

export function may(role: Role, atLeast: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(atLeast);
}
