import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { launch } from '../e2e/browser.ts';
import { Company, tokenOf } from '../e2e/company.ts';
import { Program } from '../e2e/program.ts';
import type { App, Key } from '../e2e/program.ts';
import { Rest } from '../e2e/rest.ts';
import { WidgetOnPage } from '../e2e/widget.ts';

/** How many requests are under way at once where many are made. */
const sideBySide = 32;

/**
 * Where the messenger is measured: the built program, a company's page on another site, and a browser in which page and chat
 * share one process, as on phones with little memory. So one clock, one heap and one throttled thread are those of both.
 */
export class Place {
  private constructor(
    readonly browser: Browser,
    readonly parlor: Program,
    readonly app: App,
    private readonly key: Key,
    readonly rest: Rest,
    readonly company: Company,
  ) {}

  static async open(): Promise<Place> {
    const parlor = await Program.create();
    const app = await parlor.createApp('Fernhill');
    const rest = new Rest(parlor.url, app, await parlor.createKey(app, 'api'));
    const key = await parlor.createKey(app, 'sdk');
    await parlor.serve();
    return new Place(await launch(['--disable-site-isolation-trials']), parlor, app, key, rest, await Company.open(parlor.url, app));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.company.close();
    await this.parlor.stop();
  }

  newBrowser(): Promise<BrowserContext> {
    return this.browser.newContext({ viewport: { width: 1100, height: 820 } });
  }

  /** The address of a page that signs the person in; without one, of a page that knows nobody. */
  page(person?: string): string {
    return this.company.page(person ? this.optionsOf(person) : {});
  }

  /** What a page hands to `Smooch.init` for the person. */
  optionsOf(person: string): object {
    return { integrationId: this.app.integrationId, externalId: person, jwt: tokenOf(person, this.key) };
  }

  /** Has the business post so many messages of the length that people write. */
  async say(conversation: string, count: number, from = 0): Promise<void> {
    let next = from;
    const poster = async () => {
      while (next < from + count) await this.rest.say(conversation, textOf(++next));
    };
    await Promise.all(Array.from({ length: sideBySide }, poster));
  }

  /** Has so many people write so many messages each, in a conversation of their own. */
  async ask(people: number, count: number, from = 0): Promise<void> {
    let next = from;
    const asker = async () => {
      while (next < from + people) {
        const person = `asker-${++next}`;
        await this.rest.createUser(person, { givenName: `Asker ${next}` });
        const { id } = await this.rest.createConversation(person);
        for (let i = 1; i <= count; i++) await this.rest.call('POST', `/conversations/${id}/messages`, { author: { type: 'user', userExternalId: person }, content: { type: 'text', text: textOf(i) } });
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, asker));
  }

  /** A person with a conversation of so many messages. */
  async personWith(count: number): Promise<string> {
    const person = `person-${count}`;
    await this.rest.createUser(person);
    const { id } = await this.rest.createConversation(person);
    await this.say(id, count);
    return person;
  }
}

function textOf(i: number): string {
  return `message ${i} ${'with more to say '.repeat(i % 7)}`.trim();
}

/** The chat on a page. */
export class Chat extends WidgetOnPage {
  constructor(page: Page) {
    super(page);
    page.setDefaultTimeout(60_000);
  }

  get frame(): Frame {
    return this.page.frames().find((frame) => frame.url().includes('/frame/')) as Frame;
  }

  /** Done when the page's `Smooch.init` is. */
  async began(): Promise<void> {
    await this.page.waitForFunction(() => (window as unknown as { began?: Promise<unknown> }).began?.then(() => true));
  }

  /** How many messages stand in the document. */
  drawn(): Promise<number> {
    return this.frame.evaluate(() => document.querySelectorAll('.log .message').length);
  }
}
