/** Takes the pictures of the documentation: the built program, a shop's page, and people who talk. `make screenshots` runs it. */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launch } from '../e2e/browser.ts';
import { signed, tokenOf } from '../e2e/company.ts';
import { Program } from '../e2e/program.ts';
import type { App, Key } from '../e2e/program.ts';
import { Rest } from '../e2e/rest.ts';
import { WidgetOnPage } from '../e2e/widget.ts';
import { photographs } from './drawings.ts';
import type { Drawing } from './drawings.ts';
import { pictureConsole } from './console.ts';
import { Desk } from './desk.ts';
import { Shop } from './shop.ts';
import { arabic, english, german, japanese, shelf } from './talks.ts';
import type { Line } from './talks.ts';

const images = join(import.meta.dirname, '../../docs/images');
const phone: BrowserContextOptions = { viewport: { width: 375, height: 740 }, hasTouch: true, isMobile: true };

class Studio {
  private people = 0;

  private constructor(
    private readonly browser: Browser,
    private readonly parlor: Program,
    private readonly app: App,
    private readonly keys: Record<'sdk' | 'code', Key>,
    private readonly rest: Rest,
    private readonly shop: Shop,
    private readonly photos: Record<Drawing, Buffer>,
  ) {}

  static async open(): Promise<Studio> {
    process.env['FONTCONFIG_FILE'] = join(import.meta.dirname, 'fonts.conf');
    const browser = await launch(['--force-device-scale-factor=2', '--hide-scrollbars']);
    const parlor = await Program.create();
    const app = await parlor.createApp('Fernhill');
    await parlor.command('app', 'set', app.id, 'color=#1f6f4a');
    const keys = { sdk: await parlor.createKey(app, 'sdk'), code: await parlor.createKey(app, 'code') };
    const rest = new Rest(parlor.url, app, await parlor.createKey(app, 'api'));
    await parlor.serve();
    return new Studio(browser, parlor, app, keys, rest, await Shop.open(parlor.url), await photographs(browser, 640));
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.shop.close();
    await this.parlor.stop();
  }

  /** A customer of the shop who has these conversations, the last one last. */
  async customer(...names: string[]): Promise<{ id: string; conversations: string[] }> {
    const id = `ana-${++this.people}`;
    await this.rest.createUser(id, { givenName: 'Ana', surname: 'Almeida' });
    const conversations: string[] = [];
    for (const displayName of names) conversations.push((await this.rest.createConversation(id, displayName ? { displayName } : {})).id);
    return { id, conversations };
  }

  /** The shop's page with the chat open. */
  async visit(customer: string, options: BrowserContextOptions, settings: { locale?: string; customText?: object } = {}): Promise<WidgetOnPage> {
    const dark = options.colorScheme === 'dark';
    const page = await (await this.browser.newContext({ deviceScaleFactor: 2, reducedMotion: 'reduce', ...options })).newPage();
    const init = { integrationId: this.app.integrationId, externalId: customer, jwt: tokenOf(customer, this.keys.sdk), businessName: 'Fernhill', ...settings };
    await page.goto(this.shop.page({ options: init, language: settings.locale, dark }));
    await page.evaluate(() => (window as unknown as { began: Promise<void> }).began);
    await page.evaluate(() => (window as unknown as { Smooch: { open(): void } }).Smooch.open());
    const chat = new WidgetOnPage(page);
    await page.frameLocator('#parlor iframe').locator('textarea').waitFor();
    return chat;
  }

  /** The hosted page, opened by a personal link. */
  async hosted(customer: string, options: BrowserContextOptions): Promise<Page> {
    const page = await (await this.browser.newContext({ deviceScaleFactor: 2, reducedMotion: 'reduce', ...options })).newPage();
    const code = signed({ user: { id: customer }, exp: Math.floor(Date.now() / 1000) + 3600 }, this.keys.code);
    await page.goto(`${this.parlor.url}/chat/${this.app.id}#externalAuthCode=${code}`);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    return page;
  }

  /** Says it: what is the customer's by their own hands, in the chat. */
  async talk(chat: WidgetOnPage, conversation: string, lines: Line[]): Promise<void> {
    const frame = chat.page.frameLocator('#parlor iframe');
    for (const [i, line] of lines.entries()) {
      if (line.by) await this.answer(conversation, line);
      else if (line.picture) {
        const [chooser] = await Promise.all([chat.page.waitForEvent('filechooser'), this.pressAttach(chat)]);
        await chooser.setFiles({ name: 'plant.png', mimeType: 'image/png', buffer: this.photos[line.picture] });
        await frame.locator('.tray img').waitFor();
        await frame.locator('.send').click();
        await frame.locator('.log .picture[href]').waitFor();
      } else {
        await frame.locator('textarea').fill(line.text ?? '');
        await frame.locator('.send').click();
      }
      // Each waits for the one before.
      for (let tries = 0; (await this.rest.messages(conversation)).length <= i; tries++) {
        if (tries > 500) throw new Error(`it was not said: ${JSON.stringify(line)}`);
        await chat.page.waitForTimeout(20);
      }
      await frame.locator('.log .message').nth(i).waitFor();
    }
    await this.rest.sign(conversation, 'conversation:read');
  }

  async answer(conversation: string, { by, text, more }: Line): Promise<void> {
    const content = { type: 'text', text, ...more?.(this.address) };
    await this.rest.call('POST', `/conversations/${conversation}/messages`, { author: { type: 'business', displayName: by, avatarUrl: this.address(by === 'Lou' ? 'lou' : 'kim') }, content });
  }

  private readonly addresses: Partial<Record<Drawing, string>> = {};
  private readonly address = (name: Drawing): string => this.addresses[name] ?? '';

  /** Puts the drawings where messages may show them. */
  async hang(): Promise<void> {
    for (const [name, photo] of Object.entries(this.photos) as [Drawing, Buffer][]) {
      const form = new FormData();
      form.append('source', new Blob([new Uint8Array(photo)], { type: 'image/png' }), `${name}.png`);
      const { attachment } = await this.rest.upload<{ attachment: { mediaUrl: string } }>('/attachments?access=public', form);
      this.addresses[name] = attachment.mediaUrl;
    }
  }

  /** Several pictures side by side, as phones. */
  async sideBySide(pictures: Buffer[]): Promise<Buffer> {
    const page = await this.browser.newPage({ viewport: { width: 1680, height: 860 }, deviceScaleFactor: 1.5 });
    const phones = pictures.map((picture) => `<img src="data:image/png;base64,${picture.toString('base64')}">`).join('');
    await page.setContent(`<style>body{margin:0;block-size:100vh;display:grid;grid-auto-flow:column;place-content:center;gap:36px;background:linear-gradient(120deg,#dfeae2,#efe8dc)}img{inline-size:345px;border:10px solid #14181a;border-radius:44px;box-shadow:0 24px 60px rgb(20 40 30/.24)}</style>${phones}`);
    await page.waitForFunction(() => [...document.images].every((image) => image.complete));
    const taken = await page.screenshot();
    await page.close();
    return taken;
  }

  /** The console of the same server. */
  desk(): Promise<Desk> {
    return Desk.open(this.browser, this.parlor);
  }

  private async pressAttach(chat: WidgetOnPage): Promise<void> {
    const frame = chat.page.frameLocator('#parlor iframe');
    await frame.locator('.composer .tool').click();
    await frame.getByRole('menuitem').first().click();
  }
}

/** Whether all that is in sight is there: pictures further away load when they come near. */
const seen = () => [...document.images].every((image) => image.naturalWidth > 0 || image.hidden || image.getBoundingClientRect().left > innerWidth || image.getBoundingClientRect().right < 0);

async function still(chat: WidgetOnPage): Promise<Buffer> {
  const frame = chat.page.frames().find((one) => one.url().includes('/frame/'));
  await frame?.waitForFunction(seen);
  await frame?.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  return chat.page.screenshot();
}

/** With a palette of its own: a third of the bytes, and nobody sees it. */
function small(picture: Buffer): Buffer {
  const { status, stdout, error } = spawnSync('pngquant', ['--quality', '80-100', '--strip', '-'], { input: picture, maxBuffer: 2 ** 26 });
  if (error) throw new Error('pngquant is missing: install it, as by apt-get install pngquant', { cause: error });
  return status === 0 ? stdout : picture;
}

const studio = await Studio.open();
try {
  await studio.hang();
  const save = (name: string, picture: Buffer) => writeFile(join(images, `${name}.png`), small(picture));
  const desktop: BrowserContextOptions = { viewport: { width: 1360, height: 860 } };

  const ana = await studio.customer('');
  const shop = await studio.visit(ana.id, desktop);
  await studio.talk(shop, ana.conversations[0] ?? '', english);
  await save('shop', await still(shop));

  const night = await studio.customer('');
  const dark = await studio.visit(night.id, { ...desktop, colorScheme: 'dark' });
  await studio.talk(dark, night.conversations[0] ?? '', shelf);
  await save('dark', await still(dark));

  const phones: Buffer[] = [];
  for (const [locale, lines, colorScheme] of [['de', german, 'light'], ['ar', arabic, 'light'], ['ja', japanese, 'dark']] as const) {
    const person = await studio.customer('');
    const chat = await studio.visit(person.id, { ...phone, colorScheme, locale }, { locale });
    await studio.talk(chat, person.conversations[0] ?? '', [...lines]);
    phones.push(await still(chat));
  }
  const first = await studio.visit((await studio.customer()).id, phone);
  await first.page.frameLocator('#parlor iframe').getByText('Ana').waitFor();
  await save('phones', await studio.sideBySide([await still(first), ...phones]));

  const many = await studio.customer('Order 4711', 'A pot for the balcony', 'Repotting in Lisbon', 'Yellow leaves');
  const asked = ['Your plants left us this morning.', 'The terracotta one is 30 cm wide.', 'See you on Friday at ten!', ''];
  for (const [i, text] of asked.entries()) if (text) await studio.answer(many.conversations[i] ?? '', { by: i % 2 ? 'Lou' : 'Kim', text });
  const desk = await studio.visit(many.id, desktop);
  const newest = many.conversations.at(-1) ?? '';
  await desk.page.evaluate((id) => (window as unknown as { Smooch: { loadConversation(id: string): Promise<unknown> } }).Smooch.loadConversation(id), newest);
  await studio.talk(desk, newest, english);
  await desk.page.close();
  const hosted = await studio.hosted(many.id, desktop);
  await hosted.getByRole('log').locator('.picture img').waitFor();
  await hosted.waitForFunction(seen);
  await hosted.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await save('page', await hosted.screenshot());

  await pictureConsole(await studio.desk(), desktop, save);
} finally {
  await studio.close();
}
