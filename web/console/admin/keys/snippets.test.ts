import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Door } from '../api.ts';
import { doors } from '../api.ts';
import { languages, snippet } from './snippets.ts';
import type { Language } from './snippets.ts';

const { verify } = createRequire(import.meta.url)('jsonwebtoken') as { verify(token: string, secret: string, options: object): { header: object; payload: Record<string, unknown> } };

const blanks = { server: 'https://chat.example.com', app: '0123456789abcdef01234567', integration: '89abcdef0123456701234567', key: 'app_1', portal: '10' };
const secret = 'kept by the server, and long enough for anything';
const user = { id: 42, email: 'ana@example.com', name: 'Ana' };

const claims: Record<Door, object> = {
  sdk: { scope: 'user', external_id: '42' },
  code: { user: { id: '42', email: 'ana@example.com', name: 'Ana' } },
  jsm: { email: 'ana@example.com', displayName: 'Ana' },
};

describe('snippets', () => {
  it.each(doors)('of the door %s sign in Node what is documented', async (door) => {
    const module = (await import(`data:text/javascript,${encodeURIComponent(snippet(door, 'node', blanks))}`)) as { chatToken(given: object, secret: string): string };
    const { header, payload } = verify(module.chatToken(user, secret), secret, { complete: true, algorithms: ['HS256'] });
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT', ...(door === 'sdk' && { kid: 'app_1' }) });
    const { iat, exp, ...rest } = payload;
    expect(rest).toEqual(claims[door]);
    expect(Number(exp) - Number(iat)).toBe({ sdk: 900, code: 3600, jsm: 300 }[door]);
  });

  it('name the server and the app, and never a secret', () => {
    expect(snippet('sdk', 'page', blanks)).toContain(`integrationId: '${blanks.integration}'`);
    expect(snippet('code', 'page', blanks)).toContain(`data-app-id="${blanks.app}"`);
    expect(snippet('jsm', 'page', blanks)).toContain('portal: 10,');
    expect(snippet('jsm', 'page', { ...blanks, portal: '' })).toContain('NUMBER OF YOUR PORTAL');
    for (const door of doors) expect(snippet(door, 'page', blanks)).toContain(`src="${blanks.server}/`);
    for (const language of Object.keys(languages).filter((one) => one !== 'page') as Language[]) {
      for (const door of doors) expect(snippet(door, language, blanks).includes(blanks.key)).toBe(door === 'sdk');
    }
  });
});
