import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBrowser, pass } from '../../dev/fake/browser.ts';
import { token } from '../../dev/fake/parlor.ts';
import { ParlorError, newConversation, unavailable } from '../../sdk/index.ts';
import type { Client } from '../../sdk/index.ts';
import type { Messenger } from '../model.ts';
import type { FileStrings } from './strings.ts';
import type { transfer } from './transfer.ts';
import { Uploads } from './uploads.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-20T10:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A transfer that a test carries on. */
interface Going {
  url: string;
  name: string;
  progress(part: number): void;
  arrive(attachmentId: string): void;
  fail(error: ParlorError): void;
  isAborted: boolean;
}

const strings = { fileLost: 'lost', uploadNotAllowed: 'not yet', uploadForbiddenError: 'forbidden', fileTypeError: 'type of {value}', uploadInvalidError: 'invalid {value}' } as FileStrings;
const file = (name: string): File => ({ name, size: 8, slice: () => new Blob(['x']) }) as unknown as File;

async function signedIn(browser: FakeBrowser): Promise<Client> {
  const client = browser.tab();
  const signIn = client.signIn({ door: 'sdk', token: token({ external_id: 'ana' }), externalId: 'ana' });
  await pass();
  await signIn;
  return client;
}

async function begin(options: { beforeSend?: Messenger['options']['beforeSend']; viewed?: string } = {}) {
  const browser = new FakeBrowser();
  const client = await signedIn(browser);
  const going: Going[] = [];
  const send: typeof transfer = (url, _, { name }, progress) => {
    const one = { url, name, progress, isAborted: false } as Going;
    const done = new Promise<string>((resolve, reject) => Object.assign(one, { arrive: resolve, fail: reject }));
    going.push(one);
    return {
      done,
      abort: () => {
        one.isAborted = true;
        one.fail(ParlorError.from('aborted'));
      },
    };
  };
  const draws = vi.fn();
  const model = { options: { client, beforeSend: options.beforeSend }, look: { viewed: options.viewed }, set: draws } as unknown as Messenger;
  const uploads = new Uploads(model, strings, send);
  const queue = (name: string) => uploads.queue({ file: file(name), type: 'file' });
  /** What the server has of the newest conversation: the id of an attachment, or a text. */
  const said = () => browser.server.conversations[0]?.messages.map(({ content, metadata }) => [content.text, metadata]);
  return { browser, client, going, uploads, queue, said, draws };
}

describe('files', () => {
  it('go one after the other, and what was written after them waits', async () => {
    const { client, going, queue, said } = await begin();
    queue('a.txt');
    queue('b.txt');
    void client.send({ text: 'after them' });
    await pass();
    expect(going.map(({ name }) => name)).toEqual(['a.txt']);
    expect(said()).toEqual([]);
    going[0]?.arrive('A');
    await pass();
    expect(going.map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
    expect(said()).toHaveLength(1);
    going[1]?.arrive('B');
    await pass();
    expect(said()?.map(([text]) => text)).toEqual(['', '', 'after them']);
    expect(client.outbox.list()).toEqual([]);
  });

  it('make the conversation that they begin, once, and what follows goes there', async () => {
    const viewed = newConversation();
    const { browser, client, going, queue } = await begin({ viewed });
    const moved = vi.fn();
    client.on('moved', moved);
    queue('a.txt');
    void client.send({ text: 'there, too' }, viewed);
    await pass();
    going[0]?.fail(unavailable());
    await pass(3_000);
    going[1]?.arrive('A');
    await pass();
    const [made, ...others] = browser.server.conversations;
    expect(others).toEqual([]);
    expect(made?.messages).toHaveLength(2);
    expect(going.map(({ url }) => url.includes(made?.state.id ?? '-'))).toEqual([true, true]);
    expect(moved.mock.calls).toEqual([[viewed, made?.state.id]]);
  });

  it('are brought again where the line was lost, and their message is one', async () => {
    const { browser, going, queue, said, uploads, client } = await begin();
    queue('a.txt');
    await pass();
    going[0]?.progress(0.5);
    browser.lose();
    going[0]?.fail(unavailable());
    await pass(2_000);
    const [entry] = client.outbox.list();
    expect(entry?.failure).toBeUndefined();
    expect(entry && uploads.get(entry)?.progress).toBe(0);
    expect(going).toHaveLength(1);
    browser.network.down = false;
    await pass(40_000);
    going[1]?.arrive('A');
    await pass();
    expect(said()).toHaveLength(1);
  });

  it('are not brought again where only their message was not acknowledged', async () => {
    const { browser, client, going, queue, said } = await begin();
    queue('a.txt');
    await pass();
    browser.server.rateLimited = 1;
    going[0]?.arrive('A');
    await pass();
    expect(client.outbox.list()[0]?.message.attachmentId).toBe('A');
    await pass(2_000);
    expect(going).toHaveLength(1);
    expect(said()).toHaveLength(1);
  });

  it('are stopped when they are taken out, and the next ones go on', async () => {
    const { client, going, queue } = await begin();
    queue('a.txt');
    queue('b.txt');
    await pass();
    client.outbox.discard(client.outbox.list()[0]?.id ?? '');
    await pass();
    expect(going.map(({ name, isAborted }) => [name, isAborted])).toEqual([
      ['a.txt', true],
      ['b.txt', false],
    ]);
  });

  it('are stopped when the person signs out', async () => {
    const { client, going, queue, said } = await begin();
    queue('a.txt');
    await pass();
    void client.signOut();
    await pass(5_000);
    expect(going[0]?.isAborted).toBe(true);
    expect(client.outbox.list()).toEqual([]);
    expect(said()).toEqual([]);
  });

  it.each([
    ['upload_not_allowed', 403, 'not yet'],
    ['unsupported_media_type', 415, 'type of a.txt'],
    ['bad_request', 400, 'invalid a.txt'],
  ])('that are refused as %s say so in words, and can be tried again', async (code, status, words) => {
    const { client, going, queue, said } = await begin();
    queue('a.txt');
    await pass();
    going[0]?.fail(ParlorError.fromWire({ code }, status));
    await pass();
    const [entry] = client.outbox.list();
    expect(entry?.failure).toBe(words);
    client.outbox.retry(entry?.id ?? '');
    await pass();
    going[1]?.arrive('A');
    await pass();
    expect(said()).toHaveLength(1);
  });

  it('that are gone from the disk do not wait for a line for ever', async () => {
    const { client, going, uploads } = await begin();
    const gone = { name: 'gone.txt', size: 8, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('not readable')) }) } as unknown as File;
    uploads.queue({ file: gone, type: 'file' });
    await pass();
    going[0]?.fail(unavailable());
    await pass();
    expect(client.outbox.list()[0]?.failure).toBe('invalid gone.txt');
  });

  it('are asked about once, and of the answer the metadata count', async () => {
    const beforeSend = vi.fn(async () => ({ text: 'other words', metadata: { sku: 1 } }));
    const { going, queue, said } = await begin({ beforeSend });
    queue('a.txt');
    await pass();
    going[0]?.fail(unavailable());
    await pass(3_000);
    going[1]?.arrive('A');
    await pass();
    expect(beforeSend).toHaveBeenCalledTimes(1);
    expect(said()).toEqual([['', { sku: 1 }]]);
  });

  it('that the host page forbids are not brought', async () => {
    const { client, going, queue } = await begin({ beforeSend: () => Promise.reject(new Error('no')) });
    queue('a.txt');
    await pass();
    expect(going).toEqual([]);
    expect(client.outbox.list()[0]?.failure).toBe('forbidden');
  });

  it('draw anew only what is seen of their progress', async () => {
    const { going, queue, draws } = await begin();
    queue('a.txt');
    await pass();
    for (const part of [0.101, 0.102, 0.103, 0.2]) going[0]?.progress(part);
    expect(draws).toHaveBeenCalledTimes(2);
  });
});

describe('a page that is loaded anew', () => {
  it('knows that a file was on its way, and has it no more; texts go on', async () => {
    const { browser, client, queue, said } = await begin();
    queue('a.txt');
    void client.send({ text: 'after it' });
    await pass();
    client.close();
    const next = browser.tab();
    void next.start();
    await pass();
    expect(next.outbox.list().map(({ file: note, failure }) => [note, failure !== undefined])).toEqual([[{ name: 'a.txt', size: 8 }, true]]);
    expect(said()?.map(([text]) => text)).toEqual(['after it']);
  });
});
