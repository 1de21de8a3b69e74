import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Api } from '../api/client.ts';
import type { Entry, LiveEvent } from '../api/inbox.ts';
import { undoLast } from '../parts/toasts.tsx';
import { drafts } from './drafts.ts';
import { Inbox } from './inbox.ts';
import type { Socket } from './live.ts';

const entry: Entry = { conversation: 'c1', people: 1, status: 'open', tags: [], movedAt: '2026-11-20T14:00:00Z', lastNumber: 1, change: 1, businessReadNumber: 0, readNumber: 0, userNumber: 1 };

/** A server whose answers come when they are let go. */
class Server {
  entry = entry;
  isDown = false;
  isGone = false;
  calls: string[] = [];
  waiting: (() => void)[] = [];
  isSlow = false;

  readonly fetch: typeof fetch = async (address, { method, body } = {}) => {
    const { pathname } = new URL(address as string, 'http://x');
    const path = pathname.replace('/console/v1/apps/app/', '');
    this.calls.push([method, path, ...(body ? [body as string] : [])].join(' '));
    const told = { ...this.entry };
    if (this.isSlow) await new Promise<void>((go) => this.waiting.push(go));
    if (this.isDown) throw new TypeError('no line');
    if (this.isGone && path === 'inbox/c1') return Response.json({ errors: [{ code: 'not_found', title: 'gone' }] }, { status: 404 });
    if (method === 'PATCH') return Response.json({ entry: (this.entry = { ...told, ...(JSON.parse(body as string) as Partial<Entry>) }) });
    if (path.endsWith('/thread')) return Response.json({ items: [], after: '1' });
    if (path === 'inbox') return Response.json({ entries: [told], counts: {} });
    return Response.json({ entry: told, views: [], agents: [] });
  };

  letGo(): void {
    for (const go of this.waiting.splice(0)) go();
  }
}

let server: Server;
let inbox: Inbox;
let line: Socket;
const hear = (...events: LiveEvent[]) => line.onmessage?.({ data: JSON.stringify(events) } as MessageEvent);
const said = (number: number): LiveEvent => ({
  type: 'message', conversation: 'c1', change: number,
  message: { id: `m${number}`, number, change: number, received: '2026-11-20T15:00:00Z', author: { type: 'user' }, content: { type: 'text', text: `${number}` } },
});
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, text: string) => kept.set(name, text), removeItem: (name: string) => kept.delete(name) });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  server = new Server();
  const dial = () => (line = { onmessage: null, onclose: null, close: () => undefined });
  inbox = new Inbox({ api: new Api({ fetch: server.fetch, signedOut: () => undefined, prove: async () => false }), app: 'app', me: () => ({ id: 'me', name: 'Kim' }), dial, visit: () => undefined, ended: () => undefined });
  inbox.begin();
  hear({ type: 'ready' });
});

afterEach(() => {
  inbox.end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a beat of the line', () => {
  it('means nothing by itself', async () => {
    await settled();
    const before = server.calls.length;
    hear({ type: 'beat' }, said(1));
    await settled();
    expect(server.calls.slice(before)).toEqual(['GET inbox/c1']);
  });
});

describe('an entry that is not known', () => {
  it('is asked for once more where something happened since it was asked for', async () => {
    await settled();
    server.isSlow = true;
    hear(said(1));
    server.entry = { ...entry, lastNumber: 2 };
    hear(said(2));
    server.letGo();
    await settled();
    server.letGo();
    await settled();
    expect(inbox.list.get('c1')?.lastNumber).toBe(2);
  });

  it('does not come back by an answer from before it was removed', async () => {
    await settled();
    server.isSlow = true;
    hear(said(1));
    hear({ type: 'conversation.removed', conversation: 'c1' });
    server.letGo();
    server.isGone = true;
    await settled();
    server.letGo();
    await settled();
    expect(inbox.list.get('c1')).toBeUndefined();
  });
});

describe('a change that is refused', () => {
  it('is taken back, and what happened meanwhile is not', async () => {
    inbox.list.put(entry);
    server.isSlow = true;
    const changed = inbox.changes.make(entry, { status: 'closed' }, 'closed');
    expect(inbox.list.get('c1')?.status).toBe('closed');
    hear(said(2));
    server.isDown = true;
    await settled();
    server.letGo();
    await changed;
    expect(inbox.list.get('c1')).toMatchObject({ status: 'open', lastNumber: 2 });
  });
});

describe('undoing', () => {
  it('puts off again until the same time what was put off before', async () => {
    const snoozed: Entry = { ...entry, status: 'snoozed', snoozedUntil: '2026-11-22T08:00:00Z' };
    inbox.list.put(snoozed);
    await inbox.changes.make(snoozed, { status: 'closed' }, 'closed');
    undoLast();
    await settled();
    expect(server.calls.at(-1)).toBe('PATCH inbox/c1 {"status":"snoozed","snoozedUntil":"2026-11-22T08:00:00Z"}');
  });
});

describe('after a gap', () => {
  it('asks until there is an answer', async () => {
    inbox.open('c1');
    await settled();
    server.isDown = true;
    hear({ type: 'ready' });
    await settled();
    const asked = () => server.calls.filter((call) => call === 'GET inbox/c1/thread').length;
    const before = asked();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked()).toBe(before + 1);
    server.isDown = false;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked()).toBe(before + 2);
  });
});

describe('what is not sent', () => {
  it('is there when one comes back to its conversation, and a draft where nobody does', async () => {
    inbox.open('c1');
    await settled();
    server.isDown = true;
    void inbox.thread.value?.outbox.answer('The fern comes on Monday.');
    inbox.open('c2');
    await settled();
    expect([inbox.threads.isStuck('c1'), inbox.threads.isStuck('c2'), inbox.threads.hasUnsent]).toEqual([true, false, true]);
    inbox.open('c1');
    await settled();
    expect(inbox.thread.value?.outbox.pending.value).toMatchObject([{ text: 'The fern comes on Monday.', state: 'failed' }]);
    inbox.open(undefined);
    inbox.threads.end();
    expect(drafts.get('c1', 'answer')).toBe('The fern comes on Monday.');
  });
});
