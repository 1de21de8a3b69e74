import { describe, expect, it, vi } from 'vitest';
import { Api } from './client.ts';
import type { Problem } from './problem.ts';

/** A server of one call that wants a proof of a minute at most, by a password. */
class Server {
  isSignedIn = true;
  isProved = false;
  asked: string[] = [];
  headers: Record<string, string> = {};

  readonly fetch: typeof fetch = async (path, { method, headers } = {}) => {
    this.asked.push(`${method} ${path as string}`);
    if (!this.isSignedIn) return this.#refuse(401, 'unauthorized');
    if (method === 'GET') return Response.json({ agents: [] });
    this.headers = { ...(headers as Record<string, string>) };
    return this.isProved ? new Response(null, { status: 204 }) : this.#refuse(403, 'proof_needed');
  };

  #refuse(status: number, code: string): Response {
    return Response.json({ errors: [{ code, title: 'No.' }] }, { status });
  }
}

function start(prove: (server: Server) => boolean = () => false) {
  const server = new Server();
  const left: string[] = [];
  const api = new Api({ fetch: server.fetch, signedOut: () => left.push('left'), prove: async () => prove(server) });
  return { server, api, left };
}

describe('calls of the console', () => {
  it('answer what the server does, and nothing for 204', async () => {
    const { api, server } = start();
    server.isProved = true;
    expect(await api.get('apps/a/agents')).toEqual({ agents: [] });
    expect(await api.call('PUT', 'apps/a/agents/b', { role: 'owner' })).toBeUndefined();
    expect(server.asked).toEqual(['GET /console/v1/apps/a/agents', 'PUT /console/v1/apps/a/agents/b']);
    expect(server.headers['Content-Type']).toBe('application/json');
  });

  it('are made again, once, when the password was given', async () => {
    const { api, server } = start((of) => (of.isProved = true));
    await api.call('DELETE', 'apps/a/agents/b');
    expect(server.asked).toEqual(['DELETE /console/v1/apps/a/agents/b', 'DELETE /console/v1/apps/a/agents/b']);
  });

  it('fail where it was not given, and ask once only where it did not help', async () => {
    const refused = start();
    await expect(refused.api.call('DELETE', 'x')).rejects.toMatchObject({ code: 'proof_needed', status: 403 });
    expect(refused.server.asked).toHaveLength(1);
    const vain = start(() => true);
    await expect(vain.api.call('DELETE', 'x')).rejects.toMatchObject({ code: 'proof_needed' });
    expect(vain.server.asked).toHaveLength(2);
  });

  it('tell where nobody is signed in any more', async () => {
    const { api, server, left } = start();
    server.isSignedIn = false;
    await expect(api.get('session')).rejects.toMatchObject({ status: 401, code: 'unauthorized', message: 'No.' });
    expect(left).toEqual(['left']);
  });

  it('that hang are given up in time, as where the line is lost', async () => {
    const hung = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(hung.signal);
    const fetch: typeof globalThis.fetch = (_, init) => new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)));
    const called = new Api({ fetch, signedOut: () => undefined, prove: async () => false }).call('POST', 'x', {});
    hung.abort(new DOMException('signal timed out', 'TimeoutError'));
    await expect(called).rejects.toMatchObject({ status: 0, code: 'unreachable' });
    expect(timeout.mock.calls).toEqual([[30_000]]);
    timeout.mockRestore();
  });

  it('tell what kept the server from being reached, and in how many seconds to come again', async () => {
    const problemOf = (fetch: () => Promise<Response>) =>
      new Api({ fetch, signedOut: () => undefined, prove: async () => false }).get('session').catch((problem: unknown) => problem as Problem);
    expect(await problemOf(() => Promise.reject(new TypeError('Failed to fetch')))).toMatchObject({ status: 0, code: 'unreachable' });
    expect(await problemOf(async () => new Response('<h1>Bad gateway</h1>', { status: 502 }))).toMatchObject({ status: 502, code: 'unknown' });
    expect(await problemOf(async () => new Response('{}', { status: 429, headers: { 'Retry-After': '7' } }))).toMatchObject({ status: 429, retryAfter: 7 });
  });
});
