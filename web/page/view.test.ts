import { expect, it } from 'vitest';
import { viewOf } from './view.ts';
import type { Situation, View } from './view.ts';

const open: Situation = { secure: true, busy: false, troubled: false, asked: false, signingIn: false, ended: false, presence: 'nobody', admits: { anonymous: true, mail: false } };
const byMail = { anonymous: false, mail: true };
const byLink = { anonymous: false, mail: false };

it.each<[string, Partial<Situation>, View]>([
  ['everybody is admitted', {}, 'messenger'],
  ['everybody is admitted, and may sign in', { admits: { anonymous: true, mail: true } }, 'messenger'],
  ['the person wants to sign in', { admits: { anonymous: true, mail: true }, signingIn: true }, 'sign-in'],
  ['the person wants to sign in after a refusal', { admits: byMail, troubled: true, signingIn: true }, 'sign-in'],
  ['signing in by e-mail is off', { signingIn: true }, 'messenger'],
  ['e-mail is the only way in', { admits: byMail }, 'sign-in'],
  ['a link is the only way in', { admits: byLink }, 'closed'],
  ['somebody is signed in', { admits: byLink, presence: 'user' }, 'messenger'],
  ['the session ended in view', { presence: 'expired' }, 'expired'],
  ['the session ended before the page was opened again', { admits: byLink, ended: true }, 'expired'],
  ['the session ended, and somebody has signed in since', { ended: true, presence: 'user' }, 'messenger'],
  ['the link was refused', { troubled: true }, 'trouble'],
  ['the link was refused, and somebody is signed in', { troubled: true, presence: 'user' }, 'trouble'],
  ['the server did not answer', { troubled: true, admits: undefined }, 'trouble'],
  ['the link is that of another person', { asked: true, presence: 'user' }, 'other-person'],
  ['the answer is awaited', { busy: true, troubled: true, presence: 'user' }, 'loading'],
  ['nothing is known yet', { admits: undefined }, 'loading'],
  ['browsers keep no cookie here', { secure: false, busy: true }, 'insecure'],
])('where %s: %o shows %s', (_, differently, view) => {
  expect(viewOf({ ...open, ...differently })).toBe(view);
});
