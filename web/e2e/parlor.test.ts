/** `window.Parlor`, the same calls in every script, each with tokens of its script's door. */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { tokenOf } from './company.ts';
import { Host } from './host.ts';

const { sign } = createRequire(import.meta.url)('jsonwebtoken') as { sign(claims: object, secret: string, options?: object): string };

interface Neutral {
  logout(): Promise<void>;
  open(): void;
  close(): void;
  isOpened(): boolean;
}
declare const Parlor: Neutral;

describe.skipIf(browserSkipped())('window.Parlor', () => {
  const host = Host.begin();

  const scripts: { name: string; then(): string; token(id: string): string }[] = [
    { name: 'smooch', then: () => `<script>Smooch.init({ integrationId: '${host.app.integrationId}' })</script>`, token: (id) => tokenOf(id, host.key) },
    { name: 'widget', then: () => '', token: (id) => sign({ user: { id } }, host.key.secret, { expiresIn: '7 days' }) },
    { name: 'chat', then: () => '<chat-widget project="10"></chat-widget>', token: (id) => sign({ email: `${id}@example.com` }, host.key.secret, { expiresIn: 300 }) },
  ];

  it.each(scripts)('of $name.js may be called before there is a chat', async ({ name, then, token }) => {
    const id = host.newcomer(name);
    const early = `<script>
      window.heard = [];
      for (const name of ['ready', 'login', 'message:sent', 'logout']) Parlor.on(name, () => window.heard.push(name));
      Parlor.on('logout', () => window.heard.push('never'));
      Parlor.off('logout');
      window.sent = Parlor.login('${token(id)}').then(() => Parlor.sendMessage('by a call'));
    </script>`;
    const tab = await host.visit(host.page(`<script src="${host.parlor.url}/${name}.js"></script>`, early + then()));
    await tab.page.evaluate(() => (window as unknown as { sent: Promise<unknown> }).sent);
    await tab.page.evaluate(() => Parlor.open());
    await tab.said('by a call').waitFor();
    expect(await tab.page.evaluate(() => Parlor.isOpened())).toBe(true);
    await tab.page.evaluate(() => Parlor.close());
    expect(await tab.page.evaluate(() => Parlor.isOpened())).toBe(false);
    await tab.page.evaluate(() => Parlor.logout());
    expect(await tab.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(['ready', 'login', 'message:sent']);
    expect(await tab.everything()).not.toContain('by a call');
  });
});
