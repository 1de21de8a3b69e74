import { describe, expect, it } from 'vitest';
import { Emitter } from '../sdk/index.ts';
import type { Message } from '../sdk/index.ts';
import { delegated } from './frame/delegates.ts';
import type { HostPort } from './frame/port.ts';
import { consult } from './host/delegates.ts';

const changes = new Emitter<{ change: [] }>();

/** The frame's questions, answered by the page. */
const asking = (answer: (what: string, asked: unknown) => unknown) => {
  const ask = async (what: string, [asked]: unknown[]) => structuredClone(await answer(what, structuredClone(asked)));
  return delegated({ ask } as unknown as HostPort, () => changes.emit('change'));
};

const rich: Message = {
  id: 'm',
  number: 1,
  change: 1,
  received: '2026-11-20T10:00:00.000Z',
  author: { type: 'business', displayName: 'Kim' },
  content: { type: 'text', text: 'Well?', htmlText: '<b>Well?</b>', actions: [{ id: 'm-0', type: 'postback', text: 'Yes' }] },
};

describe('what is displayed', () => {
  const shown = async (change: (message: Record<string, unknown>) => unknown) => {
    const { display } = asking((_, messages) => (messages as Record<string, unknown>[]).map(change));
    const answered = new Promise<void>((resolve) => changes.on('change', resolve));
    expect(display([rich], 'c')).toEqual([]);
    await answered;
    return display([rich], 'c')[0];
  };

  it('is what it was where the page gives it back', async () => {
    expect(await shown((message) => message)).toMatchObject({ author: rich.author, content: { ...rich.content, actions: [{ id: 'm-0', text: 'Yes' }] } });
  });

  it('has an id for each action, under the name that the documented widget has it', async () => {
    await shown((message) => {
      expect(message['actions']).toMatchObject([{ _id: 'm-0', id: 'm-0' }]);
      return message;
    });
  });

  it('has the words of the page, and no markup of before', async () => {
    const message = await shown((one) => ({ ...one, text: 'Hm.' }));
    expect(message?.content.text).toBe('Hm.');
    expect(message?.content).not.toHaveProperty('htmlText');
  });

  it('has no buttons where the page takes them away', async () => {
    expect((await shown((one) => ({ ...one, actions: [] })))?.content.actions).toEqual([]);
  });

  it('is nothing where the page hides it', async () => {
    expect(await shown(() => null)).toBeUndefined();
  });
});

describe('what is sent', () => {
  const conversation = 'c';
  const answers = { type: 'formResponse' as const, text: 'Name: Ana', quotedMessageId: 'f', fields: [{ type: 'text' as const, name: 'n', label: 'Name', text: 'Ana' }] };

  it('is shown to the page with its type, and keeps form and type whatever the page says', async () => {
    const { beforeSend } = asking((_, message) => {
      expect(message).toEqual({ ...answers, role: 'user' });
      return { ...(message as object), id: 'x', quotedMessageId: 'y', type: 'text', metadata: { page: '/' } };
    });
    expect(await beforeSend(answers, conversation)).toEqual({ ...answers, metadata: { page: '/' }, payload: undefined, coordinates: undefined });
  });

  it('is for a pressed button what the page adds', async () => {
    const { beforePostbackSend } = asking((_, postback) => {
      expect(postback).toEqual({ actionId: 'm-0', type: 'postback', text: 'Yes', payload: undefined, metadata: undefined });
      return { ...(postback as object), metadata: { page: '/' } };
    });
    expect(await beforePostbackSend({ id: 'm-0', type: 'postback', text: 'Yes' }, conversation)).toEqual({ page: '/' });
  });
});

describe("the page's functions", () => {
  it.each(['beforeSend', 'beforePostbackSend'] as const)('%s must answer with what to send', async (what) => {
    await expect(consult({ [what]: () => undefined }, what, { text: 'x' }, {})).rejects.toThrow(`${what} must return`);
    expect(await consult({ [what]: (given: object) => ({ ...given, metadata: { a: 1 } }) }, what, { text: 'x' }, {})).toEqual({ text: 'x', metadata: { a: 1 } });
    expect(await consult({}, what, { text: 'x' }, {})).toEqual({ text: 'x' });
  });
});
