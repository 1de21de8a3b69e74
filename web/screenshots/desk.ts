/** The console on a morning at the shop: people wait, two agents answer. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { signed } from '../e2e/company.ts';
import type { App, Key, Program } from '../e2e/program.ts';
import { Rest } from '../e2e/rest.ts';

const password = 'only for pictures';
const kim = 'kim@fernhill.example';

const callers: [givenName: string, surname: string, text: string][] = [
  ['Ines', 'Moreau', 'Do you deliver on Saturdays?'],
  ['Jun', 'Sato', '鉢のサイズを教えてください。'],
  ['Chidi', 'Okafor', 'The box was open when it came. The pot is fine, the fern is not.'],
  ['Fatima', 'al-Zahra', 'Can I pick up my order at the shop?'],
  ['Ben', 'Larsen', 'Is the soil in the offer good for cacti, too?'],
  ['Ana', 'Almeida', 'Hi! My monstera gets yellow leaves. Is it ill?'],
];

export class Desk {
  private constructor(
    private readonly browser: Browser,
    private readonly parlor: Program,
    private readonly app: App,
    private readonly key: Key,
  ) {}

  /** An app of its own, with people who have written; the last one of them is Ana. */
  static async open(browser: Browser, parlor: Program): Promise<Desk> {
    const app = await parlor.createApp('Fernhill plants');
    const key = await parlor.createKey(app, 'sdk');
    const rest = new Rest(parlor.url, app, await parlor.createKey(app, 'api'));
    const folder = await mkdtemp(join(tmpdir(), 'parlor-pictures-'));
    await writeFile(join(folder, 'password'), password);
    await parlor.command('admin', 'create', '--email', kim, '--name', 'Kim Sommer', '--password-file', join(folder, 'password'));
    await rm(folder, { recursive: true });
    for (const [givenName, surname, text] of callers) {
      const id = givenName.toLowerCase();
      await rest.call('POST', '/users', { externalId: id, profile: { givenName, surname, email: `${id}@example.com` }, metadata: { orders: givenName.length, customerSince: '2024' } });
      const { id: conversation } = await rest.createConversation(id);
      await rest.call('POST', `/conversations/${conversation}/messages`, { author: { type: 'user', userExternalId: id }, content: { type: 'text', text } });
    }
    return new Desk(browser, parlor, app, key);
  }

  /** Kim, at a page of the app. */
  async visit(path: string, options: BrowserContextOptions): Promise<Page> {
    const page = await (await this.browser.newContext({ deviceScaleFactor: 2, reducedMotion: 'reduce', locale: 'en', ...options })).newPage();
    await page.goto(`${this.parlor.url}/console/sign-in`);
    await page.getByLabel('Email').fill(kim);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/inbox/);
    await page.goto(`${this.parlor.url}/console/apps/${this.app.id}/${path}`);
    return page;
  }

  /** Answers Ana, with a note before; what is there already is not written again. */
  async answer(page: Page): Promise<void> {
    await page.getByRole('link').filter({ hasText: 'Ana Almeida' }).click();
    const log = page.getByRole('log');
    await log.getByText('Is it ill?').waitFor();
    if (await log.getByText('thirsty for air').count()) return;
    await page.getByRole('button', { name: 'Note', exact: true }).click();
    await page.getByRole('textbox', { name: 'Note for the team' }).fill('Lou: she bought it from us in **May**. If it has to be repotted, the first bag of soil is on us.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByRole('note').waitFor();
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await page.getByRole('textbox', { name: 'Answer' }).fill('Hello Ana! No, only thirsty for air: its soil stays wet too long. Shall I send you a lighter one?');
    await page.getByRole('button', { name: 'Send' }).click();
    await log.getByText('thirsty for air').waitFor();
  }

  /** A token that was good an hour ago. */
  expired(): string {
    const now = Math.floor(Date.now() / 1000);
    return signed({ scope: 'user', external_id: 'ana', iat: now - 7200, exp: now - 3600 }, this.key);
  }
}
