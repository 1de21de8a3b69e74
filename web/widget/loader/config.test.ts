import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WidgetOptions } from '../options.ts';
import { getConfig } from './config.ts';

const options: WidgetOptions = { server: 'https://chat.example.com', door: 'jsm' };

describe('the configuration', () => {
  const asked = vi.fn<(url: string) => Promise<Response>>();

  beforeEach(() => {
    vi.stubGlobal('location', { origin: 'https://shop.example.com' });
    vi.stubGlobal('fetch', asked);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    asked.mockReset();
  });

  it.each([
    [{ app: 'a/b' }, '/sdk/v1/apps/a%2Fb/config'],
    [{ portal: '10' }, '/sdk/v1/config?portal=10'],
    [{ app: 'int1', portal: '10' }, '/sdk/v1/apps/int1/config'],
    [{}, '/sdk/v1/config'],
  ])('of %j is asked for at %s', async (which, path) => {
    asked.mockResolvedValue(Response.json({ app: { id: 'app1' } }));
    expect(await getConfig({ ...options, ...which })).toEqual({ app: { id: 'app1' } });
    expect(asked.mock.calls[0]?.[0]).toBe(`https://chat.example.com${path}`);
  });

  it.each([
    [{ app: 'int1' }, 404, { code: 'app_not_found', status: 404, retryable: false }, /"int1"/],
    [{ portal: '10' }, 404, { code: 'app_not_found', status: 404, retryable: false }, /portal 10.*set with: parlor app set APP portal=10/],
    [{}, 404, { code: 'app_not_found', status: 404, retryable: false }, /no app at/],
    [{}, 403, { code: 'unavailable', status: 403, retryable: false }, /403/],
    [{}, 429, { code: 'unavailable', status: 429, retryable: true }, /429/],
  ])('of %j that is answered with %i fails in words', async (which, status, members, says) => {
    asked.mockResolvedValue(new Response('', { status }));
    const error: unknown = await getConfig({ ...options, ...which }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ ...members, message: expect.stringMatching(says) as string });
  });

  it('says whose fault it may be where there is no answer', async () => {
    asked.mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(getConfig(options)).rejects.toMatchObject({ code: 'unavailable', retryable: true, message: expect.stringMatching(/shop\.example\.com.*list/) as string });
  });
});
