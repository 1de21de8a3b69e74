import { describe, expect, it, vi } from 'vitest';
import type { Action, Message } from '../sdk/index.ts';
import type { Messenger } from './model.ts';
import { findButton, press } from './press.ts';

const action = (id: string): Action => ({ id, type: 'postback', text: id, payload: 'P', metadata: { step: 1 } });
const messageOf = (content: Partial<Message['content']>): Message => ({ id: 'm', number: 1, change: 1, received: '', author: { type: 'business' }, content: { type: 'text', ...content } });

describe('a button', () => {
  const own = messageOf({ actions: [action('m-0'), action('m-1')] });
  const cards = messageOf({ items: [{ title: 'a', actions: [action('c-0-0')] }, { title: 'b', actions: [action('c-1-0')] }] });

  it.each([
    ['of a message', 'm-1', own],
    ['of a card', 'c-1-0', cards],
  ])('is found: one %s', (_, id, message) => {
    expect(findButton([messageOf({ text: 'x' }), own, cards], id)).toEqual({ message, action: action(id) });
  });

  it('that nobody offers is not found', () => {
    expect(findButton([own, cards], 'm')).toBeUndefined();
  });
});

describe('a press', () => {
  const button = { message: messageOf({}), action: action('m-0') };
  const modelWith = (beforePostbackSend?: Messenger['options']['beforePostbackSend']) => {
    const ask = vi.fn((_type: string, _ask: object) => Promise.resolve({}));
    return { ask, model: { options: { client: { ask }, beforePostbackSend } } as unknown as Messenger };
  };

  it('names conversation, message and action', async () => {
    const { ask, model } = modelWith();
    await press(model, 'c', button, 'p1');
    expect(ask.mock.calls).toEqual([['postback', { id: 'p1', conversation: 'c', messageId: 'm', action: 'm-0', metadata: undefined }]]);
  });

  it('takes along what the page adds', async () => {
    const { ask, model } = modelWith(async ({ metadata }) => ({ ...metadata, page: '/shoes' }));
    await press(model, 'c', button, 'p1');
    expect(ask.mock.calls[0]?.[1]).toMatchObject({ metadata: { step: 1, page: '/shoes' } });
  });

  it('that the page forbids is not told', async () => {
    const { ask, model } = modelWith(() => Promise.reject(new Error('no')));
    await expect(press(model, 'c', button, 'p1')).rejects.toThrow('no');
    expect(ask).not.toHaveBeenCalled();
  });
});
