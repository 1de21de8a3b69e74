import { badRequest } from '../../sdk/index.ts';

/** What a call of the host page must be given: each check answers with the value, or fails as a bad request that names it. */
export function text(value: unknown, what: string, mayBeEmpty = false): string {
  if (typeof value !== 'string' || (value === '' && !mayBeEmpty)) throw badRequest(`${what} must be a text that is not empty.`);
  return value;
}

export function optionalText(value: unknown, what: string): string | undefined {
  return value === undefined || value === null ? undefined : text(value, what);
}
