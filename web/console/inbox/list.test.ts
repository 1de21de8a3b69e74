import { beforeEach, describe, expect, it } from 'vitest';
import { Api } from '../api/client.ts';
import type { Counts, Entry, Page } from '../api/inbox.ts';
import type { View } from '../router.ts';
import { belongs, inOrder } from './entries.ts';
import { List } from './list.ts';

/** A server with an inbox: it keeps entries, and hands out pages of views. */
class Server {
  entries = new Map<string, Entry>();
  asked: string[] = [];

  add(conversation: string, minute: number, fields: Partial<Entry> = {}): Entry {
    const time = new Date(Date.UTC(2026, 10, 20, 0, minute)).toISOString();
    const entry: Entry = { conversation, people: 1, status: 'open', tags: [], waitingSince: time, movedAt: time, lastNumber: 1, change: 1, businessReadNumber: 0, readNumber: 0, userNumber: 0, ...fields };
    this.entries.set(conversation, entry);
    return entry;
  }

  readonly fetch: typeof fetch = async (address) => {
    const url = new URL(address as string, 'http://x');
    this.asked.push(url.search);
    const view = url.searchParams.get('view') as View;
    const [from, limit] = [Number(url.searchParams.get('cursor') ?? 0), Number(url.searchParams.get('limit'))];
    const all = [...this.entries.values()].filter((entry) => belongs(entry, view, 'me')).sort(inOrder(view));
    const page: Page = { entries: all.slice(from, from + limit), counts: { waiting: all.length } as Counts, teams: {}, ...(from + limit < all.length && { cursor: String(from + limit) }) };
    return Response.json(page);
  };
}

let server: Server;
let list: List;
const shown = () => list.entries.value.map(({ conversation }) => conversation);

beforeEach(() => {
  server = new Server();
  list = new List(new Api({ fetch: server.fetch, signedOut: () => undefined, prove: async () => false }), 'app', 'me');
});

describe('the list', () => {
  it('has a view in its order, page by page', async () => {
    for (let i = 0; i < 120; i++) server.add(`c${i}`, i);
    await list.show('waiting');
    expect([shown().length, shown()[0], list.hasMore, list.counts.value?.waiting]).toEqual([50, 'c0', true, 120]);
    await list.loadMore();
    await list.loadMore();
    expect([shown().length, shown().at(-1), list.hasMore]).toEqual([120, 'c119', false]);
    await list.loadMore();
    expect(server.asked).toHaveLength(3);
  });

  it('takes in what comes and lets go what does not belong there any more', async () => {
    const first = server.add('a', 1);
    server.add('b', 2);
    await list.show('waiting');
    list.put(server.add('c', 0));
    expect(shown()).toEqual(['c', 'a', 'b']);
    list.put({ ...first, waitingSince: undefined });
    expect(shown()).toEqual(['c', 'b']);
  });

  it('leaves to the next page what lies behind those that were fetched', async () => {
    for (let i = 0; i < 60; i++) server.add(`c${i}`, i);
    await list.show('waiting');
    list.put(server.add('late', 70));
    expect(shown()).toHaveLength(50);
    await list.loadMore();
    expect(shown().at(-1)).toBe('late');
  });

  it('moves nothing while the pointer is on it, and everything afterwards', async () => {
    const a = server.add('a', 1, { waitingSince: undefined });
    server.add('b', 2);
    await list.show('open');
    expect(shown()).toEqual(['b', 'a']);
    list.hold(true);
    list.put({ ...a, movedAt: server.add('c', 3).movedAt, tags: ['vip'] });
    list.put(server.add('c', 4));
    expect(shown()).toEqual(['b', 'a']);
    expect(list.entries.value[1]?.tags).toEqual(['vip']);
    list.hold(false);
    expect(shown()).toEqual(['c', 'a', 'b']);
  });

  it('keeps the conversation that one is in at its place', async () => {
    server.add('a', 1);
    const b = server.add('b', 2);
    server.add('c', 3);
    await list.show('waiting');
    list.keep('b');
    list.put({ ...b, waitingSince: undefined });
    expect(shown()).toEqual(['a', 'b', 'c']);
    list.keep('c');
    expect(shown()).toEqual(['a', 'c']);
  });

  it('shows the view that was asked for last, however late answers come', async () => {
    server.add('a', 1);
    server.add('b', 2, { status: 'closed' });
    await Promise.all([list.show('waiting'), list.show('closed')]);
    expect(shown()).toEqual(['b']);
  });

  it('does not go back to what an answer knew that was asked for before', async () => {
    const a = server.add('a', 1);
    server.add('b', 2);
    const shows = list.show('waiting');
    list.put({ ...a, waitingSince: undefined, tags: ['answered'] });
    list.put(server.add('c', 3));
    server.entries.delete('c');
    await shows;
    expect(shown()).toEqual(['b', 'c']);
    expect(list.get('a')?.tags).toEqual(['answered']);
  });

  it('does not bring back what was removed while a page was under way', async () => {
    for (let i = 0; i < 120; i++) server.add(`c${i}`, i);
    const shows = list.show('waiting');
    list.put(server.add('c0', 0));
    list.remove('c0');
    await shows;
    expect([shown()[0], list.get('c0')]).toEqual(['c1', undefined]);
    const more = list.loadMore();
    list.apply({ type: 'conversation.removed', conversation: 'c60' });
    await more;
    expect([shown().includes('c60'), list.get('c60'), shown().length]).toEqual([false, undefined, 98]);
  });

  it('forgets what it heard of long ago and nobody looks at', async () => {
    const a = server.add('a', 1);
    await list.show('waiting');
    for (let i = 0; i < 2_000; i++) list.put({ ...a, conversation: `closed ${i}`, status: 'closed', waitingSince: undefined });
    expect([shown(), list.get('closed 0'), list.get('closed 1999')?.status]).toEqual([['a'], undefined, 'closed']);
  });

  it('is as long after a gap as it was before', async () => {
    for (let i = 0; i < 130; i++) server.add(`c${i}`, i);
    await list.show('waiting');
    await list.loadMore();
    server.entries.delete('c0');
    await list.refresh();
    expect([shown().length, shown()[0], shown().at(-1)]).toEqual([100, 'c1', 'c100']);
  });
});
