import { describe, expect, it } from 'vitest';
import type { Conversation, Message } from '../sdk/index.ts';
import { changeOf } from './frame/change.ts';
import { HostMirror } from './host/mirror.ts';

const messageOf = (number: number, text = `message ${number}`): Message => ({
  id: `m${number}`,
  number,
  change: number,
  received: '2026-11-20T10:00:00.000Z',
  author: { type: 'business' },
  content: { type: 'text', text },
});

function conversationOf(messages: readonly Message[], id = 'c1'): Conversation {
  const state = { id, type: 'personal', lastNumber: 0, change: 0, unreadCount: 0, readNumber: 0, businessReadNumber: 0 };
  return { state, messages, cursor: { number: 0, change: 0 }, hasMore: false };
}

/** Frame and host page, with what was posted between them: as far as it says anything of conversations. */
class Pair {
  readonly host = new HostMirror();
  #sent = new Map<string, readonly Message[]>();

  /** Posts what changed, and answers with how many messages that took. */
  post(...conversations: Conversation[]): number {
    const changed = conversations.map((one) => changeOf(one, this.#sent.get(one.state.id), undefined));
    const order = conversations.map((one) => one.state.id);
    this.#sent = new Map(conversations.map((one) => [one.state.id, one.messages]));
    this.host.update({ ...this.host.state, order }, structuredClone(changed));
    return changed.reduce((sum, one) => sum + one.messages.length, 0);
  }

  texts(id = 'c1'): (string | undefined)[] | undefined {
    return this.host.get(id)?.messages.map((message) => message.text);
  }
}

const [one, two, three, four] = [messageOf(1), messageOf(2), messageOf(3), messageOf(4)];
const other = messageOf(2, 'changed');

describe('the mirror of a conversation', () => {
  it.each([
    ['a new message', [one, two], [one, two, three], 1],
    ['nothing but its state', [one, two], [one, two], 0],
    ['older messages', [three, four], [one, two, three, four], 2],
    ['a removed message', [one, two, three], [one, three], 0],
    ['the last message removed', [one, two], [one], 0],
    ['a changed message', [one, two, three], [one, other, three], 1],
    ['a removed and a new one', [one, two, three], [one, three, four], 2],
    ['all removed', [one, two], [], 0],
    ['the first ones', [], [one, two], 2],
    ['the same text twice, one of them removed', [one, one, one], [one, one], 0],
    ['everything else', [one, two], [three, four], 2],
  ])('takes over %s, and no more is posted than that', (_, before, now, posted) => {
    const pair = new Pair();
    pair.post(conversationOf(before));
    expect(pair.post(conversationOf(now))).toBe(posted);
    expect(pair.texts()).toEqual(now.map((message) => message.content.text));
  });

  it('has every message of a burst, each posted once', () => {
    const pair = new Pair();
    const burst = Array.from({ length: 300 }, (_, i) => messageOf(i + 1));
    const posted = burst.reduce((sum, _, i) => sum + pair.post(conversationOf(burst.slice(0, i + 1))), 0);
    expect(posted).toBe(300);
    expect(pair.texts()).toEqual(burst.map((message) => message.content.text));
  });

  it('is that of a conversation, which may go and come back', () => {
    const pair = new Pair();
    pair.post(conversationOf([one, two]), conversationOf([three], 'c2'));
    pair.post(conversationOf([three], 'c2'));
    expect(pair.host.list().map(({ id }) => id)).toEqual(['c2']);
    expect(pair.texts()).toBeUndefined();
    expect(pair.post(conversationOf([two]), conversationOf([three], 'c2'))).toBe(1);
    expect(pair.texts()).toEqual(['message 2']);
  });

  it('leaves what a page was given as it was', () => {
    const pair = new Pair();
    pair.post(conversationOf([one]));
    const given = pair.host.list();
    pair.post(conversationOf([one, two]));
    expect(given[0]?.messages).toHaveLength(1);
    expect(given[0]).not.toHaveProperty('before');
  });
});
