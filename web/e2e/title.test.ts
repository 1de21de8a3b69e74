/** The title of a page, which says how many answers are unread, and is the page's own again afterwards. */
import type { BrowserContext } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Smooch as SmoochAPI } from '../widget/api.ts';
import { browserSkipped } from './browser.ts';
import { tokenOf } from './company.ts';
import { Host } from './host.ts';
import type { Tab } from './host.ts';
import { Hosted } from './hosted.ts';

declare const Smooch: SmoochAPI;

describe.skipIf(browserSkipped())('the title of a page', () => {
  const host = Host.begin();

  /** Somebody who has been answered once, in their language, before the chat is opened. */
  async function begin(options: object = {}, browser?: BrowserContext): Promise<{ tab: Tab; say(text: string): Promise<unknown> }> {
    const id = host.newcomer('ana');
    await host.rest.createUser(id);
    const conversation = await host.rest.createConversation(id);
    const tab = await host.visit(host.page(`<script src="${host.parlor.url}/smooch.js"></script>`), browser);
    await tab.page.evaluate(() => document.querySelector('title')?.replaceChildren('  Fern\thill '));
    await tab.page.evaluate((given) => Smooch.init(given as never), { integrationId: host.app.integrationId, externalId: id, jwt: tokenOf(id, host.key), ...options });
    return { tab, say: (text) => host.rest.say(conversation.id, text) };
  }

  const written = (tab: Tab) => tab.page.evaluate(() => document.querySelector('title')?.textContent);

  it('counts what is unread, follows the page, and is to the letter what it was once all is read', async () => {
    const { tab, say } = await begin();
    await say('one');
    await expect.poll(() => tab.page.title()).toBe('(1) Fern hill');
    await say('two');
    await expect.poll(() => tab.page.title()).toBe('(2) Fern hill');
    await tab.page.evaluate(() => (document.title = 'Basket'));
    await expect.poll(() => tab.page.title()).toBe('(2) Basket');
    await tab.page.evaluate(() => document.querySelector('title')?.replaceWith(Object.assign(document.createElement('title'), { textContent: ' Your\tbasket ' })));
    await expect.poll(() => tab.page.title()).toBe('(2) Your basket');
    await tab.open();
    await expect.poll(() => written(tab)).toBe(' Your\tbasket ');
    await tab.page.evaluate(() => (document.title = 'Paid'));
    await tab.chat.getByRole('button', { name: 'Close chat' }).click();
    for (let i = 0; i < 10; i++) await say(`more ${i}`);
    await expect.poll(() => tab.page.title()).toBe('(9+) Paid');
    await tab.page.evaluate(() => Smooch.destroy());
    await expect.poll(() => tab.page.title()).toBe('Paid');
  });

  it('is the same in all tabs, and goes back in all of them', async () => {
    const browser = await host.newBrowser();
    const { tab, say } = await begin({}, browser);
    const other = await host.visit(host.page(`<script src="${host.parlor.url}/smooch.js"></script>`), browser);
    await other.page.evaluate((integrationId) => Smooch.init({ integrationId }), host.app.integrationId);
    await say('one');
    for (const each of [tab, other]) await expect.poll(() => each.page.title()).toMatch(/^\(1\) Fern ?hill$/);
    await tab.page.bringToFront();
    await tab.open();
    await expect.poll(() => written(tab)).toBe('  Fern\thill ');
    await expect.poll(() => written(other)).toBe('Fernhill');
  });

  it('stays where the page wants that', async () => {
    const { tab, say } = await begin({ titleBadgeEnabled: false });
    await say('one');
    await tab.page.locator('#parlor .badge').getByText('1').waitFor();
    expect(await written(tab)).toBe('  Fern\thill ');
  });
});

describe.skipIf(browserSkipped())('the title of the hosted page', () => {
  const hosted = Hosted.begin();

  it('counts what came while nobody looked', async () => {
    const ana = hosted.newcomer('Ana');
    const visit = await hosted.visitAs(ana);
    const title = await visit.page.title();
    await visit.send('Hello');
    const [conversation] = await hosted.rest.conversationsOf(ana.id);
    const look = (visibility: string) =>
      visit.page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, value });
        document.dispatchEvent(new Event('visibilitychange'));
      }, visibility);
    await look('hidden');
    await hosted.rest.say(conversation?.id ?? '', 'Are you there?');
    await expect.poll(() => visit.page.title()).toBe(`(1) ${title}`);
    await look('visible');
    await expect.poll(() => visit.page.title()).toBe(title);
  });
});
