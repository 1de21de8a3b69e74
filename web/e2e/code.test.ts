/** The door `code` in a real browser: the documented script tag, unchanged but for address and key (contracts/typingmind.md). */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { now, signed } from './company.ts';
import { Host } from './host.ts';
import type { Tab } from './host.ts';

const { sign } = createRequire(import.meta.url)('jsonwebtoken') as { sign(claims: object, secret: string, options?: object): string };

declare const Parlor: { login(token: string): Promise<void>; logout(): Promise<void> };

describe.skipIf(browserSkipped())('widget.js', () => {
  const host = Host.begin();

  /** The documented sample. */
  const codeOf = (id: string, email?: string) => sign({ user: { id, email, plan: 'gold' } }, host.key.secret, { expiresIn: '7 days' });

  const expired = (id: string) => signed({ user: { id }, iat: now() - 7200, exp: now() - 3600 }, host.key, { alg: 'HS256', typ: 'JWT' });

  const snippet = (code: string) => `<script defer data-external-auth-code="${code}" src="${host.parlor.url}/widget.js"></script>`;
  const plain = (attributes = '') => `<script defer ${attributes} src="${host.parlor.url}/widget.js"></script>`;

  const texts = async (id: string) => {
    const conversations = await host.rest.conversationsOf(id);
    return Promise.all(conversations.map((one) => host.rest.texts(one.id)));
  };

  /** Whoever is there says so, and the server's word counts for who it is. */
  async function says(tab: Tab, text: string): Promise<void> {
    await tab.open();
    await tab.send(text);
  }

  it('signs in by the attribute, which is then gone from the page', async () => {
    const ana = host.newcomer('crm');
    const tab = await host.visit(host.page(snippet(codeOf(ana, `${ana}@example.com`))));
    await says(tab, 'hello from Ana');
    expect(await texts(ana)).toEqual([['hello from Ana']]);
    const { user } = await host.rest.call<{ user: { profile: object; metadata: object } }>('GET', `/users/${ana}`);
    expect(user).toMatchObject({ profile: { email: `${ana}@example.com` } });
    expect(await tab.page.locator('script[src]').getAttribute('data-external-auth-code')).toBeNull();
    expect(await tab.everything()).not.toContain('eyJ');
  });

  it('takes the id and the e-mail address of somebody known', async () => {
    const ben = host.newcomer('crm');
    const email = `${ben}@example.com`;
    await says(await host.visit(host.page(snippet(codeOf(ben, email)))), 'one');
    const { user } = await host.rest.call<{ user: { number: number } }>('GET', `/users/${ben}`);
    for (const [claims, text] of [[{ id: user.number }, 'two'], [{ email }, 'three']] as const) {
      await says(await host.visit(host.page(snippet(sign(claims, host.key.secret, { expiresIn: '7 days' })))), text);
    }
    expect(await texts(ben)).toEqual([['one', 'two', 'three']]);
  });

  it('shows nobody where there is no attribute; what is written there goes along with the next sign-in', async () => {
    const eva = host.newcomer('crm');
    const url = host.page(snippet(codeOf(eva)));
    const tab = await host.visit(url);
    await says(tab, 'a secret of Eva');
    await tab.page.goto(host.page(plain()));
    await tab.open();
    expect(await tab.everything()).not.toContain('a secret of Eva');
    await tab.send('of nobody known');
    expect(await texts(eva)).toEqual([['a secret of Eva']]);
    await tab.page.reload();
    await tab.open();
    await tab.said('of nobody known').waitFor();
    await tab.page.goto(url);
    await expect.poll(async () => (await texts(eva)).sort()).toEqual([['a secret of Eva'], ['of nobody known']]);
  });

  it('shows the same person the history on every page, and another one nothing of it', async () => {
    const [ana, ben] = [host.newcomer('ana'), host.newcomer('ben')];
    const tab = await host.visit(host.page(snippet(codeOf(ana))));
    await says(tab, 'a secret of Ana');
    await tab.page.reload();
    await tab.open();
    await tab.said('a secret of Ana').waitFor();
    await tab.composer.fill('a draft of Ana');
    await expect.poll(() => tab.everything()).toContain('a draft of Ana');
    await tab.page.goto(host.page(snippet(codeOf(ben))));
    await tab.open();
    expect(await tab.composer.inputValue()).toBe('');
    await tab.send('hello from Ben');
    expect(await tab.everything()).not.toContain('of Ana');
    expect([await texts(ana), await texts(ben)]).toEqual([[['a secret of Ana']], [['hello from Ben']]]);
  });

  it('goes on with the person where the chat is loaded anew, and only the chat', async () => {
    const noa = host.newcomer('noa');
    const tab = await host.visit(host.page(snippet(codeOf(noa))));
    await says(tab, 'before');
    await tab.page.frames()[1]?.evaluate(() => location.reload());
    await tab.said('before').waitFor();
    await tab.send('after');
    expect(await texts(noa)).toEqual([['before', 'after']]);
  });

  it('says once why an expired code signs nobody in, and shows nothing of the last person', async () => {
    const kim = host.newcomer('kim');
    const tab = await host.visit(host.page(snippet(codeOf(kim))));
    await says(tab, 'a secret of Kim');
    await tab.page.goto(host.page(snippet(expired(kim))));
    await expect.poll(() => tab.errors.length).toBe(1);
    expect(tab.errors[0]).toMatch(/expired/);
    await tab.open();
    expect(await tab.everything()).not.toContain('of Kim');
    await tab.send('written all the same');
    expect(await texts(kim)).toEqual([['a secret of Kim']]);
    expect(tab.errors).toHaveLength(1);
  });

  it('asks the endpoint of the page where there is no attribute, and where the code of a cached page has expired', async () => {
    const mia = host.newcomer('mia');
    host.token = codeOf(mia);
    const endpoint = 'data-token-endpoint="/token"';
    await says(await host.visit(host.page(plain(endpoint))), 'without an attribute');
    expect(host.tokensAsked).toBe(1);
    await says(await host.visit(host.page(plain(`${endpoint} data-external-auth-code="${expired(mia)}"`))), 'with an old one');
    expect(host.tokensAsked).toBe(2);
    expect(await texts(mia)).toEqual([['without an attribute', 'with an old one']]);
  });

  it('is anonymous where the endpoint knows nobody, and complains of nothing', async () => {
    const tab = await host.visit(host.page(plain('data-token-endpoint="/token"')));
    await says(tab, 'hello');
    expect([host.tokensAsked, tab.errors]).toEqual([1, []]);
  });

  it('looks as its attributes say', async () => {
    const attributes = `data-app-id="${host.app.id}" data-position="left" data-theme="dark" data-button-text="Ask us" data-welcome="Ferns day and night." data-open data-locale="en-GB" data-agent-id="agent-7"`;
    const tab = await host.visit(host.page(plain(attributes)));
    await tab.chat.getByText('Ferns day and night.').waitFor();
    const box = await tab.page.locator('iframe[title="Chat"]').boundingBox();
    expect(box?.x).toBe(20);
    expect(await tab.chat.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)).toBe('rgb(22, 24, 29)');
    await tab.page.getByRole('button', { name: 'Close chat' }).last().click();
    expect(await tab.launcher.innerText()).toBe('Ask us');
    await tab.page.mouse.move(600, 100);
    await expect.poll(async () => (await tab.launcher.boundingBox())?.x).toBe(20);
    expect((await tab.launcher.boundingBox())?.width).toBeGreaterThan(80);
    await says(tab, 'hello');
    expect(tab.info()).toEqual({ currentUrl: tab.page.url().replace(/[?#].*/, ''), agentId: 'agent-7' });
  });

  it('shows the first lines of an answer in the theme that the page wants', async () => {
    const ola = host.newcomer('ola');
    const tab = await host.visit(host.page(plain(`data-theme="dark" data-external-auth-code="${codeOf(ola)}"`)));
    await says(tab, 'hello');
    await tab.page.getByRole('button', { name: 'Close chat' }).last().click();
    const [conversation] = await host.rest.conversationsOf(ola);
    await host.rest.say(conversation?.id ?? '', 'here we are');
    const peek = tab.page.locator('#parlor .peek');
    await peek.waitFor();
    expect(await peek.evaluate((bubble) => getComputedStyle(bubble).backgroundColor)).toBe('rgb(30, 33, 39)');
  });

  it('is not seen before somebody has signed in, where the page wants that', async () => {
    const tab = await host.visit(host.page(plain('data-hide-until-login')));
    await tab.page.waitForFunction(() => document.getElementById('parlor'));
    expect(await tab.launcher.isVisible()).toBe(false);
    await tab.page.evaluate((token) => Parlor.login(token), codeOf(host.newcomer('ida')));
    await tab.launcher.waitFor();
    await tab.page.evaluate(() => Parlor.logout());
    await tab.launcher.waitFor({ state: 'hidden' });
  });
});
