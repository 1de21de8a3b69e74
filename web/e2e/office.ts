import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterEach, expect } from 'vitest';
import { patience } from './browser.ts';
import type { World } from './world.ts';

export const password = 'correct horse battery';

/** A person at the console. */
export interface Colleague {
  email: string;
  name: string;
}

/** Whoever manages the server: the first account. */
export const boss: Colleague = { email: 'kim@fernhill.example', name: 'Kim Sommer' };

/**
 * Those who sit at the console of a world's Parlor, each in a browser of their own. What no test may cause is watched: errors of pages,
 * violations of the policy, requests to third parties.
 */
export class Office {
  readonly faults: string[] = [];
  /** Where browsers may go beside the console. */
  readonly friends: string[] = [];
  private contexts: BrowserContext[] = [];
  private isSetUp = false;
  private people = 0;

  /** `host` is the name under which the console is opened. */
  constructor(
    private readonly world: World,
    private readonly host = '127.0.0.1',
  ) {
    afterEach(async () => {
      const { contexts } = this;
      this.contexts = [];
      await Promise.all(contexts.map((context) => context.close()));
      expect(this.faults.splice(0)).toEqual([]);
    });
  }

  /** An address that nobody has yet. */
  newcomer(name: string): Colleague {
    this.people += 1;
    return { email: `${name.toLowerCase()}-${this.people}@fernhill.example`, name: `${name} ${this.people}` };
  }

  /** A tab of a browser of its own on a path of the console. */
  async visit(path = '/console', options: BrowserContextOptions = {}): Promise<Desk> {
    const { browser, wire } = this.world;
    const url = wire.url.replace('127.0.0.1', this.host);
    const context = await browser.newContext({ viewport: { width: 1280, height: 820 }, locale: 'en-GB', ...options });
    this.contexts.push(context);
    context.setDefaultTimeout(patience);
    context.on('request', (request) => {
      const address = request.url().replace(/^blob:/, '');
      if (![url, ...this.friends].some((known) => address.startsWith(known))) this.faults.push(`request to a third party: ${request.url()}`);
    });
    context.on('weberror', (error) => this.faults.push(`error of a page: ${error.error().message}`));
    await context.exposeBinding('tellOfViolation', (_, text: string) => this.faults.push(`violation: ${text}`));
    await context.addInitScript(() => {
      const { tellOfViolation } = window as unknown as { tellOfViolation(text: string): void };
      addEventListener('securitypolicyviolation', (event) => tellOfViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`), true);
    });
    const page = await context.newPage();
    await page.goto(url + path);
    return new Desk(page);
  }

  /** The boss at their inbox: the first time by the link that the server printed, afterwards by the sign-in page. */
  async boss(options: BrowserContextOptions = {}): Promise<Desk> {
    if (this.isSetUp) return this.signIn(boss, options);
    const desk = await this.visit(this.world.parlor.setUpPath, options);
    await desk.setUp(boss);
    this.isSetUp = true;
    return desk;
  }

  async signIn({ email }: Colleague, options: BrowserContextOptions = {}): Promise<Desk> {
    const desk = await this.visit('/console', options);
    await desk.signIn(email);
    await desk.page.waitForURL(/\/inbox\//);
    return desk;
  }

  /** Somebody whom the boss has invited, at their inbox. */
  async invite(colleague: Colleague, role = 'Agent', options: BrowserContextOptions = {}): Promise<Desk> {
    const by = await this.boss();
    const path = await by.invite(colleague.email, role);
    const desk = await this.visit(path, options);
    await desk.join(colleague);
    return desk;
  }
}

/** Somebody in front of a tab with the console. */
export class Desk {
  constructor(readonly page: Page) {}

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  field(name: string): Locator {
    return this.page.getByLabel(name, { exact: true });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name, exact: true });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  get account(): Locator {
    return this.page.getByRole('button', { name: /^Account of/ });
  }

  get alert(): Locator {
    return this.page.getByRole('alert').filter({ hasText: /./ });
  }

  async setUp({ email, name }: Colleague): Promise<void> {
    await this.field('Your name').fill(name);
    await this.field('Email').fill(email);
    await this.field('Password').fill(password);
    await this.button('Create account').click();
    await this.account.waitFor();
  }

  async join({ name }: Colleague): Promise<void> {
    await this.field('Your name').fill(name);
    await this.field('Password').fill(password);
    await this.button('Create account').click();
    await this.account.waitFor();
  }

  async signIn(email: string, secret = password): Promise<void> {
    await this.field('Email').fill(email);
    await this.field('Password').fill(secret);
    await this.button('Sign in').click();
  }

  async toPeople(): Promise<void> {
    await this.page.getByRole('link', { name: 'People' }).click();
    await this.heading(/^People$/).waitFor();
  }

  /** Makes an invitation; the answer is the path of its link. */
  async invite(email: string, role: string): Promise<string> {
    await this.toPeople();
    await this.button('Invite').first().click();
    await this.dialog.getByLabel('Email').fill(email);
    await this.dialog.getByRole('radio', { name: role }).check();
    await this.button('Make the link').click();
    const { pathname, hash } = new URL(await this.field('Invitation link').inputValue());
    await this.button('I have copied it').click();
    return pathname + hash;
  }

  /** Has whatever is saved at an address wait from now on, until what this answers with is called. */
  async delay(address: string): Promise<() => void> {
    let letGo!: () => void;
    const isLetGo = new Promise<void>((done) => (letGo = done));
    await this.page.route(address, async (route) => {
      if (route.request().method() !== 'GET') await isLetGo;
      await route.continue();
    });
    return letGo;
  }

  /** The row of somebody among the people. */
  person(name: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: name });
  }
}
