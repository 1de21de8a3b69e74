import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { WebSocket } from 'ws';
import type { InitOptions, Smooch as SmoochAPI } from '../widget/api.ts';
import { launch, patience } from './browser.ts';
import { Company, tokenOf } from './company.ts';
import { Program } from './program.ts';
import type { App, Key } from './program.ts';
import { Rest } from './rest.ts';
import { WidgetOnPage } from './widget.ts';
import { Wire } from './wire.ts';

declare const Smooch: SmoochAPI;

/** What a rejected call of `Smooch` tells, with `isError` for what cannot be copied out of the page. */
export interface Refusal {
  isError: boolean;
  message: string;
  code?: string;
  reason?: string;
  claim?: string;
  status?: number;
  retryable?: boolean;
}

/** An event that the page of the company heard. */
export interface Heard {
  name: string;
  args: unknown[];
}

/**
 * A browser, a real Parlor with one app, and a company that uses it. What no test may cause is watched in each: errors of
 * pages, violations of a policy in page or frame, requests to third parties, cookies on the company's domain.
 */
export class World {
  browser!: Browser;
  parlor!: Program;
  /** Between the browsers and Parlor. */
  wire!: Wire;
  company!: Company;
  app!: App;
  /** Signs people in. */
  key!: Key;
  rest!: Rest;
  /** What happened that must not happen in any test. A test that causes it on purpose empties the list. */
  readonly faults: string[] = [];
  private contexts: BrowserContext[] = [];
  private people = 0;

  private constructor(private readonly settings: Record<string, string>) {}

  /** Registers the hooks of vitest: one world for the tests of a file. Settings are those of the server's environment. */
  static begin(settings: Record<string, string> = {}): World {
    const world = new World(settings);
    beforeAll(() => world.open());
    beforeEach(() => {
      world.wire.mend();
      world.faults.length = world.company.reports.length = world.company.asked = 0;
    });
    afterEach(() => world.tidy());
    afterAll(() => world.close());
    return world;
  }

  /** An external id that nobody has yet. */
  newcomer(name = 'person'): string {
    this.people += 1;
    return `${name}-${this.people}-${Date.now().toString(36)}`;
  }

  tokenOf(externalId: string, life?: number, more?: object): string {
    return tokenOf(externalId, this.key, life, more);
  }

  /** A browser of its own: nothing is shared with the others. */
  async newBrowser(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({ viewport: { width: 1100, height: 820 }, ...options });
    this.contexts.push(context);
    context.setDefaultTimeout(patience);
    const allowed = [new URL(this.wire.url).host, new URL(this.company.url).host];
    context.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (/^(http|ws)s?:$/.test(protocol) && !allowed.includes(host)) this.faults.push(`request to a third party: ${request.url()}`);
    });
    context.on('weberror', (error) => this.faults.push(`error of a page: ${error.error().message}`));
    context.on('dialog', (dialog) => {
      this.faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await context.exposeBinding('tellOfViolation', ({ frame }, text: string) => this.faults.push(`violation in ${new URL(frame.url()).pathname}: ${text}`));
    await context.addInitScript(() => {
      const { tellOfViolation } = window as unknown as { tellOfViolation(text: string): void };
      addEventListener('securitypolicyviolation', (event) => tellOfViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`), true);
    });
    return context;
  }

  /** A tab on the company's page, in the browser given or in a new one. */
  async visit(url = this.company.page(), browser?: BrowserContext): Promise<Visitor> {
    return Visitor.at(this, await (browser ?? (await this.newBrowser())).newPage(), url);
  }

  /** A tab where the person is signed in. */
  async visitAs(externalId: string, browser?: BrowserContext): Promise<Visitor> {
    const visitor = await this.visit(this.company.page({ externalId, jwt: this.tokenOf(externalId) }), browser);
    await visitor.began();
    return visitor;
  }

  /** Whether the server still takes the session. */
  sessionLives(session: string): Promise<boolean> {
    const socket = new WebSocket(`${this.parlor.url.replace('http', 'ws')}/sdk/v1/apps/${this.app.id}/socket`);
    return new Promise((resolve, reject) => {
      socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', v: 1, session })));
      socket.on('message', (data: Buffer) => {
        const [first] = JSON.parse(data.toString()) as [{ type: string }];
        resolve(first.type === 'welcome');
        socket.close();
      });
      socket.on('error', reject);
    });
  }

  private async open(): Promise<void> {
    this.browser = await launch();
    const parlor = (this.parlor = await Program.create(this.settings));
    this.app = await parlor.createApp('Fernhill');
    this.key = await parlor.createKey(this.app, 'sdk');
    this.rest = new Rest(parlor.url, this.app, await parlor.createKey(this.app, 'api'));
    this.wire = await Wire.lay(parlor.address);
    this.company = await Company.open(this.wire.url, this.app);
    await parlor.serve();
  }

  private async tidy(): Promise<void> {
    const { contexts } = this;
    this.contexts = [];
    try {
      for (const context of contexts) {
        const cookies = await context.cookies();
        this.faults.push(...cookies.map(({ domain, name }) => `cookie: ${domain} ${name}`));
      }
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
    }
    this.faults.push(...this.company.reports.map((report) => `report: ${report}`));
    expect(this.faults).toEqual([]);
  }

  private async close(): Promise<void> {
    await this.browser?.close();
    await this.company?.close();
    await this.wire?.close();
    await this.parlor?.stop();
  }
}

/** Somebody in front of a tab with the company's page and the chat on it. */
export class Visitor extends WidgetOnPage {
  constructor(
    private readonly world: World,
    page: Page,
  ) {
    super(page);
  }

  static async at(world: World, page: Page, url: string): Promise<Visitor> {
    await page.goto(url);
    return new Visitor(world, page);
  }

  /** The document of the chat. */
  get frame(): Frame {
    const frame = this.page.frames().find((one) => one.url().startsWith(`${this.world.wire.url}/frame/`));
    if (!frame) throw new Error('the chat is not loaded');
    return frame;
  }

  /** Done when `Smooch.init` of the page is; fails as that failed. */
  began(): Promise<void> {
    return this.page.evaluate(() => (window as unknown as { began: Promise<void> }).began);
  }

  /** Writes and sends. Done when the text stands in the log, sent or on its way. */
  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.chat.getByRole('button', { name: 'Send' }).click();
    await this.said(text).waitFor();
  }

  /** Writes, and waits until the server has it. */
  async send(text: string): Promise<void> {
    await this.write(text);
    await this.settled();
  }

  /** Done when nothing is on its way any more. */
  async settled(): Promise<void> {
    await expect.poll(() => this.page.frames().length).toBeGreaterThan(1);
    await expect.poll(() => this.outbox()).toBe(0);
  }

  /** How many messages the browser still remembers to send. */
  outbox(): Promise<number> {
    return this.frame.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.outbox.')).length);
  }

  /** Done when the chat says that the session has ended; fails with what it says instead. */
  async untilEnded(timeout?: number): Promise<void> {
    await this.chat
      .getByText('Your session has ended. Sign in again to go on.')
      .waitFor({ timeout })
      .catch(async (error: unknown) => {
        const [outbox, shown] = [await this.outbox(), await this.chat.locator('main').innerText()];
        throw new Error(`the chat does not say that the session has ended, but (${outbox} unsent): ${shown}`, { cause: error });
      });
  }

  login(externalId: string, jwt = this.world.tokenOf(externalId)): Promise<void> {
    return this.page.evaluate(([id, token]) => Smooch.login(id, token), [externalId, jwt] as const);
  }

  logout(): Promise<void> {
    return this.page.evaluate(() => Smooch.logout());
  }

  /** How a call of the page fails; null where it does not. */
  refusal(call: { login: [string, string] } | { init: Partial<InitOptions> }): Promise<Refusal | null> {
    return this.page.evaluate((asked) => {
      const answer = 'login' in asked ? Smooch.login(...asked.login) : Smooch.init(asked.init as InitOptions);
      return answer.then(
        () => null,
        (thrown: unknown) => ({ ...(thrown as object), isError: thrown instanceof Error, message: (thrown as Error).message }),
      );
    }, call);
  }

  user(): Promise<ReturnType<SmoochAPI['getUser']>> {
    return this.page.evaluate(() => Smooch.getUser());
  }

  /** Done when the page knows the person as this one; undefined: as nobody or somebody anonymous. */
  async untilUser(externalId: string | undefined): Promise<void> {
    await this.page.waitForFunction((id) => Smooch.getUser().externalId === id, externalId);
  }

  conversations(): Promise<ReturnType<SmoochAPI['getConversations']>> {
    return this.page.evaluate(() => Smooch.getConversations());
  }

  /** Everything that the page can see of anybody's messages and names. */
  async everything(): Promise<string> {
    const host = await this.page.evaluate(() => JSON.stringify([Smooch.getUser(), Smooch.getConversations(), Smooch.getDisplayedConversation(), { ...localStorage }]));
    const inside = await this.frame.evaluate(() => JSON.stringify([document.body.innerText, { ...localStorage }, { ...sessionStorage }]));
    return host + inside;
  }

  /** The session that the chat remembers. */
  async session(): Promise<{ token: string; userId: string; expiresAt: string }> {
    const text = await this.frame.evaluate((id) => localStorage.getItem(`parlor.${id}.session`), await this.storageName());
    return JSON.parse(text ?? 'null') as { token: string; userId: string; expiresAt: string };
  }

  heard(name: string): Promise<Heard[]> {
    return this.page.evaluate((wanted) => (window as unknown as { heard: Heard[] }).heard.filter((one) => one.name === wanted), name);
  }

  private async storageName(): Promise<string> {
    return this.frame.evaluate(() => decodeURIComponent(location.pathname.split('/').at(-1) ?? ''));
  }
}
