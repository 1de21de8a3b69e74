import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launch, patience } from './browser.ts';
import { Program } from './program.ts';
import type { App, Key } from './program.ts';
import { Rest } from './rest.ts';
import { WidgetOnPage } from './widget.ts';

/**
 * A company with pages as their documents show them: snippets as they are printed, on another site than Parlor's. Its policy
 * admits the inline scripts of those snippets, and otherwise nothing that Parlor does not say it needs.
 */
export class Host {
  browser!: Browser;
  parlor!: Program;
  app!: App;
  rest!: Rest;
  /** Signs people in at every door. */
  key!: Key;
  /** What `/token` answers; undefined: nobody is signed in. */
  token: string | undefined;
  tokensAsked = 0;
  /** Errors of pages, rejections that nobody handled, violations of the policy. */
  readonly faults: string[] = [];
  private server!: Server;
  private readonly pages = new Map<string, { html: string; policy?: string }>();
  private readonly scripts = new Map<string, string>();
  private contexts: BrowserContext[] = [];
  private people = 0;

  /** Registers the hooks of vitest: one company for the tests of a file. */
  static begin(): Host {
    const host = new Host();
    beforeAll(() => host.open());
    afterEach(() => host.tidy());
    afterAll(() => host.close());
    return host;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** A name that nobody has yet. */
  newcomer(name: string): string {
    this.people += 1;
    return `${name}-${this.people}-${Date.now().toString(36)}`;
  }

  /** The address of a page with this in its head and its body, and a policy that may be its own. */
  page(head: string, body = '', policy?: string): string {
    const path = `/page-${this.pages.size + 1}`;
    const html = `<!doctype html><html lang="en"><head><title>Fernhill</title><link rel="icon" href="/none">${head}</head><body><h1>Fernhill</h1>${body}</body></html>`;
    this.pages.set(path, { html, policy });
    return this.url + path;
  }

  /** The path of a script of the company's own. */
  script(text: string): string {
    const path = `/script-${this.scripts.size + 1}.js`;
    this.scripts.set(path, text);
    return path;
  }

  async newBrowser(): Promise<BrowserContext> {
    const context = await this.browser.newContext({ viewport: { width: 1100, height: 820 } });
    this.contexts.push(context);
    context.setDefaultTimeout(patience);
    context.on('weberror', (error) => this.faults.push(`error of a page: ${error.error().message}`));
    context.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text())) this.faults.push(message.text());
    });
    return context;
  }

  /** A tab on the page, in the browser given or in a new one. */
  async visit(url: string, browser?: BrowserContext): Promise<Tab> {
    const page = await (browser ?? (await this.newBrowser())).newPage();
    const tab = new Tab(page);
    await page.goto(url);
    return tab;
  }

  private async open(): Promise<void> {
    this.browser = await launch();
    this.parlor = await Program.create();
    this.app = await this.parlor.createApp('Fernhill');
    await this.parlor.command('app', 'set', this.app.id, 'portal=10');
    this.key = await this.parlor.createKey(this.app, 'code,jsm,sdk');
    this.rest = new Rest(this.parlor.url, this.app, await this.parlor.createKey(this.app, 'api'));
    this.server = createServer((request, answer) => this.answer(request, answer));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    await this.parlor.serve();
  }

  private async tidy(): Promise<void> {
    const cookies = await Promise.all(this.contexts.map((context) => context.cookies()));
    await Promise.all(this.contexts.map((context) => context.close()));
    this.contexts = [];
    this.token = undefined;
    this.tokensAsked = 0;
    const faults = [...this.faults, ...cookies.flat().map(({ domain, name }) => `cookie: ${domain} ${name}`)];
    this.faults.length = 0;
    expect(faults).toEqual([]);
  }

  private async close(): Promise<void> {
    await this.browser?.close();
    this.server?.closeAllConnections();
    this.server?.close();
    await this.parlor?.stop();
  }

  private answer(request: IncomingMessage, answer: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', this.url);
    const page = this.pages.get(pathname);
    const script = this.scripts.get(pathname);
    if (pathname === '/token') {
      this.tokensAsked += 1;
      answer.writeHead(this.token ? 200 : 401, { 'Content-Type': 'application/json' }).end(JSON.stringify({ token: this.token }));
    } else if (script) {
      answer.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
    } else if (page) {
      const parlor = this.parlor.url;
      const usual = `default-src 'self'; script-src 'self' 'unsafe-inline' ${parlor}; connect-src 'self' ${parlor}; frame-src ${parlor}; style-src 'self'; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
      answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': page.policy ?? usual }).end(page.html);
    } else {
      answer.writeHead(404).end();
    }
  }
}

/** Somebody in front of a page of the company. */
export class Tab extends WidgetOnPage {
  /** What the page was told as an error on its console. */
  readonly errors: string[] = [];
  /** What the chat sent over its lines. */
  readonly sent: string[] = [];

  constructor(page: Page) {
    super(page);
    page.on('websocket', (line) => line.on('framesent', ({ payload }) => this.sent.push(payload.toString())));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.errors.push(message.text());
    });
  }

  /** Writes, and waits until the server has it. A frame that has only begun may still take the focus out of the browser's typing. */
  async send(text: string): Promise<void> {
    await expect
      .poll(async () => {
        await this.composer.fill(text);
        return this.composer.inputValue();
      })
      .toBe(text);
    await this.chat.getByRole('button', { name: 'Send' }).click();
    await this.said(text).waitFor();
    await this.chat.getByText(/^Delivered|^Seen/).waitFor();
  }

  /** What the chat said of its page when it signed in. */
  info(): Record<string, string> | undefined {
    const hello = this.sent.map((text) => JSON.parse(text) as { type: string; client?: { info?: Record<string, string> } }).find(({ type }) => type === 'hello');
    return hello?.client?.info;
  }

  /** All that the page and the chat show and remember. */
  async everything(): Promise<string> {
    const texts = this.page.frames().map((frame) => frame.evaluate(() => JSON.stringify([document.body.innerText, { ...localStorage }, { ...sessionStorage }])));
    return (await Promise.all(texts)).join();
  }
}
