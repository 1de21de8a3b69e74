import { expect, it } from 'vitest';
import { ParlorError, unavailable } from '../sdk/index.ts';
import { en } from './strings/en.ts';
import { mayPass, supportCode, troubleOf } from './troubles.ts';

const refused = (reason: string) => ParlorError.fromWire({ code: 'invalid_auth', reason }, 401);

it.each([
  ['expired', refused('token_expired'), false],
  ['not valid', refused('signature_invalid'), false],
  ['not valid', refused('key_unknown'), false],
  ['not valid', refused('malformed'), false],
  ['not valid', refused('claim_invalid'), false],
  ['for later', refused('not_yet_valid'), true],
  ['no longer works', refused('token_revoked'), false],
  ['too old', refused('token_too_old'), false],
  ['no seat', ParlorError.fromWire({ code: 'seat_limit_reached' }, 403), true],
  ['do not open', ParlorError.fromWire({ code: 'door_closed' }, 403), true],
  ['cannot use', ParlorError.fromWire({ code: 'user_blocked' }, 403), true],
  ['personal link', ParlorError.fromWire({ code: 'anonymous_off' }, 403), false],
  ['not found', ParlorError.fromWire({ code: 'user_not_found' }, 404), true],
  ['not found', ParlorError.fromWire({ code: 'app_not_found' }, 404), false],
  ['too many', ParlorError.fromWire({ code: 'rate_limited' }, 429), true],
  ['cannot be reached', unavailable(), true],
  ['cannot be reached', ParlorError.fromWire({ code: 'busy' }, 503), true],
  ['went wrong', ParlorError.fromWire({ code: 'internal' }, 500), true],
  ['went wrong', ParlorError.fromWire({ code: 'toString' }, 400), true],
])('"%s" is said of %o', (words, error, again) => {
  const trouble = troubleOf(error);
  expect(en[`${trouble}Title`].toLowerCase()).toContain(words);
  expect(mayPass(trouble)).toBe(again);
});

it('support is told which claim is at fault', () => {
  expect(supportCode(ParlorError.fromWire({ code: 'invalid_auth', reason: 'claim_invalid', claim: 'user.id' }, 401))).toBe('claim_invalid · user.id');
  expect(supportCode(unavailable())).toBe('unavailable');
});
