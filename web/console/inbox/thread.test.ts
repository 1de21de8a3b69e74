import { beforeEach, describe, expect, it } from 'vitest';
import { Api } from '../api/client.ts';
import type { Item, Message, ThreadPage } from '../api/inbox.ts';
import { Thread } from './thread.ts';
import { Sending } from './writing/sending.ts';

/** A server with one conversation, which agents and a user write into. */
class Server {
  items: ThreadPage['items'] = [];
  number = 0;
  change = 0;
  asked: string[] = [];
  isDown = false;
  seen = 0;

  say(type: 'user' | 'business', text: string, clientMessageId?: string): Message {
    const number = ++this.number;
    const message: Message = { id: `m${number}`, number, change: ++this.change, received: new Date(Date.UTC(2026, 10, 20, 14, number)).toISOString(), author: { type }, content: { type: 'text', text }, clientMessageId };
    this.items.push({ kind: 'message', at: message.received, message });
    return message;
  }

  readonly fetch: typeof fetch = async (address, { method, body } = {}) => {
    const url = new URL(address as string, 'http://x');
    this.asked.push(`${method} ${url.pathname.split('/c1')[1]}${url.search}`);
    if (this.isDown) return Response.json({ errors: [{ code: 'unavailable', title: 'Down.' }] }, { status: 503 });
    const said = JSON.parse((body as string | undefined) ?? '{}') as { id: string; text: string; content?: { attachmentId: string }; seen: number; anyway?: boolean };
    const given = { ...said, text: said.text ?? said.content?.attachmentId };
    if (url.pathname.endsWith('/messages')) return this.#answer(given);
    if (url.pathname.endsWith('/thread')) return Response.json(this.#page(url.searchParams));
    return Response.json({ entry: { conversation: 'c1', change: this.change } });
  };

  #page(query: URLSearchParams): ThreadPage {
    const after = String(this.items.length);
    if (query.has('after')) return { items: this.items.slice(Number(query.get('after'))), after };
    const end = Number(query.get('before') ?? this.items.length);
    const from = Math.max(0, end - Number(query.get('limit')));
    return { items: this.items.slice(from, end), after, ...(from > 0 && { before: String(from) }) };
  }

  #answer({ id, text, seen, anyway }: { id: string; text: string; seen: number; anyway?: boolean }): Response {
    this.seen = seen;
    const sent = this.items.find((item) => item.kind === 'message' && item.message.clientMessageId === id);
    if (sent?.kind === 'message') return Response.json({ message: sent.message });
    const isAnswered = this.items.some((item) => item.kind === 'message' && item.message.author.type === 'business' && !item.message.clientMessageId && item.message.number > seen);
    if (isAnswered && !anyway) return Response.json({ errors: [{ code: 'answered_meanwhile', title: 'Lou has answered meanwhile.' }] }, { status: 409 });
    return Response.json({ message: this.say('business', text, id) }, { status: 201 });
  }
}

let server: Server;
let thread: Thread;
const texts = () => thread.items.value.map((item: Item) => (item.kind === 'message' ? item.message.content.text : item.kind));
const hear = (message: Message) => thread.apply({ type: 'message', conversation: 'c1', change: message.change, message });

beforeEach(() => {
  server = new Server();
  thread = new Thread(new Api({ fetch: server.fetch, signedOut: () => undefined, prove: async () => false }), 'app', 'c1');
});

describe('a conversation', () => {
  it('is loaded from its end, and further up as one wants', async () => {
    for (let i = 1; i <= 70; i++) server.say('user', `${i}`);
    await thread.open();
    expect([texts().length, texts()[0], texts().at(-1), thread.hasMore.value]).toEqual([50, '21', '70', true]);
    await thread.loadOlder();
    expect([texts().length, texts()[0], thread.hasMore.value]).toEqual([70, '1', false]);
  });

  it('reaches what was said long ago, and stops where it is not there, or the server', async () => {
    for (let i = 1; i <= 270; i++) server.say('user', `${i}`);
    await thread.open();
    await thread.reach('m25');
    expect([thread.reached.value, texts()[0], thread.hasMore.value]).toEqual(['m25', '21', true]);
    expect(server.asked.slice(2)).toEqual(['GET /thread?before=220&limit=100', 'GET /thread?before=120&limit=100']);
    server.isDown = true;
    await thread.reach('m2');
    expect(thread.reached.value).toBe('m25');
    server.isDown = false;
    await thread.reach('gone');
    expect([thread.reached.value, texts()[0]]).toEqual(['m25', '1']);
  });

  it('gives up what is too far back', async () => {
    for (let i = 1; i <= 10_060; i++) server.say('user', `${i}`);
    await thread.open();
    await thread.reach('m1');
    expect([thread.reached.value, texts()[0], thread.hasMore.value]).toEqual([undefined, '11', true]);
  });

  it('hears what happens, once, and in order', async () => {
    server.say('user', 'one');
    await thread.open();
    const two = server.say('user', 'two');
    hear(two);
    hear(two);
    thread.apply({ type: 'item', conversation: 'c1', item: { kind: 'note', at: two.received, note: { id: 'n', sentId: '', text: '', html: '', author: { id: 'lou', name: 'Lou' } } } });
    expect(texts()).toEqual(['one', 'two', 'note']);
    thread.apply({ type: 'message.removed', conversation: 'c1', change: 3, id: two.id });
    expect(texts()).toEqual(['one', 'note']);
  });

  it('fetches what it missed where a change is not the next one', async () => {
    server.say('user', 'one');
    await thread.open();
    server.say('user', 'missed');
    hear(server.say('user', 'three'));
    await expect.poll(texts).toEqual(['one', 'missed', 'three']);
    expect(server.asked.at(-1)).toBe('GET /thread?after=1');
  });

  it('catches up after a gap, with what was removed in it', async () => {
    const one = server.say('user', 'one');
    await thread.open();
    server.say('user', 'two');
    server.items.push({ kind: 'removed', id: one.id });
    await thread.catchUp();
    expect(texts()).toEqual(['two']);
  });

  it('asks again for what it missed where the server could not be asked', async () => {
    server.say('user', 'one');
    await thread.open();
    server.say('user', 'missed');
    server.isDown = true;
    hear(server.say('user', 'three'));
    await expect.poll(() => server.asked.at(-1)).toBe('GET /thread?after=1');
    server.isDown = false;
    hear(server.say('user', 'four'));
    await expect.poll(texts).toEqual(['one', 'missed', 'three', 'four']);
  });

  it('is gone with its conversation', async () => {
    server.say('user', 'one');
    await thread.open();
    thread.apply({ type: 'conversation.removed', conversation: 'c1' });
    expect([texts(), thread.state.value, thread.problem.value?.status]).toEqual([[], 'failed', 404]);
  });

  it('shows an answer at once, and once, whoever brings it first', async () => {
    server.say('user', 'one');
    await thread.open();
    const sending = thread.outbox.answer('hello');
    expect(thread.outbox.pending.value).toMatchObject([{ text: 'hello', state: 'sending' }]);
    await sending;
    hear(server.items.flatMap((item) => (item.kind === 'message' ? item.message : [])).at(-1) as Message);
    expect([texts(), thread.outbox.pending.value, server.seen]).toEqual([['one', 'hello'], [], 1]);
  });

  it('keeps what could not be sent, and sends the same once more', async () => {
    await thread.open();
    server.isDown = true;
    await thread.outbox.answer('hello');
    const [failed] = thread.outbox.pending.value;
    expect(failed).toMatchObject({ text: 'hello', state: 'failed', problem: { status: 503 } });
    server.isDown = false;
    await thread.outbox.answer('hello', failed);
    expect([texts(), thread.outbox.pending.value]).toEqual([['hello'], []]);
    thread.outbox.handBack({ ...(failed as NonNullable<typeof failed>) });
    expect(thread.outbox.handedBack.value?.text).toBe('hello');
  });

  it('sends files and texts in the order in which they were sent, and each file once', async () => {
    await thread.open();
    const uploads: { name: string; arrive(id: string): void; fail(reason: unknown): void }[] = [];
    const upload = (name: string) =>
      new Sending({ file: new File(['x'], name), type: 'file' }, '/attachments', (_url, _token, file) => {
        const { promise, resolve, reject } = withResolvers<string>();
        uploads.push({ name: file.name, arrive: resolve, fail: reject });
        return { done: promise, abort: () => reject(new Error('aborted')) };
      });
    const all = [thread.outbox.attach(upload('a')), thread.outbox.answer('between'), thread.outbox.attach(upload('b')), thread.outbox.attach(upload('c'))];
    await expect.poll(() => uploads.length).toBe(1);
    expect(texts()).toEqual([]);
    uploads[0]?.arrive('file a');
    await expect.poll(() => uploads.length).toBe(2);
    thread.outbox.discard(thread.outbox.pending.value.find(({ text }) => text === 'b')?.id ?? '');
    await expect.poll(() => uploads.length).toBe(3);
    server.isDown = true;
    uploads[2]?.arrive('file c');
    await Promise.all(all);
    expect(texts()).toEqual(['file a', 'between']);
    const [failed] = thread.outbox.pending.value;
    expect(thread.outbox.pending.value).toMatchObject([{ text: 'c', state: 'failed' }]);
    server.isDown = false;
    await thread.outbox.attach(failed?.file as Sending, failed);
    expect([texts(), uploads.map(({ name }) => name)]).toEqual([['file a', 'between', 'file c'], ['a', 'b', 'c']]);
  });

  it('does not answer what a colleague has answered, unless one says so', async () => {
    server.say('user', 'one');
    await thread.open();
    server.say('business', 'Lou was here');
    await thread.outbox.answer('me too');
    const [guarded] = thread.outbox.pending.value;
    expect(guarded).toMatchObject({ state: 'guarded', problem: { message: 'Lou has answered meanwhile.' } });
    expect(texts()).toEqual(['one', 'Lou was here']);
    await thread.outbox.answer('me too', guarded);
    expect([texts(), thread.outbox.pending.value]).toEqual([['one', 'Lou was here', 'me too'], []]);
  });
});

function withResolvers<Value>(): { promise: Promise<Value>; resolve(value: Value): void; reject(reason: unknown): void } {
  let resolve!: (value: Value) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<Value>((done, failed) => ([resolve, reject] = [done, failed]));
  return { promise, resolve, reject };
}
