import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launch, patience } from './browser.ts';
import { Program } from './program.ts';
import type { App, Key } from './program.ts';
import { Rest } from './rest.ts';

const { sign } = createRequire(import.meta.url)('jsonwebtoken') as { sign(claims: object, secret: string, options?: object): string };

/** What browsers reach the server by without TLS, on another host than their own. */
export const plainAddress = 'http://chat.example';

/** A person as a company names them in a personal link. */
export interface Person {
  id: string;
  email: string;
  name?: string;
}

/**
 * The hosted page of a real Parlor: an app that admits everybody (the default one), and one that admits nobody without a
 * link. What no test may cause is watched: errors of pages, violations of the policy, requests to third parties.
 */
export class Hosted {
  browser!: Browser;
  parlor!: Program;
  open!: App;
  closed!: App;
  rest!: Rest;
  readonly faults: string[] = [];
  private readonly keys = new Map<App, Key>();
  private contexts: BrowserContext[] = [];
  private people = 0;

  /** Registers the hooks of vitest: one Parlor for the tests of a file. */
  static begin(): Hosted {
    const hosted = new Hosted();
    beforeAll(() => hosted.start());
    beforeEach(() => void (hosted.faults.length = 0));
    afterEach(() => hosted.tidy());
    afterAll(async () => {
      await hosted.browser?.close();
      await hosted.parlor?.stop();
    });
    return hosted;
  }

  /** Somebody whom Parlor does not know yet. */
  newcomer(name: string): Person {
    this.people += 1;
    const id = `${name.toLowerCase()}-${this.people}`;
    return { id, email: `${id}@example.com`, name: `${name} ${this.people}` };
  }

  /** The code of a personal link, as a company's backend signs it. */
  codeOf(user: Person, app = this.open, options: object = { expiresIn: '7 days' }): string {
    return this.signed({ user }, app, options);
  }

  signed(claims: object, app = this.open, options: object = { expiresIn: '7 days' }, secret = this.keyOf(app).secret): string {
    return sign(claims, secret, options);
  }

  /** The address of an app's page; the default app's is that of the server. */
  address(app = this.open, rest = ''): string {
    return this.parlor.url + (app === this.open ? '/' : `/chat/${app.id}`) + rest;
  }

  /** A browser of its own: nothing is shared with the others. */
  async newBrowser(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({ viewport: { width: 1100, height: 820 }, ...options });
    this.contexts.push(context);
    context.setDefaultTimeout(patience);
    context.on('request', (request) => {
      if (!request.url().startsWith(this.parlor.url) && !request.url().startsWith(plainAddress) && !request.url().startsWith('about:')) this.faults.push(`request to a third party: ${request.url()}`);
    });
    context.on('weberror', (error) => this.faults.push(`error of a page: ${error.error().message}`));
    await context.route(`${plainAddress}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: this.parlor.url + pathname }) });
    });
    await context.exposeBinding('tellOfViolation', (_, text: string) => this.faults.push(`violation: ${text}`));
    await context.addInitScript(() => {
      const { tellOfViolation } = window as unknown as { tellOfViolation(text: string): void };
      addEventListener('securitypolicyviolation', (event) => tellOfViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`), true);
    });
    return context;
  }

  /** A tab on the address, in the browser given or in a new one. */
  async visit(address = this.address(), browser?: BrowserContext): Promise<Visit> {
    const page = await (browser ?? (await this.newBrowser())).newPage();
    const visit = new Visit(page);
    await page.goto(address);
    return visit;
  }

  /** A tab that a personal link has opened. */
  async visitAs(person: Person, app = this.open, browser?: BrowserContext): Promise<Visit> {
    const visit = await this.visit(this.address(app, `#externalAuthCode=${this.codeOf(person, app)}`), browser);
    await visit.signOut.waitFor();
    return visit;
  }

  /** Another app with a key, and with the settings given: `name=value`. */
  async newApp(name: string, ...settings: string[]): Promise<App> {
    const app = await this.parlor.createApp(name);
    this.keys.set(app, await this.parlor.createKey(app, 'code'));
    if (settings.length > 0) await this.parlor.command('app', 'set', app.id, ...settings);
    return app;
  }

  private keyOf(app: App): Key {
    const key = this.keys.get(app);
    if (!key) throw new Error('the app has no key');
    return key;
  }

  private async start(): Promise<void> {
    this.browser = await launch();
    const parlor = (this.parlor = await Program.create());
    this.open = await this.newApp('Fernhill');
    this.closed = await this.newApp('Mosswood', 'anonymous=off');
    this.rest = new Rest(parlor.url, this.open, await parlor.createKey(this.open, 'api'));
    await parlor.serve();
  }

  private async tidy(): Promise<void> {
    const { contexts } = this;
    this.contexts = [];
    await Promise.all(contexts.map((context) => context.close()));
    expect(this.faults).toEqual([]);
  }
}

/** Somebody in front of a tab with the hosted page. */
export class Visit {
  /** Everything that the tab asked for. */
  readonly requests: Request[] = [];
  /** The addresses of its sockets, and what it said on them. */
  readonly spoken: string[] = [];

  constructor(readonly page: Page) {
    page.on('request', (request) => this.requests.push(request));
    page.on('websocket', (socket) => {
      this.spoken.push(socket.url());
      socket.on('framesent', ({ payload }) => this.spoken.push(payload.toString()));
    });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  get signOut(): Locator {
    return this.button('Sign out');
  }

  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message' });
  }

  /** Who the page says is here. */
  get person(): Locator {
    return this.page.getByRole('banner').locator('.person');
  }

  /** Writes, and waits until the server has it. */
  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.button('Send').click();
    await this.log.getByText(text, { exact: true }).waitFor();
    await expect.poll(async () => Object.keys(await this.stored()).filter((key) => key.includes('.outbox.'))).toEqual([]);
  }

  stored(): Promise<Record<string, string>> {
    return this.page.evaluate(() => ({ ...localStorage, ...sessionStorage }));
  }
}
