import { describe, expect, it } from 'vitest';
import { after, conversationOf, withOlder } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import type { Content, Message } from './index.ts';

const messageOf = (number: number, content: Content): Message => ({ id: `m${number}`, number, change: number, received: '2026-11-20T10:00:00.000Z', author: { type: 'business' }, content });
const form = (number: number, submitted = false) => messageOf(number, { type: 'form', text: 'Who?', fields: [], submitted });
const response = (number: number, to: number) => messageOf(number, { type: 'formResponse', quotedMessageId: `m${to}`, fields: [] });
const submitted = ({ messages }: Conversation) => messages.map(({ content }) => content.submitted);

const state = { id: 'c', type: 'personal', lastNumber: 0, change: 0, unreadCount: 0, readNumber: 0, businessReadNumber: 0, lastMessage: null };
const hear = (...messages: Message[]) =>
  messages.reduce((held, message) => after(held, { type: 'message', conversation: 'c', change: message.number, message }, 'me'), conversationOf(state));

describe('a form', () => {
  it('is answered as soon as an answer to it is heard, whoever gave it and wherever', () => {
    expect(submitted(hear(form(1), form(2), response(3, 1)))).toEqual([true, false, undefined]);
  });

  it('that is held is not changed in place', () => {
    const before = hear(form(1));
    after(before, { type: 'message', conversation: 'c', change: 2, message: response(2, 1) }, 'me');
    expect(submitted(before)).toEqual([false]);
  });

  it('stays answered when the answer is removed', () => {
    const removed = after(hear(form(1), response(2, 1)), { type: 'message.removed', conversation: 'c', change: 3, id: 'm2', number: 2 }, 'me');
    expect(submitted(removed)).toEqual([true]);
  });

  it('that is loaded later is as the server says', () => {
    expect(submitted(withOlder(hear(response(2, 1)), [form(1, true)], false))).toEqual([true, undefined]);
  });
});
