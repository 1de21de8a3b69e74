import type { ParlorError } from '../sdk/index.ts';
import type { PageStrings } from './strings/en.ts';

/** What keeps the person out: each has a title, a cause and a next step among the strings. */
export type Trouble = keyof PageStrings extends infer K ? (K extends `${infer Name}Next` ? Exclude<Name, 'other'> : never) : never;

const invalid = ['signature_invalid', 'key_unknown', 'malformed', 'claim_invalid'];
const own: readonly string[] = [
  'token_expired',
  'not_yet_valid',
  'token_revoked',
  'token_too_old',
  'seat_limit_reached',
  'door_closed',
  'user_blocked',
  'user_not_found',
  'app_not_found',
  'rate_limited',
  'unavailable',
] satisfies Trouble[];

/** The trouble that a refusal means. */
export function troubleOf({ code, reason, status }: ParlorError): Trouble {
  const name = code === 'invalid_auth' ? (reason ?? 'malformed') : code;
  if (invalid.includes(name)) return 'invalid';
  if (own.includes(name)) return name as Trouble;
  if (code === 'anonymous_off') return 'closed';
  if (status === 429) return 'rate_limited';
  return status === 502 || status === 503 || status === 504 ? 'unavailable' : 'unknown';
}

/** Whether the same link may work soon, without anybody doing anything about it. */
export function passesByItself(trouble: Trouble): boolean {
  return ['not_yet_valid', 'rate_limited', 'unavailable', 'unknown'].includes(trouble);
}

/** Whether the same link may work another time, as it is. */
export function mayPass(trouble: Trouble): boolean {
  return passesByItself(trouble) || ['seat_limit_reached', 'door_closed', 'user_blocked', 'user_not_found'].includes(trouble);
}

/** What support should be told: the name of the refusal, and the claim that is at fault. */
export function supportCode({ code, reason, claim }: ParlorError): string {
  return [reason ?? code, claim].filter(Boolean).join(' · ');
}
