import { describe, expect, it, vi } from 'vitest';
import Smooch from './index.ts';

describe('the package', () => {
  it('does nothing when it is imported where there is no browser, and answers what can be answered', () => {
    expect(Smooch.isOpened()).toBe(false);
    expect(Smooch.getConversations()).toEqual([]);
    expect((Smooch as unknown as Promise<unknown>).then).toBeUndefined();
  });

  it('wants to know where its server is', async () => {
    await expect(Smooch.init({ integrationId: 'int1' })).rejects.toMatchObject({ code: 'bad_request', status: 400 });
  });

  it('fetches the script of its server once and hands everything on, in order', async () => {
    const calls: unknown[] = [];
    const real = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : (...args: unknown[]) => void calls.push([name, ...args])) });
    const scripts: { src: string; onload(): void }[] = [];
    vi.stubGlobal('window', { Smooch: real });
    vi.stubGlobal('document', { createElement: () => ({}), head: { append: (script: { src: string; onload(): void }) => scripts.push(script) } });
    const handler = () => undefined;
    Smooch.on('ready', handler);
    const sent = Smooch.sendMessage('early');
    const begun = Smooch.init({ integrationId: 'int1', configBaseUrl: 'https://chat.example.com/sc/' });
    expect(scripts.map(({ src }) => src)).toEqual(['https://chat.example.com/smooch.js']);
    scripts[0]?.onload();
    await Promise.all([begun, sent]);
    expect(calls).toEqual([
      ['on', 'ready', handler],
      ['sendMessage', 'early'],
      ['init', { integrationId: 'int1' }],
    ]);
    vi.unstubAllGlobals();
  });
});
