/** The console on a morning at the shop: people wait, two agents answer. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core';
import { signed } from '../e2e/company.ts';
import type { App, Key, Program } from '../e2e/program.ts';
import { Rest } from '../e2e/rest.ts';
import { callers } from './callers.ts';
import { aMonth } from './figures.ts';

const password = 'only for pictures';
const kim = 'kim@fernhill.example';

const lou = 'lou@fernhill.example';
const agents = [{ id: 'kim', name: 'Kim Sommer' }, { id: 'lou', name: 'Lou Winter' }];

export class Desk {
  private constructor(
    private readonly browser: Browser,
    private readonly parlor: Program,
    private readonly app: App,
    private readonly key: Key,
    private readonly rest: Rest,
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
    const desk = new Desk(browser, parlor, app, key, rest);
    await desk.begin();
    return desk;
  }

  /** The morning: what was asked, who took it, and what was set up. */
  private async begin(): Promise<void> {
    const { api, done } = await this.caller();
    const at = `apps/${this.app.id}`;
    const { url } = await api<{ url: string }>('POST', `${at}/invitations`, { email: lou, role: 'agent' });
    // In a browser of her own.
    const accept = { token: new URL(url).hash.slice(1), name: 'Lou Winter', password };
    await fetch(`${this.parlor.url}/console/v1/links/accept`, { method: 'POST', headers: { Origin: this.parlor.url, 'Content-Type': 'application/json' }, body: JSON.stringify(accept) });
    const { agents: all } = await api<{ agents: { id: string; name: string }[] }>('GET', `${at}/agents`);
    const idOf = (name = '') => all.find((agent) => agent.name.startsWith(name))?.id;
    for (const [name, routing, members] of [['Plants and care', 'round_robin', ['Kim', 'Lou']], ['Orders', 'manual', ['Lou']]] as const) {
      await api('POST', `${at}/teams`, { name, routing, members: members.map(idOf) });
    }
    for (const { id, givenName, surname, text, by, tags, answer } of callers) {
      await this.rest.call('POST', '/users', { externalId: id, profile: { givenName, surname, email: `${id}@example.com` }, metadata: { orders: givenName.length, customerSince: '2024' } });
      const { id: conversation } = await this.rest.createConversation(id);
      await this.rest.call('POST', `/conversations/${conversation}/messages`, { author: { type: 'user', userExternalId: id }, content: { type: 'text', text } });
      if (answer) await this.rest.call('POST', `/conversations/${conversation}/messages`, { author: { type: 'business', displayName: by }, content: { type: 'text', text: answer } });
      await api('PATCH', `${at}/inbox/${conversation}`, { ...(by && { assignee: idOf(by) }), ...(tags && { tags }), ...(answer && { status: 'closed' }) });
    }
    await api('PATCH', `${at}/settings`, { settings: { time_zone: 'Europe/Berlin', origins: 'https://fernhill.example', seats: '500', rating: 'on', prechat: 'name,email', color: '#1f6f4a' } });
    const shop = { target: 'https://shop.fernhill.example/parlor/events', triggers: ['conversation:message', 'conversation:create', 'user:merge'] };
    const { integration } = await api<{ integration: { id: string } }>('POST', `${at}/integrations`, { type: 'custom', displayName: 'Console', webhooks: [shop] });
    await api('POST', `${at}/integrations/${integration.id}/webhooks`, { target: 'https://stock.fernhill.example/hooks/parlor', triggers: ['*'] });
    await this.rest.call('POST', '/users', { externalId: 'ana.rocha', profile: { givenName: 'Ana', surname: 'Rocha' } });
    for (const id of ['ana', 'ana.rocha']) await this.comes(id, 'ana@example.com');
    await done();
  }

  /** Somebody signs in at the shop, which vouches for their address. */
  private async comes(id: string, email: string): Promise<void> {
    const token = signed({ scope: 'user', external_id: id, email, email_verified: true, exp: Math.floor(Date.now() / 1000) + 900 }, this.key);
    await fetch(`${this.parlor.url}/sdk/v1/apps/${this.app.id}/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ door: 'sdk', token }) });
  }

  /** Kim's calls of the console, as its pages make them. */
  private async caller(): Promise<{ api<T>(method: string, path: string, data?: object): Promise<T>; done(): Promise<void> }> {
    const page = await this.visit('inbox/open', {});
    const api = async <T>(method: string, path: string, data?: object): Promise<T> => {
      const answer = await page.request.fetch(`${this.parlor.url}/console/v1/${path}`, { method, headers: { Origin: this.parlor.url }, data });
      if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
      return (answer.status() === 204 ? undefined : await answer.json()) as T;
    };
    return { api, done: () => page.context().close() };
  }

  /** Kim, at a page of the app. */
  async visit(path: string, options: BrowserContextOptions): Promise<Page> {
    const page = await (await this.browser.newContext({ deviceScaleFactor: 2, reducedMotion: 'reduce', locale: 'en', ...options })).newPage();
    await page.goto(`${this.parlor.url}/console/sign-in`);
    await page.getByLabel('Email').fill(kim);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(/inbox/);
    await page.route('**/console/v1/apps/*/inbox?*', (route) => this.spread(route));
    await page.route('**/console/v1/apps/*/numbers?*', (route) => route.fulfill({ json: aMonth(agents) }));
    await page.route('**/console/v1/apps/*/integrations?*', (route) => this.heal(route));
    await page.goto(`${this.parlor.url}/console/apps/${this.app.id}/${path}`);
    return page;
  }

  /** Nobody waits for hours while a picture is taken: the list is told since when. */
  private async spread(route: Route): Promise<void> {
    const answer = await route.fetch();
    const page = (await answer.json()) as { entries: { person?: { name: string }; waitingSince?: string; movedAt: string }[] };
    for (const entry of page.entries) {
      const { minutes = 0 } = callers.find(({ surname }) => entry.person?.name.includes(surname)) ?? {};
      entry.movedAt = new Date(Date.now() - minutes * 60_000).toISOString();
      if (entry.waitingSince) entry.waitingSince = entry.movedAt;
    }
    await route.fulfill({ response: answer, json: page });
  }

  /** The shop's systems are none: of the two, one is told to have heard everything. */
  private async heal(route: Route): Promise<void> {
    const answer = await route.fetch();
    const page = (await answer.json()) as { integrations: { webhooks?: { lastError?: string; failingSince?: string }[] }[] };
    const first = page.integrations[0]?.webhooks?.[0];
    if (first) first.lastError = first.failingSince = undefined;
    await route.fulfill({ response: answer, json: page });
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
