import { describe, expect, it } from 'vitest';
import type { Entry, Message } from '../api/inbox.ts';
import { views } from '../router.ts';
import { belongs, inOrder, isTaken, moved } from './entries.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 14, minute)).toISOString();

function entry(conversation: string, fields: Partial<Entry> = {}): Entry {
  return { conversation, people: 1, status: 'open', tags: [], movedAt: at(0), lastNumber: 1, change: 1, businessReadNumber: 0, readNumber: 0, userNumber: 0, ...fields };
}

function message(number: number, type: 'user' | 'business', minute = number): Message {
  return { id: `m${number}`, number, change: number, received: at(minute), author: { type }, content: { type: 'text', text: 'x' } };
}

describe('views', () => {
  const cases: [string, Partial<Entry>, string[]][] = [
    ['a question that nobody has', { waitingSince: at(0) }, ['waiting', 'unassigned', 'open']],
    ['a question to me', { waitingSince: at(0), assignee: { id: 'me', name: 'Kim' } }, ['waiting', 'mine', 'open']],
    ['one that I have not read', { userNumber: 3, ownNumber: 2, assignee: { id: 'lou', name: 'Lou' } }, ['unread', 'open']],
    ['one that I have read', { userNumber: 3, ownNumber: 3, assignee: { id: 'lou', name: 'Lou' } }, ['open']],
    ['an answered one of a colleague', { assignee: { id: 'lou', name: 'Lou' } }, ['open']],
    ['one that was put off', { status: 'snoozed', waitingSince: at(0), assignee: { id: 'me', name: 'Kim' } }, ['snoozed']],
    ['a closed one', { status: 'closed' }, ['closed']],
  ];

  it.each(cases)('have %s where it belongs', (_, fields, expected) => {
    expect(views.filter((view) => belongs(entry('c', fields), view, 'me'))).toEqual(expected);
  });

  it('of one\'s own take what has their status, assignee, team and tag', () => {
    const mine = entry('a', { team: { id: 't', name: 'Support' }, assignee: { id: 'me', name: 'Kim' }, tags: ['vip'] });
    const nobodys = entry('b', { tags: ['vips'] });
    const taken = (fields: object) => [mine, nobodys].filter((one) => isTaken(one, { id: 'v', name: 'V', status: 'open', ...fields }, 'me')).map(({ conversation }) => conversation);
    expect([taken({}), taken({ assignee: 'me' }), taken({ assignee: 'nobody' }), taken({ assignee: 'lou' }), taken({ team: 't' }), taken({ team: 'gone' }), taken({ tag: 'vip' }), taken({ status: 'closed' })]).toEqual([['a', 'b'], ['a'], ['b'], [], ['a'], [], ['a'], []]);
  });

  it('have first who waits longest, and elsewhere what moved last', () => {
    const [early, late] = [entry('a', { waitingSince: at(1), movedAt: at(1) }), entry('b', { waitingSince: at(2), movedAt: at(2) })];
    expect([late, early].sort(inOrder('waiting'))).toEqual([early, late]);
    expect([early, late].sort(inOrder('open'))).toEqual([late, early]);
  });
});

describe('an entry', () => {
  const heard = (of: Entry, one: Message) => moved(of, { type: 'message', conversation: 'c', change: one.number, message: one });

  it('waits from the first message of a user until somebody answers', () => {
    const asked = heard(entry('c'), message(2, 'user'));
    expect(asked).toMatchObject({ waitingSince: at(2), movedAt: at(2), lastNumber: 2 });
    const more = heard(asked, message(3, 'user'));
    expect(more).toMatchObject({ waitingSince: at(2), movedAt: at(2), lastNumber: 3, lastMessage: { id: 'm3' } });
    const answered = heard(more, message(4, 'business'));
    expect(answered).toMatchObject({ waitingSince: undefined, movedAt: at(4), lastNumber: 4 });
  });

  it('is not moved by what it knows already', () => {
    const known = entry('c', { lastNumber: 5, change: 7 });
    expect(heard(known, message(4, 'user'))).toEqual(known);
  });

  it('knows how far either side has read, which never goes back', () => {
    const read = (of: Entry, by: 'user' | 'business', number: number) => moved(of, { type: 'read', conversation: 'c', change: 9, by, number });
    expect(read(entry('c'), 'user', 3)).toMatchObject({ readNumber: 3, businessReadNumber: 0, change: 9 });
    expect(read(entry('c', { businessReadNumber: 4 }), 'business', 2)).toMatchObject({ businessReadNumber: 4 });
  });
});
