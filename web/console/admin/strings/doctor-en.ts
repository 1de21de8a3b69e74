import { pluralIn } from '../../strings/plural.ts';

const plural = pluralIn('en');

/** The names of the checks as the server calls them; one that is new there is shown as it is called. */
const checks: Partial<Record<string, string>> = {
  door: 'The way in is open',
  size: 'Size',
  'three parts': 'Three parts with dots between',
  base64url: 'Written in base64url',
  header: 'Header',
  key: 'Key',
  'algorithm of the key': 'Algorithm of the key',
  signature: 'Signature',
  claims: 'Claims',
  dates: 'Dates are numbers',
  expiry: 'Not expired (exp)',
  'not before': 'Already valid (nbf)',
  'issued at': 'Not from the future (iat)',
  'policy of the app': 'Rules of this app',
  audience: 'Audience (aud)',
  identity: 'Says who it is',
  'argument of login': 'Same person as in the page’s call',
  'one-time code': 'Used once',
};

const reasons: Partial<Record<string, string>> = {
  malformed: 'Not a token',
  key_unknown: 'Unknown key',
  signature_invalid: 'Wrong signature',
  token_expired: 'Expired',
  not_yet_valid: 'Not valid yet',
  claim_invalid: 'A claim is wrong',
  token_revoked: 'Revoked or used already',
  token_too_old: 'Too old',
  door_closed: 'This way in is closed',
  seat_limit_reached: 'All seats are taken',
  user_not_found: 'Nobody of this name',
  user_blocked: 'Blocked',
};

export const doctor = {
  lead: 'Paste a token, and see every check that a sign-in makes: what it found, where it stopped, and what to do. The server runs the very same checks. Nothing is stored, and nobody is signed in.',
  token: 'Token',
  tokenHint: 'Three parts with dots between. It may be one that was refused.',
  door: 'Way in',
  externalId: 'External id, as given to login',
  externalIdHint: 'Optional. It has to be the one in the token.',
  check: 'Check the token',
  accepted: 'This token is good',
  refused: 'This token is refused',
  cure: 'What to do:',
  states: { passed: 'passed', failed: 'failed', 'not reached': 'not reached' },
  checks,
  header: 'Header',
  claims: 'Claims',
  unreadable: 'cannot be read',
  feedTitle: 'Refused sign-ins',
  feedLead: 'Whom this server turned away since it was started, the latest first. It looks again every five seconds. The page is named by its origin where the browser says it, which it does not of the widget.',
  feedEmpty: 'Nobody was turned away',
  feedEmptyLead: 'When a token of yours is refused, its reason is here within seconds, with the key that it names.',
  since: (when: string) => `since ${when}`,
  times: (written: string, count: number) => plural(count, 'once', `${written} times`),
  reasons,
};
