import { expect, it } from 'vitest';
import type { AuditEntry } from '../api.ts';
import { actorOf, detailOf, matches } from './entries.ts';

const entry: AuditEntry = { at: '', actor: { kind: 'agent', id: 'a1', name: 'Kim Sommer' }, action: 'key.rotate', target: 'app_1', detail: { overlap: '24h0m0s', count: 2 } };

it('finds entries by words anywhere in them', () => {
  for (const filter of ['', 'kim', 'KEY.rotate', 'sommer 24h', ' app_1 ']) expect(matches(entry, filter)).toBe(true);
  for (const filter of ['ana', 'kim key.revoke']) expect(matches(entry, filter)).toBe(false);
});

it('tells who and what in a line', () => {
  expect(actorOf(entry, {})).toBe('Kim Sommer');
  expect(actorOf({ ...entry, actor: { kind: 'cli' } }, { cli: 'Command line' })).toBe('Command line');
  expect(actorOf({ ...entry, actor: { kind: 'key', id: 'app_1' } }, {})).toBe('key app_1');
  expect(detailOf(entry)).toBe('overlap: 24h0m0s · count: 2');
  expect(detailOf({ ...entry, detail: undefined })).toBe('');
});
