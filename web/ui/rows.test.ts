import { describe, expect, it } from 'vitest';
import type { Entry, Message } from '../sdk/index.ts';
import { rowsOf } from './rows.ts';

const at = (time: string) => `2026-11-20T${time}:00.000Z`;

function message(number: number, time: string, author: 'me' | 'kim' | 'lou', more: Partial<Message> = {}): Message {
  const own = author === 'me';
  return {
    id: `m${number}`,
    number,
    change: number,
    received: at(time),
    author: own ? { type: 'user', userId: 'me' } : { type: 'business', displayName: author },
    content: { type: 'text', text: `text ${number}` },
    ...more,
  };
}

const entry = (id: string, time: string): Entry => ({ id, owner: 'me', message: { text: id }, writtenAt: Date.parse(at(time)), order: 1 });

const kinds = (rows: ReturnType<typeof rowsOf>) => rows.map((row) => row.kind).join(' ');
const groups = (rows: ReturnType<typeof rowsOf>) =>
  rows.flatMap((row) => ('opens' in row ? [`${row.opens ? '[' : ''}${row.kind === 'entry' ? row.entry.id : row.message.number}${row.closes ? ']' : ''}`] : [])).join(' ');

describe('rows', () => {
  it('group what one author says within three minutes', () => {
    const messages = [message(1, '10:00', 'me'), message(2, '10:01', 'me'), message(3, '10:01', 'kim'), message(4, '10:02', 'lou'), message(5, '10:09', 'lou')];
    expect(groups(rowsOf({ messages, entries: [], me: 'me' }))).toBe('[1 2] [3] [4] [5]');
  });

  it('name each day once', () => {
    const messages = [message(1, '10:00', 'me', { received: '2026-11-18T10:00:00Z' }), message(2, '10:00', 'me'), message(3, '10:30', 'me')];
    expect(kinds(rowsOf({ messages, entries: [], me: 'me' }))).toBe('day message day message message');
  });

  it('divide before the first unread of somebody else', () => {
    const messages = [message(1, '10:00', 'kim'), message(2, '10:00', 'me'), message(3, '10:01', 'kim'), message(4, '10:01', 'kim')];
    expect(kinds(rowsOf({ messages, entries: [], me: 'me', readBefore: 1 }))).toBe('day message message new message message');
  });

  it('join what is on its way, and show nothing twice', () => {
    const messages = [message(1, '10:00', 'me', { clientMessageId: 'a' })];
    const rows = rowsOf({ messages, entries: [entry('a', '10:00'), entry('b', '10:01')], me: 'me' });
    expect(groups(rows)).toBe('[1 b]');
    expect(rows.map((row) => row.key)).toEqual(['day-m1', 'a', 'b']);
  });
});
