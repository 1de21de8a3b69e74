/** `<parlor-chat>` on the page of a company with the strictest policy: attributes, calls, events. */
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { tokenOf } from './company.ts';
import { Host } from './host.ts';
import type { Tab } from './host.ts';

interface ParlorChat extends HTMLElement {
  open(): void;
  close(): void;
  login(token: string): Promise<void>;
  logout(): Promise<void>;
  sendMessage(text: string): Promise<unknown>;
}

describe.skipIf(browserSkipped())('<parlor-chat>', () => {
  const host = Host.begin();

  /** A page with the element, that notes each of its events on the way up. */
  const visit = (attributes = '', body = '') =>
    host.visit(
      host.page(
        `<script>
          window.heard = [];
          for (const name of ['ready', 'login', 'logout', 'unread', 'message', 'open', 'close', 'error'])
            document.addEventListener('parlor-' + name, ({ detail }) => window.heard.push(name === 'message' ? 'message ' + detail.text : name === 'error' ? 'error ' + detail.reason : name === 'unread' ? 'unread ' + detail : name));
        </script><script defer src="${host.parlor.url}/widget.js"></script>`,
        `<parlor-chat app="${host.app.id}" ${attributes}></parlor-chat>${body}`,
      ),
    );
  const heard = (tab: Tab) => tab.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  const act = (tab: Tab, run: (chat: ParlorChat) => unknown) => tab.page.locator('parlor-chat').evaluate(run as (chat: Element) => unknown);

  it('is a launcher that somebody anonymous writes in, and the only one of its page', async () => {
    const tab = await visit();
    await tab.open();
    await tab.send('hello');
    expect(await tab.page.locator('#parlor, #parlor72').count()).toBe(1);
    expect(await act(tab, (chat) => chat.hasAttribute('open'))).toBe(true);
    await tab.chat.getByRole('button', { name: 'Close chat' }).click();
    await expect.poll(() => act(tab, (chat) => chat.hasAttribute('open'))).toBe(false);
    expect(await heard(tab)).toEqual(['ready', 'open', 'close']);
  });

  it('signs in by its token, which does not stay in the document, and by a call; it says why one is refused', async () => {
    const [ana, ben] = [host.newcomer('ana'), host.newcomer('ben')];
    const tab = await visit(`door="sdk" token="${tokenOf(ana, host.key)}" open`);
    await tab.composer.waitFor();
    await tab.send('as ana');
    expect(await act(tab, (chat) => chat.getAttributeNames())).not.toContain('token');
    await tab.page.locator('parlor-chat').evaluate((chat, token) => (chat as ParlorChat).login(token), tokenOf(ben, host.key));
    await expect.poll(() => tab.said('as ana').count()).toBe(0);
    await act(tab, (chat) => chat.sendMessage('as ben'));
    await tab.said('as ben').waitFor();
    expect(await host.rest.conversationsOf(ben)).toHaveLength(1);
    const refused = await tab.page.locator('parlor-chat').evaluate((chat, token) => (chat as ParlorChat).login(token).then(() => null, (error: unknown) => (error as { reason: string }).reason), tokenOf(ben, { ...host.key, secret: 'x'.repeat(40) }));
    expect(refused).toBe('signature_invalid');
    await act(tab, (chat) => chat.logout());
    await expect.poll(() => tab.said('as ben').count()).toBe(0);
    expect((await heard(tab)).filter((name) => /^(login|logout|error)/.test(name))).toEqual(['login', 'login', 'error signature_invalid', 'logout']);
  });

  it('follows its attributes while it lives', async () => {
    const tab = await visit('brand-color="0a7a55"');
    const colour = () => tab.page.locator('#parlor .launcher').evaluate((button) => getComputedStyle(button).backgroundColor);
    await expect.poll(colour).toBe('rgb(10, 122, 85)');
    await act(tab, (chat) => {
      chat.setAttribute('brand-color', '7a0a55');
      chat.setAttribute('theme', 'dark');
    });
    await expect.poll(colour).toBe('rgb(122, 10, 85)');
    await act(tab, (chat) => chat.setAttribute('open', ''));
    await tab.composer.waitFor();
    expect(await tab.chat.locator('html').evaluate((root) => root.style.colorScheme)).toBe('dark');
    await act(tab, (chat) => chat.removeAttribute('open'));
    await tab.launcher.waitFor();
    const id = host.newcomer('late');
    await tab.page.locator('parlor-chat').evaluate((chat, token) => (chat.setAttribute('door', 'sdk'), chat.setAttribute('token', token)), tokenOf(id, host.key));
    await expect.poll(async () => (await heard(tab)).filter((name) => name === 'login')).toHaveLength(1);
  });

  it('fills its box where it is embedded, and tells of answers', async () => {
    const id = host.newcomer('ines');
    const tab = await visit(`embedded door="sdk" token="${tokenOf(id, host.key)}"`);
    await tab.composer.waitFor();
    const box = await tab.page.locator('parlor-chat').boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(480);
    expect((await tab.page.locator('iframe[title="Chat"]').boundingBox())?.width).toBe(box?.width);
    expect(await tab.page.locator('#parlor').count()).toBe(0);
    await tab.send('inline');
    const [conversation] = await host.rest.conversationsOf(id);
    await host.rest.say(conversation?.id ?? '', 'an answer');
    await tab.said('an answer').waitFor();
    await expect.poll(() => heard(tab)).toContain('message an answer');
  });

  it('ends and begins again with its element, and stays where that is only moved', async () => {
    const tab = await visit('', '<main></main>');
    await tab.open();
    await tab.send('hello');
    await act(tab, (chat) => document.querySelector('main')?.append(chat));
    expect(await tab.composer.isVisible()).toBe(true);
    await tab.page.evaluate(() => {
      const page = window as unknown as { chat: Element | null };
      page.chat = document.querySelector('parlor-chat');
      document.body.replaceChildren();
    });
    await expect.poll(() => tab.page.locator('#parlor').count()).toBe(0);
    await tab.page.evaluate(() => document.body.append((window as unknown as { chat: Node }).chat));
    // It still has `open`.
    await tab.said('hello').waitFor();
  });
});
