import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';
import { Polling } from './polling.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What becomes of a request: it goes well, it does not arrive, its answer does not, or a proxy answers. */
type Fate = 'well' | 'lost' | 'answer lost' | 'proxy';

/** A server with one line, as section 8 of api/realtime.md says. */
class FakeLines {
  readonly said: string[] = [];
  readonly requests: { path: string; init: RequestInit; body: Record<string, unknown> }[] = [];
  readonly fates: Record<string, Fate[]> = {};
  frames: object[] = [{ type: 'welcome' }];
  closed: { code: number; reason: string } | undefined;
  /** Of the next hello, where it is refused. */
  refusal: { status: number; body: object } | undefined;
  isGone = false;
  /** Also what was acknowledged. */
  givesAll = false;
  #wake = () => {};

  tell(...frames: object[]): void {
    this.frames.push(...frames);
    this.#wake();
  }

  end(code: number, reason: string): void {
    this.closed = { code, reason };
    this.#wake();
  }

  readonly fetch = async (url: unknown, init: RequestInit = {}): Promise<Response> => {
    const path = String(url).replace('https://chat.example/lines', '') || 'open';
    const body = JSON.parse((init.body as string | undefined) ?? '{}') as Record<string, unknown>;
    this.requests.push({ path, init, body });
    const fate = this.fates[path]?.shift() ?? 'well';
    if (fate === 'lost') throw new TypeError('Failed to fetch');
    if (fate === 'proxy') return new Response('<h1>Bad Gateway</h1>', { status: 502 });
    const answer = await this.#answer(path, init, body);
    if (fate === 'answer lost') throw new TypeError('Failed to fetch');
    return answer;
  };

  async #answer(path: string, { headers, signal }: RequestInit, body: Record<string, unknown>): Promise<Response> {
    if (path === 'open') {
      if (this.refusal) return Response.json(this.refusal.body, { status: this.refusal.status });
      this.said.push(JSON.stringify(body));
      return Response.json({ line: 'credential', first: 1, frames: this.frames }, { status: 201 });
    }
    expect((headers as Record<string, string>)['Authorization']).toBe('Bearer credential');
    if (this.isGone) return Response.json({ errors: [{ code: 'line_not_found' }] }, { status: 404 });
    const { first, frames, after, waitSeconds } = body as { first: number; frames: string[]; after: number; waitSeconds: number };
    if (path === '/current/frames') {
      expect(first).toBeLessThanOrEqual(this.said.length);
      this.said.push(...frames.slice(this.said.length - first));
      return new Response(null, { status: 204 });
    }
    if (path === '/current') return new Response(null, { status: 204 });
    if (this.frames.length <= after && !this.closed) {
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        setTimeout(resolve, waitSeconds * 1000);
        signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      });
    }
    const before = this.givesAll ? 0 : after;
    return Response.json({ first: before + 1, frames: this.frames.slice(before), closed: this.closed });
  }

  to(path: string): Record<string, unknown>[] {
    return this.requests.filter((request) => request.path === path).map(({ body }) => body);
  }
}

interface Ends {
  heard: { type: string }[];
  messages: number;
  closed: { code: number; reason: string }[];
}

/** A socket that says hello as soon as it is open, and what is heard on it. */
function open(server: FakeLines, holds = () => true): { socket: Polling; ends: Ends } {
  const socket = new Polling({ url: 'https://chat.example/lines', fetch: server.fetch, clock: systemClock, holds });
  const ends: Ends = { heard: [], messages: 0, closed: [] };
  socket.onopen = () => socket.send('{"type":"hello"}');
  socket.onmessage = ({ data }: { data: string }) => {
    ends.messages += 1;
    ends.heard.push(...(JSON.parse(data) as Ends['heard']));
  };
  socket.onclose = (event: { code: number; reason: string }) => ends.closed.push(event);
  return { socket, ends };
}

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const types = ({ heard }: Ends) => heard.map(({ type }) => type);

describe('a socket by long polling', () => {
  it('says hello first, and hears what is said in order', async () => {
    const server = new FakeLines();
    const { socket, ends } = open(server);
    await pass();
    server.tell({ type: 'a' }, { type: 'b' });
    await pass();
    server.tell({ type: 'c' });
    socket.send('one');
    socket.send('two');
    await pass();
    expect(types(ends)).toEqual(['welcome', 'a', 'b', 'c']);
    expect(server.said).toEqual(['{"type":"hello"}', 'one', 'two']);
    expect(server.to('/current/poll').map(({ after }) => after)).toEqual([1, 3, 4]);
  });

  it.each<Fate>(['lost', 'answer lost', 'proxy'])('says again what may not have come, once for the server: %s', async (fate) => {
    const server = new FakeLines();
    server.fates['/current/frames'] = [fate, 'well', fate];
    const { socket, ends } = open(server);
    await pass();
    for (const text of ['one', 'two', 'three']) socket.send(text);
    await pass(5_000);
    expect(server.said.slice(1)).toEqual(['one', 'two', 'three']);
    expect(ends.closed).toEqual([]);
  });

  it.each<Fate>(['lost', 'answer lost', 'proxy'])('asks again for what it did not hear, and tells it once: %s', async (fate) => {
    const server = new FakeLines();
    const { ends } = open(server);
    await pass();
    server.fates['/current/poll'] = [fate, 'well', fate];
    for (const type of ['a', 'b', 'c']) {
      server.tell({ type });
      await pass(5_000);
    }
    expect(types(ends)).toEqual(['welcome', 'a', 'b', 'c']);
    expect(ends.closed).toEqual([]);
  });

  it('passes over frames that come a second time', async () => {
    const server = new FakeLines();
    server.givesAll = true;
    const { ends } = open(server);
    await pass();
    server.tell({ type: 'a' });
    await pass();
    server.tell({ type: 'b' });
    await pass();
    expect(types(ends)).toEqual(['welcome', 'a', 'b']);
  });

  it('tells of an answer without frames, which is a sign of life', async () => {
    const { ends } = open(new FakeLines());
    await pass(60_000);
    expect(types(ends)).toEqual(['welcome']);
    expect(ends.messages).toBe(3);
  });

  it('tells why a hello is refused, and ends with the code of the server', async () => {
    const server = new FakeLines();
    server.refusal = { status: 401, body: { errors: [{ code: 'invalid_auth', reason: 'expired' }], closed: { code: 4401, reason: 'invalid_auth' } } };
    const { ends } = open(server);
    await pass();
    expect(ends.heard).toEqual([{ type: 'error', status: 401, error: { code: 'invalid_auth', reason: 'expired' } }]);
    expect(ends.closed).toEqual([{ code: 4401, reason: 'invalid_auth' }]);
  });

  it.each<Fate>(['lost', 'answer lost', 'proxy'])('is lost where the hello is: %s', async (fate) => {
    const server = new FakeLines();
    server.fates['open'] = [fate];
    const { ends } = open(server);
    await pass();
    expect(ends.closed).toEqual([{ code: 1006, reason: '' }]);
  });

  it('ends as the server says, after what was said before', async () => {
    const server = new FakeLines();
    const { ends } = open(server);
    await pass();
    server.frames.push({ type: 'last' });
    server.end(4401, 'revoked');
    await pass(60_000);
    expect(types(ends)).toEqual(['welcome', 'last']);
    expect(ends.closed).toEqual([{ code: 4401, reason: 'revoked' }]);
    expect(server.to('/current/poll')).toHaveLength(1);
  });

  it('is lost where the server does not know the line any more', async () => {
    const server = new FakeLines();
    const { ends } = open(server);
    await pass();
    server.isGone = true;
    server.tell();
    await pass();
    expect(ends.closed).toEqual([{ code: 1006, reason: '' }]);
    expect(types(ends)).toEqual(['welcome']);
  });

  it('is lost where nothing comes through several times', async () => {
    const server = new FakeLines();
    server.fates['/current/poll'] = ['proxy', 'lost', 'proxy'];
    const { ends } = open(server);
    await pass(1_400);
    expect(ends.closed).toEqual([]);
    await pass(200);
    expect(ends.closed).toEqual([{ code: 1006, reason: '' }]);
  });

  it('waits for less where a proxy waits for less', async () => {
    const server = new FakeLines();
    server.fates['/current/poll'] = ['proxy', 'well'];
    open(server);
    await pass(1_000);
    expect(server.to('/current/poll').map(({ waitSeconds }) => waitSeconds)).toEqual([25, 12]);
  });

  it('holds no poll in a tab that nobody sees, and asks at once when something is said there', async () => {
    const server = new FakeLines();
    const { socket } = open(server, () => false);
    await pass(1_000);
    expect(server.to('/current/poll').map(({ waitSeconds }) => waitSeconds)).toEqual([1]);
    await pass(9_000);
    expect(server.to('/current/poll')).toHaveLength(1);
    socket.send('one');
    await pass();
    expect(server.to('/current/poll')).toHaveLength(2);
  });

  it('lets go of the line when it is closed, also of a page that is left, and tells nothing more', async () => {
    const server = new FakeLines();
    const { socket, ends } = open(server);
    await pass();
    socket.close();
    server.tell({ type: 'never' });
    await pass(60_000);
    expect(server.requests.filter(({ path }) => path === '/current').map(({ init }) => [init.method, init.keepalive])).toEqual([['DELETE', true]]);
    expect(server.to('/current/poll')).toHaveLength(1);
    expect(types(ends)).toEqual(['welcome']);
    expect(ends.closed).toEqual([]);
  });
});
