/** Sign-in on the hosted page by a code that a real mail server delivers. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserSkipped, launch, patience } from './browser.ts';
import { Mailbox } from './mailbox.ts';
import { Program } from './program.ts';
import type { App } from './program.ts';

describe.skipIf(browserSkipped())('sign-in by e-mail', () => {
  let browser: Browser;
  let mailbox: Mailbox;
  let parlor: Program;
  let app: App;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [browser, mailbox] = await Promise.all([launch(), Mailbox.open()]);
    parlor = await Program.create({ PARLOR_SMTP: mailbox.url });
    app = await parlor.createApp('Fernhill');
    await parlor.command('app', 'set', app.id, 'anonymous=off', 'email_login=on');
    await parlor.serve();
  });
  afterAll(async () => {
    await browser?.close();
    await parlor?.stop();
    await mailbox?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1100, height: 820 } });
    page = await context.newPage();
    page.setDefaultTimeout(patience);
    await page.goto(`${parlor.url}/chat/${app.id}`);
  });
  afterEach(async () => {
    await context.close();
  });

  async function askFor(address: string, on = page): Promise<string> {
    await on.getByRole('textbox', { name: 'Email' }).fill(address);
    await on.getByRole('button', { name: 'Send code' }).click();
    await on.getByRole('textbox', { name: 'Code' }).waitFor();
    return mailbox.codeFor(address);
  }

  async function give(code: string, on = page): Promise<void> {
    await on.getByRole('textbox', { name: 'Code' }).fill(code);
    await on.getByRole('button', { name: 'Sign in' }).click();
  }

  it('lets in whoever proves an address, and knows them after a reload and on another device', async () => {
    await give(await askFor('ana@example.com'));
    await page.getByRole('textbox', { name: 'Message' }).fill('from the first browser');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('log').getByText('from the first browser').waitFor();
    await page.reload();
    await page.getByRole('log').getByText('from the first browser').waitFor();

    mailbox.mails.length = 0;
    const elsewhere = await (await browser.newContext()).newPage();
    await elsewhere.goto(`${parlor.url}/chat/${app.id}`);
    await give(await askFor('Ana@Example.com', elsewhere), elsewhere);
    await elsewhere.getByRole('log').getByText('from the first browser').waitFor();
    await elsewhere.context().close();
  });

  it('says that a code is wrong, and takes the right one then, with a space in it', async () => {
    const code = await askFor('ben@example.com');
    await give(code === '000000' ? '111111' : '000000');
    await page.getByText(/wrong|expired/i).first().waitFor();
    expect(await page.getByRole('textbox', { name: 'Message' }).count()).toBe(0);
    await give(`${code.slice(0, 3)} ${code.slice(3)}`);
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
  });

  it('takes a code only in the browser that asked for it', async () => {
    const code = await askFor('cleo@example.com');
    const other = await browser.newContext();
    const stolen = await other.request.post(`${parlor.url}/page/v1/apps/${app.id}/email-sessions`, {
      headers: { Origin: parlor.url },
      data: { email: 'cleo@example.com', code },
    });
    expect(stolen.status()).toBe(401);
    await other.close();
  });

  it('signs out, and shows nothing of the person then', async () => {
    await give(await askFor('dora@example.com'));
    await page.getByRole('textbox', { name: 'Message' }).fill('a word of Dora');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('log').getByText('a word of Dora').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('textbox', { name: 'Email' }).waitFor();
    expect(await page.getByText('a word of Dora').count()).toBe(0);
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('Dora');
    await page.reload();
    await page.getByRole('textbox', { name: 'Email' }).waitFor();
  });
});
