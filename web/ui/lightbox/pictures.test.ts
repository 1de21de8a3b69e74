import { describe, expect, it } from 'vitest';
import type { Client, Content, Message } from '../../sdk/index.ts';
import { freshAddress, picturesOf } from './pictures.ts';

const messageOf = (number: number, content: Content): Message => ({ id: `m${number}`, number, change: number, received: '2026-11-20T10:00:00.000Z', author: { type: 'business' }, content });
const isOurs = (url: string) => url.startsWith('/media/');
const card = (displayUrl?: string) => ({ title: 'Card', actions: [], mediaUrl: 'https://elsewhere.example/a.png', displayUrl });

const messages = [
  messageOf(1, { type: 'image', mediaUrl: 'https://chat.example/a', displayUrl: '/media/a' }),
  messageOf(2, { type: 'text', text: 'hello' }),
  messageOf(3, { type: 'image', mediaUrl: 'https://elsewhere.example/b.png' }),
  messageOf(4, { type: 'carousel', items: [card('/media/c0'), card(), card('/media/c2')] }),
  messageOf(5, { type: 'file', mediaUrl: 'https://chat.example/f', displayUrl: '/media/f' }),
];

describe('the pictures of a conversation', () => {
  it('are those of messages and cards that this server shows, in order', () => {
    expect(picturesOf(messages, isOurs).map(({ media }) => media.displayUrl)).toEqual(['/media/a', '/media/c0', '/media/c2']);
  });

  it('have their present address in the history', async () => {
    const asked: unknown[] = [];
    const now = messageOf(4, { type: 'carousel', items: [card('/media/c0?2'), card(), card('/media/c2?2')] });
    const client = { ask: async (_: string, ask: object) => (asked.push(ask), { messages: [now], hasMore: true }) } as unknown as Client;
    const [image, , last] = picturesOf(messages, isOurs);
    expect(last && (await freshAddress(client, 'c', last))).toBe('/media/c2?2');
    expect(asked).toEqual([{ conversation: 'c', before: 5, limit: 1 }]);
    expect(image && (await freshAddress(client, 'c', image))).toBeUndefined(); // that message is gone
  });
});
