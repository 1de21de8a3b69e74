/** The whole way: the built widget on the demo's shop, in a real browser, against the real server. */
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Smooch as SmoochAPI } from '../widget/api.ts';
import { browserSkipped, launch } from './browser.ts';
import { startDemo } from './demo.ts';
import type { Demo } from './demo.ts';

declare const Smooch: SmoochAPI;

describe.skipIf(browserSkipped())('the demo', () => {
  let browser: Browser;
  let demo: Demo;
  let context: BrowserContext;
  let page: Page;
  let chat: FrameLocator;

  beforeAll(async () => {
    [browser, demo] = await Promise.all([launch(), startDemo()]);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1200, height: 860 } });
    page = await context.newPage();
    chat = page.frameLocator('iframe[title="Chat"]');
    await page.goto(demo.shopURL);
    await page.getByRole('button', { name: 'Open chat' }).waitFor();
  });
  afterEach(async () => {
    await context.close();
  });

  async function write(text: string): Promise<void> {
    await chat.getByRole('textbox', { name: 'Message' }).fill(text);
    await chat.getByRole('button', { name: 'Send' }).click();
    await chat.getByRole('log').getByText(text, { exact: true }).waitFor();
  }

  async function signIn(name: string): Promise<void> {
    await page.getByRole('button', { name: `Sign in as ${name}` }).click();
    await page.getByText(`Signed in as ${name}`).waitFor();
  }

  it('answers an anonymous person, and knows them again as Ana', async () => {
    await page.getByRole('button', { name: 'Open chat' }).click();
    await write('Is the brass lamp in stock');
    await chat.getByText('Shop assistant').waitFor();
    await signIn('Ana');
    await chat.getByRole('log').getByText('Is the brass lamp in stock', { exact: true }).waitFor();
    const { externalId } = await page.evaluate(() => Smooch.getUser());
    expect(externalId).toBeTruthy();
    await page.reload();
    await page.waitForFunction((id) => Smooch.getUser().externalId === id, externalId);
  });

  it.each([
    ['Expired two hours ago', 'token_expired', 'exp'],
    ['Unknown key id', 'key_unknown', '–'],
    ['Wrong secret', 'signature_invalid', '–'],
    ['external_id is a number', 'claim_invalid', 'external_id'],
  ])('says what is wrong with a token: %s', async (button, reason, claim) => {
    await page.getByRole('button', { name: button }).click();
    const answer = page.locator('#answer');
    await answer.getByText(`reason: ${reason}`).waitFor();
    expect(await answer.innerText()).toContain(`claim: ${claim}`);
    expect(await page.evaluate(() => Smooch.getUser().externalId)).toBeUndefined();
  });

  it('shows Ben nothing of Ana', async () => {
    await signIn('Ana');
    await page.evaluate(() => Smooch.sendMessage('a word of Ana'));
    await signIn('Ben');
    await page.evaluate(() => Smooch.open());
    await chat.getByRole('textbox', { name: 'Message' }).waitFor();
    expect(await chat.getByText('a word of Ana').count()).toBe(0);
    expect(await page.evaluate(() => JSON.stringify(Smooch.getConversations()).includes('a word of Ana'))).toBe(false);
  });

  it('sends a burst beyond the limit completely and in order', async () => {
    await signIn('Ben');
    const texts = Array.from({ length: 34 }, (_, i) => `burst ${i}`);
    await page.evaluate((all) => Promise.all(all.map((text) => Smooch.sendMessage(text))), texts);
    const seen = await page.evaluate(() => Smooch.getConversations()[0]?.messages.map((message) => message.text));
    expect(seen?.filter((text) => /^burst \d+$/.test(text ?? ''))).toEqual(texts);
  });

  it('signs out everywhere in this browser', async () => {
    await signIn('Ana');
    const other = await context.newPage();
    await other.goto(demo.shopURL);
    await other.waitForFunction(() => Smooch.getUser().externalId !== undefined);
    await page.evaluate(() => Smooch.logout());
    await other.waitForFunction(() => Smooch.getUser().externalId === undefined && Smooch.getConversations().length === 0);
  });

  it('has the documented snippet of Chat for Jira, and says what is wrong with its tokens', async () => {
    await page.goto(`${demo.shopURL}/jsm`);
    await signIn('Ana');
    await page.getByRole('button', { name: 'Open chat' }).click();
    await write('from the Jira page');
    await page.getByRole('button', { name: 'A name in the address' }).click();
    await page.locator('#answer').getByText('reason: claim_invalid').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await chat.getByText('from the Jira page').waitFor({ state: 'detached' });
  });

  it('has the documented attribute and the personal link', async () => {
    await page.goto(`${demo.shopURL}/code`);
    await page.getByRole('button', { name: 'Sign in as Ben' }).click();
    await page.getByText('Signed in as Ben Okafor').waitFor();
    await page.getByRole('button', { name: 'Open chat' }).click();
    await write('by the attribute');
    await page.getByRole('button', { name: 'Wrong secret' }).click();
    await page.locator('#answer').getByText('reason: signature_invalid').waitFor();
    const href = await page.locator('#link').getAttribute('href');
    const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await phone.goto(href ?? '');
    await phone.getByRole('log').getByText('by the attribute', { exact: true }).waitFor();
    expect(phone.url()).not.toContain('externalAuthCode');
    await phone.context().close();
  });

  it('plays through a shared computer', async () => {
    await page.goto(`${demo.shopURL}/shared`);
    const step = async (name: string, now: string) => {
      await page.getByRole('button', { name }).click();
      await page.getByText(now).waitFor();
    };
    const seen = () => page.locator('#seen').innerText();
    await step('Ana sits down and writes', 'Here now: Ana Almeida.');
    await step('Ben takes over without a word', 'Here now: Ben Okafor.');
    await page.locator('#seen').getByText('Ben: do you have this in oak?', { exact: true }).waitFor();
    expect(await seen()).not.toContain('Ana:');
    await step('Ben signs out', 'Nobody is here.');
    expect(await seen()).toBe('');
    await step('A stranger writes without signing in', 'Here now: a stranger.');
    expect(await seen()).not.toMatch(/Ana:|Ben:/);
    await step('The stranger goes, and the shop signs them out', 'Nobody is here.');
    await step('Ana comes back', 'Here now: Ana Almeida.');
    await page.locator('#seen').getByText('Ana: where is my order?', { exact: true }).waitFor();
    expect(await seen()).not.toMatch(/Ben:|stranger/);
  });
});
