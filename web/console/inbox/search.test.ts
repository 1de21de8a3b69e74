import { describe, expect, it } from 'vitest';
import { Api } from '../api/client.ts';
import { Search } from './search.ts';

/** A server that answers when it is told to. */
class Server {
  readonly waiting: { query: string; cursor: string | null; answer(response: Response): void }[] = [];

  readonly fetch: typeof fetch = (address) => {
    const { searchParams } = new URL(address as string, 'http://x');
    return new Promise((resolve) => this.waiting.push({ query: searchParams.get('query') ?? '', cursor: searchParams.get('cursor'), answer: resolve }));
  };

  answer(at: number, ids: string[], cursor?: string): Promise<void> {
    this.waiting[at]?.answer(Response.json({ found: ids.map((id) => ({ id })), cursor }));
    return new Promise((done) => setTimeout(done));
  }
}

function begin(): { server: Server; search: Search; ids(): string[] } {
  const server = new Server();
  const search = new Search(new Api({ fetch: server.fetch, signedOut: () => undefined, prove: async () => false }), 'a1');
  return { server, search, ids: () => search.found.value.map(({ id }) => id) };
}

describe('what is found', () => {
  it('stays until there is an answer, of which the late ones count no more', async () => {
    const { server, search, ids } = begin();
    void search.look('on');
    await server.answer(0, ['m1']);
    void search.look('one');
    void search.look('ones');
    expect([ids(), search.state.value]).toEqual([['m1'], 'loading']);
    await server.answer(2, ['m3']);
    await server.answer(1, ['m2']);
    expect([ids(), search.query.value, search.state.value]).toEqual([['m3'], 'ones', 'still']);
  });

  it('comes page by page', async () => {
    const { server, search, ids } = begin();
    void search.look('on');
    await server.answer(0, ['m1'], '7');
    void search.loadMore();
    void search.loadMore();
    expect(server.waiting.map(({ cursor }) => cursor)).toEqual([null, '7']);
    await server.answer(1, ['m2']);
    await search.loadMore();
    expect([ids(), server.waiting.length]).toEqual([['m1', 'm2'], 2]);
  });

  it('is nothing for what has no letter, without asking', async () => {
    const { server, search, ids } = begin();
    await search.look('?!');
    expect([ids(), server.waiting.length, search.state.value]).toEqual([[], 0, 'still']);
  });
});
