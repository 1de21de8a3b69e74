/** The wire examples that Go, this client and the documentation share. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FormField } from './index.ts';
import { ParlorError, Store, conversationShape, messageShape, systemClock, userShape } from './index.ts';
import { parseFrames } from './protocol.ts';
import type { Draft, Requests, ServerFrame, SyncFrame, Welcome } from './protocol.ts';

const example = (name: string) => JSON.parse(readFileSync(new URL(`../../api/examples/${name}.json`, import.meta.url), 'utf8')) as unknown;

describe('the examples of api/', () => {
  const welcome = example('frame-welcome') as Welcome;

  it('are frames', () => {
    for (const name of ['frame-welcome', 'frame-message', 'frame-sync', 'frame-error']) {
      expect(parseFrames(JSON.stringify([example(name)]))).toHaveLength(1);
    }
  });

  it('make a list with its last line, and shapes with times in seconds', () => {
    const store = new Store({ clock: systemClock, request: () => Promise.reject(new Error('nothing is asked')) });
    store.welcome(welcome, false);
    const [conversation] = store.list();
    expect(store.unreadCount()).toBe(1);
    expect(conversation && conversationShape(conversation, welcome.user.id)).toMatchObject({
      displayName: 'Order 1001',
      businessLastRead: Date.parse('2026-09-01T10:01:30Z') / 1000,
      participants: [{ userId: welcome.user.id, unreadCount: 1, lastRead: Date.parse('2026-09-01T10:01:00Z') / 1000 }],
      messages: [{ role: 'business', displayName: 'Max', text: 'It left us this morning.', received: 1788256920.123 }],
    });
    expect(userShape(welcome.user, {})).toMatchObject({ externalId: 'u-42', givenName: 'Ana', email: 'Ana@example.com' });
  });

  it('bring a client up to date', () => {
    const store = new Store({ clock: systemClock, request: () => Promise.reject(new Error('nothing is asked')) });
    const state = { ...welcome.conversations[0], lastNumber: 0, change: 0, unreadCount: 0, readNumber: 0, lastMessage: null };
    store.welcome({ ...welcome, conversations: [state as Welcome['conversations'][number]] }, false);
    store.event(example('frame-sync') as SyncFrame);
    const [conversation] = store.list();
    expect(conversation?.cursor).toEqual({ number: 2, change: 4 });
    expect(conversation?.messages.map((message) => messageShape(message).text)).toEqual(['Where is my order? <1001> ü 🙂', 'It left us this morning.']);
    expect(conversation?.state.unreadCount).toBe(1);
  });

  it('are what this client sends', () => {
    const asks = { response: example('request-form-response'), place: example('request-location'), press: example('request-postback') };
    const { response, place, press } = asks as Record<string, { type: string; ref: number; message: Draft }>;
    expect(response?.message).toEqual({ type: 'formResponse', quotedMessageId: expect.any(String) as string, fields: expect.any(Array) as FormField[] } satisfies Omit<Draft, 'text'>);
    expect(place?.message).toEqual({ type: 'location', coordinates: { lat: 38.7223, long: -9.1393 }, metadata: { step: 2 } } satisfies Omit<Draft, 'text'>);
    const { type, ref: _, ...ask } = press as unknown as Requests['postback']['ask'] & { type: string; ref: number };
    expect([type, Object.keys(ask satisfies Requests['postback']['ask'])]).toEqual(['postback', ['id', 'conversation', 'messageId', 'action', 'metadata']]);
  });

  it('refuse as errors that tell when to try again', () => {
    const { error, status } = example('frame-error') as Extract<ServerFrame, { type: 'error' }>;
    expect(ParlorError.fromWire(error, status)).toMatchObject({ code: 'rate_limited', status: 429, retryable: true, retryAfterMs: 1500 });
    const { errors } = example('invalid-auth') as { errors: Parameters<typeof ParlorError.fromWire>[0][] };
    expect(errors[0] && ParlorError.fromWire(errors[0], 401)).toMatchObject({ code: 'invalid_auth', status: 401, retryable: false });
  });
});
