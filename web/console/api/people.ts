/** The shapes of the calls about people at the console. Times are RFC 3339 in UTC. */

export const roles = ['agent', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

export interface AppRole {
  id: string;
  name: string;
  role: Role;
  /** Nothing can be done there before a second factor is set up. */
  needsFactor?: boolean;
}

/** Of whom an app asks a second factor: nobody, whoever comes by a password, everybody. */
export const factorRules = ['off', 'password', 'everybody'] as const;
export type FactorRule = (typeof factorRules)[number];

/** What an account asks for beside the password; one of them is enough. */
export interface Factors {
  totp: boolean;
  /** That are left. */
  recoveryCodes: number;
  passkeys: number;
}

export interface Session {
  agent: { id: string; email: string; name: string; admin: boolean; away?: boolean };
  factors: Factors;
  /** By what they can show that it is them, beside a passkey. */
  proofs: { password: boolean; signOn: boolean };
  /** Is told by mail of users who wait too long. */
  wantsMail: boolean;
  apps: AppRole[];
  provedUntil: string;
  expiresAt: string;
}

/** Which ways lead in beside password and passkey. */
export interface Ways {
  signOn?: { name: string };
}

/** The password was right, and is not enough. */
export interface SecondStep {
  step: { factors: Factors; expiresAt: string };
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
  /** Has said so; teams hand them nothing. */
  away?: boolean;
  /** Teams hand them what comes: they are not away, and were here lately. */
  available?: boolean;
  /** The password alone does not open the account. */
  secondFactor?: boolean;
}

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  expiresAt: string;
}

/** Whether the password alone does not open an account with these. */
export function isProtected({ totp, passkeys }: Factors): boolean {
  return totp || passkeys > 0;
}

export function may(role: Role, atLeast: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(atLeast);
}
