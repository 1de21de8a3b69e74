/** The widget in a real browser, on a host page of another site with the strictest policy, in front of the fake server. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serve } from '../dev/fake/http.ts';
import type { Served } from '../dev/fake/http.ts';
import type { Smooch as SmoochAPI } from '../widget/api.ts';
import { browserSkipped, launch } from './browser.ts';
import { freePair } from './program.ts';

declare const Smooch: SmoochAPI;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(browserSkipped())('the widget', () => {
  let browser: Browser;
  let served: Served;
  let context: BrowserContext;
  let faults: string[];

  beforeAll(async () => {
    [browser, served] = await Promise.all([launch(), freePair().then(serve)]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
  beforeEach(async () => {
    faults = [];
    served.parlor.anonymous = true;
    context = await browser.newContext({ viewport: { width: 1100, height: 820 } });
  });
  afterEach(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });

  async function hostPage(query = '', on = context): Promise<Page> {
    const page = await on.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text())) faults.push(message.text());
    });
    await page.goto(`${served.shopURL}/?${query}`);
    return page;
  }

  const chatOf = (page: Page): FrameLocator => page.frameLocator('iframe[title="Chat"]');

  async function tokenFor(page: Page, query: string): Promise<string> {
    return page.evaluate(async (asked) => ((await (await fetch(`/token?${asked}`)).json()) as { token: string }).token, query);
  }

  async function signIn(page: Page, id: string): Promise<void> {
    const jwt = await tokenFor(page, `id=${id}&name=${id}`);
    await page.evaluate((options) => Smooch.init(options), { integrationId: 'int1', externalId: id, jwt, businessName: 'Fernhill' });
  }

  async function write(page: Page, text: string): Promise<void> {
    await chatOf(page).getByRole('textbox', { name: 'Message' }).fill(text);
    await chatOf(page).getByRole('button', { name: 'Send' }).click();
    await chatOf(page).getByRole('log').getByText(text).waitFor();
  }

  const newest = () => served.parlor.conversations.at(-1)?.state.id ?? '';

  it('loads nothing but the loader and its configuration before intent', async () => {
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => request.url().startsWith(served.parlorURL) && asked.push(new URL(request.url()).pathname));
    await page.goto(`${served.shopURL}/?init=${encodeURIComponent('{"integrationId":"int1"}')}`);
    await page.getByRole('button', { name: 'Open chat' }).waitFor();
    await page.waitForTimeout(300);
    expect(asked).toEqual(['/smooch.js', '/sdk/v1/apps/int1/config']);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });

  it('lets an anonymous person write, and shows it again after a reload', async () => {
    const users = served.parlor.users.length;
    const page = await hostPage(`init=${encodeURIComponent('{"integrationId":"int1"}')}`);
    await page.getByRole('button', { name: 'Open chat' }).click();
    await chatOf(page).getByRole('textbox', { name: 'Message' }).waitFor();
    expect(served.parlor.users).toHaveLength(users);
    await write(page, 'is my fern on its way?');
    await chatOf(page).getByText(/Delivered/).waitFor();
    expect(served.parlor.users).toHaveLength(users + 1);
    await page.reload();
    await page.getByRole('button', { name: 'Open chat' }).click();
    await chatOf(page).getByRole('log').getByText('is my fern').waitFor();
    expect(served.parlor.users).toHaveLength(users + 1);
  });

  it('signs in with init, keeps the person when a later login fails, and says why it failed', async () => {
    const page = await hostPage();
    await signIn(page, 'ana');
    const jwt = await tokenFor(page, 'id=ana&refused=signature_invalid');
    const error = await page.evaluate((bad) => Smooch.login('ana', bad).then(() => null, (thrown: unknown) => ({ ...(thrown as object), isError: thrown instanceof Error })), jwt);
    expect(error).toMatchObject({ isError: true, code: 'invalid_auth', reason: 'signature_invalid', status: 401, retryable: false });
    expect(await page.evaluate(() => Smooch.getUser().externalId)).toBe('ana');
  });

  it('refuses init in words: unknown app, expired token', async () => {
    const page = await hostPage();
    const init = (options: object) => page.evaluate((given) => Smooch.init(given as never).then(() => null, (thrown: unknown) => ({ ...(thrown as object), message: String(thrown) })), options);
    expect(await init({ integrationId: 'nope' })).toMatchObject({ code: 'app_not_found', status: 404, message: expect.stringContaining('nope') as string });
    const jwt = await tokenFor(page, 'id=ana&ttl=-90');
    expect(await init({ integrationId: 'int1', externalId: 'ana', jwt })).toMatchObject({ reason: 'token_expired', claim: 'exp' });
    expect(await page.getByRole('button', { name: 'Open chat' }).count()).toBe(0);
  });

  it('keeps what is written while the line is down and sends it once', async () => {
    const page = await hostPage();
    await signIn(page, 'olga');
    await page.evaluate(() => Smooch.open());
    await write(page, 'before');
    await context.setOffline(true);
    served.parlor.cut();
    await write(page, 'written offline');
    await chatOf(page).getByText('Waiting for the connection').waitFor();
    await context.setOffline(false);
    await chatOf(page).getByText(/Delivered/).waitFor();
    expect(served.parlor.texts(newest())).toEqual(['before', 'written offline']);
  });

  it('is one person in two tabs, and a sign-out in one is one in both', async () => {
    const first = await hostPage();
    await signIn(first, 'tess');
    const second = await hostPage(`init=${encodeURIComponent('{"integrationId":"int1"}')}`);
    await second.waitForFunction(() => Smooch.getUser().externalId === 'tess');
    await second.evaluate(() => Smooch.sendMessage('from the second tab'));
    await first.waitForFunction(() => Smooch.getConversations()[0]?.messages.at(-1)?.text === 'from the second tab');
    await first.evaluate(() => Smooch.logout());
    await second.waitForFunction(() => Smooch.getUser().externalId === undefined && Smooch.getConversations().length === 0);
    expect(await first.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });

  it('can be used by keyboard alone', async () => {
    const page = await hostPage();
    await signIn(page, 'kay');
    await page.evaluate(() => Smooch.sendMessage('hello'));
    await page.getByRole('button', { name: 'Open chat' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => chatOf(page).locator(':focus').getAttribute('aria-label')).toBe('Message');
    await page.keyboard.type('by keyboard');
    await page.keyboard.press('Enter');
    await chatOf(page).getByRole('log').getByText('by keyboard').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.querySelector('#parlor')?.shadowRoot?.activeElement?.getAttribute('aria-label'))).toBe('Open chat');
  });

  it('fills a phone and holds the page behind it still', async () => {
    const phone = await browser.newContext({ viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true });
    const page = await hostPage('', phone);
    await signIn(page, 'pia');
    await page.getByRole('button', { name: 'Open chat' }).click();
    await chatOf(page).getByRole('button', { name: 'Close chat' }).waitFor();
    expect(await chatOf(page).getByRole('button', { name: /larger|smaller/ }).count()).toBe(0);
    const box = page.locator('iframe[title="Chat"]');
    await expect.poll(async () => Object.values((await box.boundingBox()) ?? {}).map(Math.round)).toEqual([0, 0, 390, 760]);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).overflow)).toBe('hidden');
    await chatOf(page).getByRole('button', { name: 'Close chat' }).click();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).overflow)).toBe('visible');
    await phone.close();
  });

  it('stands on the other side where writing runs from right to left', async () => {
    const page = await hostPage('dir=rtl');
    await signIn(page, 'rina');
    const launcher = await page.getByRole('button', { name: 'Open chat' }).boundingBox();
    expect(launcher?.x).toBeLessThan(100);
    await page.evaluate(() => Smooch.sendMessage('שלום'));
    await page.evaluate(() => Smooch.open());
    const bubble = chatOf(page).locator('.own .bubble');
    await bubble.waitFor();
    const own = await bubble.boundingBox();
    const log = await chatOf(page).getByRole('log').boundingBox();
    expect(own?.x).toBe(log?.x);
  });

  it('is embedded where the page wants it, in any order of calls, and never collapses', async () => {
    const page = await hostPage();
    await page.evaluate(() => {
      void Smooch.render(document.getElementById('place') as HTMLElement);
      return Smooch.init({ integrationId: 'int1', embedded: true });
    });
    await write(page, 'inline');
    expect((await page.locator('iframe[title="Chat"]').boundingBox())?.height).toBeGreaterThanOrEqual(480);
    expect(await page.getByRole('button', { name: 'Open chat' }).count()).toBe(0);
  });

  it('asks delegates, also slow ones, before it sends and shows', async () => {
    const page = await hostPage();
    await signIn(page, 'dela');
    await page.evaluate(() => {
      Smooch.setDelegate({
        beforeSend: async (message) => ({ ...message, text: `${message.text} [checked]` }),
        beforeDisplay: (message) => (message.text?.includes('secret') ? null : { ...message, text: message.text?.toUpperCase() }),
      });
      Smooch.open();
    });
    await page.evaluate(() => Smooch.sendMessage('hello'));
    served.parlor.say(newest(), 'a secret');
    await chatOf(page).getByText('HELLO [CHECKED]').waitFor();
    expect(served.parlor.texts(newest())[0]).toBe('hello [checked]');
    expect(await chatOf(page).getByText(/secret/i).count()).toBe(0);
  });

  it('fetches what few pages call when it is called, the peek when there is one, and what the open chat offers', async () => {
    const page = await hostPage();
    const fetched: string[] = [];
    page.on('request', (request) => /later-/.test(request.url()) && fetched.push(new URL(request.url()).pathname.replace(/-.{6}\.js$/, '')));
    await signIn(page, 'lara');
    expect(fetched).toEqual([]);
    const made = await page.evaluate(() => Smooch.createConversation({ displayName: 'Order 7', messages: ['hello'] }).then(({ id }) => id));
    await expect.poll(() => fetched).toEqual(['/assets/later-further', '/assets/later-sound']);
    expect(served.parlor.texts(made)).toEqual(['hello']);
    served.parlor.say(made, 'are you there?');
    await page.locator('#parlor').getByText('are you there?').click();
    await chatOf(page).getByRole('log').getByText('are you there?').waitFor();
    await chatOf(page).getByRole('button', { name: 'Back to conversations' }).click();
    await chatOf(page).getByRole('list').getByText('are you there?').waitFor();
    const parts = ['attach', 'further', 'hours', 'menu', 'opened', 'peek', 'sound', 'styled-list', 'title'];
    expect([...fetched].sort()).toEqual(parts.map((part) => `/assets/later-${part}`));
  });

  it('grows and shrinks without losing the focus', async () => {
    const page = await hostPage();
    await signIn(page, 'gwen');
    await page.evaluate(() => Smooch.open());
    await chatOf(page).getByRole('button', { name: 'Make the chat larger' }).click();
    await expect.poll(() => chatOf(page).locator(':focus').getAttribute('aria-label')).toBe('Make the chat smaller');
    await expect.poll(async () => (await page.locator('iframe[title="Chat"]').boundingBox())?.width).toBe(720);
  });

  it('goes and comes again', async () => {
    const page = await hostPage();
    await signIn(page, 'dora');
    await page.evaluate(() => Smooch.destroy());
    expect(await page.locator('#parlor').count()).toBe(0);
    await page.evaluate(() => Smooch.init({ integrationId: 'int1' }));
    expect(await page.evaluate(() => Smooch.getUser().externalId)).toBe('dora');
  });

  it.each(['light', 'dark'] as const)('has no fault that axe finds, in the %s theme', async (colorScheme) => {
    const themed = await browser.newContext({ viewport: { width: 1100, height: 820 }, colorScheme, bypassCSP: true });
    const page = await hostPage('', themed);
    await signIn(page, `axe-${colorScheme}`);
    await page.evaluate(() => Smooch.sendMessage('see https://example.com/x'));
    served.parlor.say(newest(), 'an answer with https://example.com/y');
    await page.evaluate(() => Smooch.open());
    await chatOf(page).getByRole('log').getByText('an answer').waitFor();
    await page.waitForTimeout(300);
    const frame = page.frames().find((one) => one.url().includes('/frame/'));
    const violations = async () => {
      await frame?.evaluate(axe);
      return frame?.evaluate(async () => {
        const { run } = (window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe;
        return (await run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
      });
    };
    expect(await violations()).toEqual([]);
    await chatOf(page).getByRole('button', { name: 'Back to conversations' }).click();
    await chatOf(page).getByRole('list', { name: 'Conversations' }).waitFor();
    expect(await violations()).toEqual([]);
    await themed.close();
  });
});
