import { afterEach, describe, expect, it, vi } from 'vitest';
import { askForToken } from './token.ts';

describe('the token endpoint of a page', () => {
  afterEach(() => vi.unstubAllGlobals());

  function answering(body: string | null, status = 200): ReturnType<typeof vi.fn> {
    const asked = vi.fn(() => Promise.resolve(new Response(body, { status })));
    vi.stubGlobal('fetch', asked);
    return asked;
  }

  it.each([
    ['{"token":"a.b.c"}', 'a.b.c'],
    ['"a.b.c"', 'a.b.c'],
    ['a.b.c\n', 'a.b.c'],
    ['{"token":null}', undefined],
    ['null', undefined],
    ['', undefined],
  ])('may answer %j, which is the token %j', async (body, token) => {
    const asked = answering(body);
    expect(await askForToken('/token')).toBe(token);
    expect(asked).toHaveBeenCalledWith('/token', { headers: { Accept: 'application/json' }, credentials: 'same-origin', cache: 'no-store' });
  });

  it.each([401, 403])('says by %i that nobody is signed in', async (status) => {
    answering('{"token":"not this one"}', status);
    expect(await askForToken('/token')).toBeUndefined();
  });

  it('that fails is named with its status', async () => {
    answering('<h1>Oops</h1>', 500);
    await expect(askForToken('/token')).rejects.toThrow('/token answered 500');
  });
});
