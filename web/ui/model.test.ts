import { describe, expect, it } from 'vitest';
import { isNewConversation } from '../sdk/index.ts';
import type { Client, Entry } from '../sdk/index.ts';
import { Messenger } from './model.ts';
import type { MessengerOptions } from './model.ts';

/** A messenger of somebody with these conversations, and these messages on their way. */
const messengerOf = (held: readonly string[], entries: Partial<Entry>[]) => {
  const on = () => undefined;
  const store = { on, list: () => held.map((id) => ({ state: { id } })), get: () => undefined, shorten: () => undefined, defaultId: held[0] };
  const drafts = { get: () => '', set: () => undefined, move: () => undefined };
  const client = { on, store, drafts, outbox: { list: () => entries }, connectionState: 'connected', typing: () => undefined };
  return new Messenger({ client: client as unknown as Client } as MessengerOptions);
};

describe('a new conversation', () => {
  it.each([
    ['is the default one where nothing was said yet', [], [], false],
    ['is another one where there is one', ['c'], [], true],
    ['is another one while the first message of the default one is on its way', [], [{ conversation: undefined }], true],
  ])('%s', (_, held, entries, isAnother) => {
    const messenger = messengerOf(held, entries);
    messenger.startConversation();
    expect(isNewConversation(messenger.look.viewed)).toBe(isAnother);
  });
});

describe('the list', () => {
  it('is shown at the first wish, also where what was remembered has just become a conversation', async () => {
    const held: string[] = [];
    const messenger = messengerOf(held, []);
    const client = messenger.options.client as { connectionState: string; presence: string };
    Object.assign(client, { connectionState: 'connecting', presence: 'user' });
    messenger.set({});
    await Promise.resolve();
    held.push('c');
    client.connectionState = 'connected';
    messenger.set({});
    await Promise.resolve();
    expect(messenger.look.viewed).toBe('c');
    messenger.showList();
    await Promise.resolve();
    expect(messenger.look.inList).toBe(true);
  });
});
