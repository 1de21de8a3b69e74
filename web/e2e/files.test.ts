/** Files that people send: chosen, pasted and dropped, in order, with real progress, and what becomes of them when something is lost. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContextOptions, Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Smooch as SmoochAPI } from '../widget/api.ts';
import { browserSkipped } from './browser.ts';
import { png } from './files.ts';
import { Hosted } from './hosted.ts';
import { Talk } from './rich.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

declare const Smooch: SmoochAPI;
declare global {
  interface Window {
    asked?: string;
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Given {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const picture = (name = 'lamp.png', width = 800, height = 400): Given => ({ name, mimeType: 'image/png', buffer: png(width, height) });
const note = (name = 'invoice.txt', text = '12 lamps'): Given => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
/** Text that takes a while on a slow line. */
const long = (name = 'long.txt', bytes = 400_000): Given => note(name, '0123456789abcde\n'.repeat(bytes / 16));

const attach = (visitor: Visitor): Locator => visitor.chat.getByRole('button', { name: /^Attach( a file| a picture)?$/ });
const tray = (visitor: Visitor): Locator => visitor.chat.getByRole('list', { name: 'Files to send' });
const send = (visitor: Visitor): Locator => visitor.chat.getByRole('button', { name: 'Send', exact: true });

/** Presses the button, and chooses files where it opens a menu. */
async function press(visitor: Visitor): Promise<void> {
  await attach(visitor).click();
  if ((await attach(visitor).getAttribute('aria-haspopup')) === 'menu') await visitor.chat.getByRole('menuitem', { name: /^Attach/ }).click();
}

async function choose(visitor: Visitor, ...files: Given[]): Promise<void> {
  const [chooser] = await Promise.all([visitor.page.waitForEvent('filechooser'), press(visitor)]);
  await chooser.setFiles(files);
}

/** Files that come by an event with their bytes, as a browser makes them; with text beside them where one is named. Tells whether the chat took them. */
async function offer(visitor: Visitor, how: 'paste' | 'paste beside text' | 'drop' | 'dragover', ...files: Given[]): Promise<boolean> {
  const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] }));
  await attach(visitor).waitFor();
  return visitor.composer.evaluate(
    (element, [how, all]) => {
      const data = new DataTransfer();
      const [type = '', ...beside] = how.split(' ');
      if (beside.length > 0) data.setData('text/plain', 'a table');
      for (const { name, mimeType, bytes } of all) data.items.add(new File([new Uint8Array(bytes)], name, { type: mimeType }));
      const options = { bubbles: true, cancelable: true };
      return !element.dispatchEvent(type === 'paste' ? new ClipboardEvent(type, { ...options, clipboardData: data }) : new DragEvent(type, { ...options, dataTransfer: data }));
    },
    [how, given] as const,
  );
}

/** Bounds what the chat's document can send in a second. */
async function slow(visitor: Visitor, bytesPerSecond: number): Promise<void> {
  const session = await visitor.page.context().newCDPSession(visitor.frame);
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond });
}

describe.skipIf(browserSkipped())('files', () => {
  const world = World.begin({ PARLOR_MAX_FILE: '1MiB' });

  async function begin(): Promise<{ talk: Talk; visitor: Visitor }> {
    const talk = await Talk.begin(world);
    const visitor = await world.visitAs(talk.person);
    await visitor.open();
    return { talk, visitor };
  }
  const types = async (talk: Talk) => (await talk.said()).map(({ content }) => content.type);

  it('that were chosen stand above the text, and go before it, in their order', async () => {
    const { talk, visitor } = await begin();
    await choose(visitor, picture(), note());
    await tray(visitor).getByRole('listitem').nth(1).waitFor();
    expect(await tray(visitor).getByText('invoice.txt').count()).toBe(1);
    await visitor.composer.fill('Here they are');
    await visitor.page.keyboard.press('Enter');
    await visitor.said('Here they are').waitFor();
    await visitor.composer.fill('And one more word');
    await visitor.page.keyboard.press('Enter');
    await expect.poll(() => types(talk)).toEqual(['image', 'file', 'text', 'text']);
    expect(await tray(visitor).getByRole('listitem').count()).toBe(0);
    await visitor.settled();
    await visitor.log.getByRole('link', { name: /invoice\.txt/ }).waitFor();
    await expect.poll(() => visitor.log.locator('.picture img').evaluate((img: HTMLImageElement) => [img.naturalWidth, img.width / img.height])).toEqual([800, 2]);
    expect((await visitor.heard('message:sent')).map(({ args }) => (args[0] as { type: string }).type)).toEqual(['image', 'file', 'text', 'text']);
  });

  it('show how far they have come, keep their place when they are there, and keep the order', async () => {
    const { talk, visitor } = await begin();
    await slow(visitor, 100_000);
    await choose(visitor, long(), picture());
    await send(visitor).click();
    await visitor.write('after the files');
    const bar = visitor.chat.getByRole('progressbar', { name: 'Uploading long.txt' });
    const seen = new Set<number>();
    for (let value = 0; value < 100; ) {
      value = Number(await bar.getAttribute('aria-valuenow', { timeout: 5_000 }).catch(() => '100'));
      seen.add(value);
    }
    expect([...seen].filter((value) => value > 0 && value < 100).length).toBeGreaterThan(3);
    const frames = () => visitor.log.locator('.picture').evaluate((one) => JSON.stringify([one.clientWidth, one.clientHeight]));
    const before = await frames();
    await expect.poll(() => types(talk)).toEqual(['file', 'image', 'text']);
    await visitor.settled();
    await visitor.log.locator('.picture[href]').waitFor();
    expect(await frames()).toBe(before);
  });

  it('can be stopped, and what was written after them goes all the same', async () => {
    const { talk, visitor } = await begin();
    await slow(visitor, 20_000);
    await choose(visitor, long());
    await send(visitor).click();
    await visitor.write('without it');
    await visitor.chat.getByRole('button', { name: 'Cancel: long.txt' }).click();
    await visitor.settled();
    expect(await types(talk)).toEqual(['text']);
    expect(await visitor.log.getByText('long.txt').count()).toBe(0);
  });

  it('go on by themselves after the server was killed', async () => {
    const { talk, visitor } = await begin();
    await slow(visitor, 100_000);
    await choose(visitor, long());
    await send(visitor).click();
    await visitor.write('after it');
    await expect.poll(() => visitor.chat.getByRole('progressbar').getAttribute('aria-valuenow')).not.toBe('0');
    await world.parlor.kill();
    await visitor.chat.getByText('No connection.').waitFor();
    await world.parlor.serve();
    await expect.poll(() => types(talk), { timeout: 25_000 }).toEqual(['file', 'text']);
    await visitor.settled();
  }, 60_000);

  it('are lost with the page, which says so in their place; what was written after them is not', async () => {
    const { talk, visitor } = await begin();
    await slow(visitor, 20_000);
    await choose(visitor, long());
    await send(visitor).click();
    await visitor.write('after it');
    await visitor.page.reload();
    await visitor.began();
    await visitor.open();
    await visitor.said('The page was closed before this was sent. Choose it again.').waitFor();
    await visitor.said('long.txt').waitFor();
    await expect.poll(() => types(talk)).toEqual(['text']);
    await visitor.chat.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => visitor.outbox()).toBe(0);
  });

  it('are refused at once where the server would refuse them', async () => {
    const { visitor } = await begin();
    const uploads: string[] = [];
    visitor.page.on('request', (request) => request.method() === 'POST' && uploads.push(request.url()));
    await choose(visitor, note('page.html', '<p>x'), note('empty.txt', ''), { ...picture(), name: 'huge.png', buffer: Buffer.alloc(1_100_000) });
    const refusals = visitor.chat.getByRole('alert');
    await expect.poll(() => refusals.innerText()).toContain('page.html is of a type that cannot be sent here.');
    expect(await refusals.innerText()).toContain('empty.txt is empty.');
    expect(await refusals.innerText()).toMatch(/huge\.png is too large: a file can have 1 MB at most\./);
    expect(await tray(visitor).getByRole('listitem').count()).toBe(0);
    expect(await send(visitor).isDisabled()).toBe(true);
    expect(uploads).toEqual([]);
  });

  it('whose bytes say something else than their name are refused by the server, in words, and can be thrown away', async () => {
    const { talk, visitor } = await begin();
    await choose(visitor, note('lying.txt', '<!doctype html><script>alert(1)</script>'), { ...note('broken.png', 'no picture'), mimeType: 'image/png' });
    await send(visitor).click();
    await visitor.said('lying.txt is of a type that cannot be sent here.').waitFor();
    await visitor.said('broken.png could not be read. Send it in another form.').waitFor();
    for (const left of [1, 0]) {
      await visitor.chat.getByRole('button', { name: 'Delete' }).first().click();
      await expect.poll(() => visitor.outbox()).toBe(left);
    }
    expect(await talk.said()).toEqual([]);
  });

  it('come by pasting, unless there is text beside them, and can be taken out again', async () => {
    const { visitor } = await begin();
    expect(await offer(visitor, 'paste beside text', picture())).toBe(false);
    expect(await offer(visitor, 'paste', picture('image.png'))).toBe(true);
    await tray(visitor).locator('img').waitFor();
    expect(await tray(visitor).getByRole('listitem').count()).toBe(1);
    await tray(visitor).getByRole('button', { name: 'Remove image.png' }).click();
    expect(await tray(visitor).getByRole('listitem').count()).toBe(0);
    expect(await visitor.chat.locator(':focus').getAttribute('aria-label')).toBe('Message');
  });

  it('come by dropping, onto a place that shows itself while they are dragged', async () => {
    const { talk, visitor } = await begin();
    await offer(visitor, 'dragover', note());
    await visitor.chat.getByText('Drop files here to send them').waitFor();
    await offer(visitor, 'drop', note(), picture());
    await tray(visitor).getByRole('listitem').nth(1).waitFor();
    expect(await visitor.chat.getByText('Drop files here to send them').count()).toBe(0);
    await send(visitor).click();
    await expect.poll(() => types(talk)).toEqual(['file', 'image']);
  });

  it('that were chosen stay with their conversation', async () => {
    const { visitor } = await begin();
    await visitor.send('first');
    await choose(visitor, note());
    await tray(visitor).getByText('invoice.txt').waitFor();
    await visitor.chat.getByRole('button', { name: 'New conversation' }).click();
    await expect.poll(() => tray(visitor).getByRole('listitem').count()).toBe(0);
    expect(await send(visitor).isDisabled()).toBe(true);
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    await visitor.chat.getByRole('list', { name: 'Conversations' }).getByRole('button').click();
    await tray(visitor).getByText('invoice.txt').waitFor();
  });

  it('begin a conversation, also a second one', async () => {
    const person = world.newcomer('ben');
    const visitor = await world.visitAs(person);
    await visitor.open();
    await choose(visitor, picture());
    await send(visitor).click();
    await visitor.log.locator('.picture[href]').waitFor();
    await visitor.settled();
    await visitor.chat.getByRole('button', { name: 'New conversation' }).click();
    await expect.poll(() => visitor.log.locator('.picture').count()).toBe(0);
    await choose(visitor, note());
    await visitor.write('and a word');
    await visitor.log.getByRole('link', { name: /invoice\.txt/ }).waitFor();
    await visitor.settled();
    const conversations = await visitor.conversations();
    expect(conversations.map(({ messages }) => messages.map(({ type }) => type))).toEqual([['file', 'text'], ['image']]);
  });

  it('of somebody anonymous wait until somebody has answered', async () => {
    const visitor = await world.visit();
    await visitor.began();
    await visitor.open();
    await visitor.send('Hello');
    await press(visitor);
    await visitor.chat.getByText('You can send files as soon as somebody has answered.').waitFor();
    const id = (await visitor.conversations())[0]?.id ?? '';
    await world.rest.call('POST', `/conversations/${id}/messages`, { author: { type: 'business' }, content: { type: 'text', text: 'Yes?' } });
    await visitor.said('Yes?').waitFor();
    await choose(visitor, note());
    expect(await visitor.chat.getByText('You can send files').count()).toBe(0);
    await send(visitor).click();
    await visitor.log.getByRole('link', { name: /invoice\.txt/ }).waitFor();
  });

  it('under way are dropped when the person signs out', async () => {
    const { talk, visitor } = await begin();
    await slow(visitor, 20_000);
    await choose(visitor, long());
    await send(visitor).click();
    await choose(visitor, note());
    await visitor.logout();
    expect(await visitor.outbox()).toBe(0);
    expect(await visitor.log.getByText('long.txt').count()).toBe(0);
    expect(await tray(visitor).getByRole('listitem').count()).toBe(0);
    expect(await talk.said()).toEqual([]);
  });

  it('are passed to beforeSend, whose metadata count', async () => {
    const { talk, visitor } = await begin();
    await visitor.page.evaluate(() => {
      const { Smooch } = window as unknown as { Smooch: { setDelegate(delegate: object): void } };
      Smooch.setDelegate({ beforeSend: (message: { type: string }) => ({ ...message, text: 'changed', metadata: { kind: message.type } }) });
    });
    await choose(visitor, picture());
    await send(visitor).click();
    await expect.poll(async () => (await talk.last())?.metadata).toEqual({ kind: 'image' });
    expect((await talk.last())?.content.text).not.toBe('changed');
  });

  it.each([
    ['imageUploadEnabled', { imageUploadEnabled: false }],
    ['menuItems', { menuItems: { imageUpload: false, fileUpload: false } }],
  ])('are not offered where %s forbids them', async (_, options) => {
    const person = world.newcomer();
    const visitor = await world.visit(world.company.page({ externalId: person, jwt: world.tokenOf(person), ...options }));
    await visitor.began();
    await visitor.open();
    await visitor.chat.getByRole('button', { name: 'Share your location' }).waitFor();
    expect(await attach(visitor).count()).toBe(0);
  });

  it('can be pictures only', async () => {
    const person = world.newcomer();
    const visitor = await world.visit(world.company.page({ externalId: person, jwt: world.tokenOf(person), menuItems: { fileUpload: false, shareLocation: false } }));
    await visitor.began();
    await visitor.open();
    await expect.poll(() => attach(visitor).getAttribute('aria-label')).toBe('Attach a picture');
    await choose(visitor, picture(), note());
    await tray(visitor).locator('img').waitFor();
    await visitor.chat.getByText('invoice.txt is of a type that cannot be sent here.').waitFor();
  });
});

describe.skipIf(browserSkipped())('files are for everybody', () => {
  const world = World.begin();

  async function begin(options: BrowserContextOptions = {}): Promise<Visitor> {
    const talk = await Talk.begin(world);
    const visitor = await world.visitAs(talk.person, await world.newBrowser({ reducedMotion: 'reduce', ...options }));
    await visitor.launcher.click();
    await attach(visitor).waitFor();
    return visitor;
  }

  /** Files chosen, one that was refused, and some under way. */
  async function show(visitor: Visitor): Promise<void> {
    await slow(visitor, 1_000);
    await choose(visitor, picture(), long());
    await tray(visitor).getByRole('listitem').nth(1).waitFor();
    await send(visitor).click();
    await visitor.chat.getByRole('progressbar', { name: 'Uploading long.txt' }).waitFor({ state: 'attached' });
    await choose(visitor, picture(), note(), note('page.html'));
    await tray(visitor).getByRole('listitem').nth(1).waitFor();
  }

  it.each(['light', 'dark'] as const)('axe finds no fault in the %s theme', async (colorScheme) => {
    const visitor = await begin({ colorScheme, bypassCSP: true });
    await show(visitor);
    await visitor.frame.evaluate(axe);
    const found = await visitor.frame.evaluate(async () => {
      const { run } = (window as unknown as { axe: { run(context: unknown, options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe;
      const { violations } = await run(document, { iframes: false });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`);
    });
    expect(found).toEqual([]);
  });

  it.each([390, 320])('at %i px nothing sticks out, and all that one taps has room for a finger', async (width) => {
    const visitor = await begin({ viewport: { width, height: 740 }, hasTouch: true, isMobile: true });
    await show(visitor);
    const found = await visitor.frame.evaluate(() => {
      const wide = document.documentElement.scrollWidth > innerWidth ? [`the document: ${document.documentElement.scrollWidth} px`] : [];
      const small = [...document.querySelectorAll('.composer button, .cancel')].flatMap((button) => {
        const { left, top, width: wideness, height } = button.getBoundingClientRect();
        const [x, y] = [left + wideness / 2, top + height / 2];
        // What the list hides at its side is scrolled to.
        if (x + 20 > innerWidth || y < 90) return [];
        const reach = [[0, -20], [0, 20], [-20, 0], [20, 0]].map(([dx = 0, dy = 0]) => button.contains(document.elementFromPoint(x + dx, y + dy)));
        return reach.every(Boolean) ? [] : [`${button.getAttribute('aria-label')}: ${reach.join()}`];
      });
      return [...wide, ...small];
    });
    expect(found).toEqual([]);
  });

  it('a keyboard is enough', async () => {
    const visitor = await begin();
    const { keyboard } = visitor.page;
    await expect.poll(() => visitor.chat.locator(':focus').getAttribute('aria-label')).toBe('Message');
    const focused = () => visitor.chat.locator(':focus').getAttribute('aria-label');
    await keyboard.press('Tab');
    expect(await focused()).toBe('Attach');
    await keyboard.press('Enter');
    await expect.poll(() => visitor.chat.locator(':focus').textContent()).toBe('Attach a file');
    const [chooser] = await Promise.all([visitor.page.waitForEvent('filechooser'), keyboard.press('Enter')]);
    await chooser.setFiles([picture(), note()]);
    await tray(visitor).getByRole('listitem').nth(1).waitFor();
    expect(await focused()).toBe('Message');
    await keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Remove invoice.txt');
    await keyboard.press('Enter');
    await expect.poll(focused).toBe('Message');
    await keyboard.press('Enter');
    await visitor.log.locator('.picture[href]').waitFor();
    expect(await visitor.log.getByText('invoice.txt').count()).toBe(0);
  });
});

describe.skipIf(browserSkipped())('the own location', () => {
  const world = World.begin();
  const here = { geolocation: { latitude: 38.72231234, longitude: -9.1393 }, permissions: ['geolocation'] };

  async function begin(options: BrowserContextOptions = {}, settings: object = {}): Promise<Visitor> {
    const person = world.newcomer();
    const context = await world.newBrowser({ reducedMotion: 'reduce', ...options });
    const visitor = await world.visit(world.company.page({ externalId: person, jwt: world.tokenOf(person), ...settings }), context);
    await visitor.began();
    await visitor.open();
    return visitor;
  }

  const item = (visitor: Visitor) => visitor.chat.getByRole('menuitem', { name: 'Share your location' });
  const last = async (visitor: Visitor) => (await visitor.conversations())[0]?.messages.at(-1);

  it('goes from the menu into the conversation', async () => {
    const visitor = await begin(here);
    await attach(visitor).click();
    await item(visitor).click();
    await visitor.log.getByRole('link', { name: /Open map/ }).waitFor();
    expect(await item(visitor).count()).toBe(0);
    await visitor.settled();
    expect(await last(visitor)).toMatchObject({ type: 'location', coordinates: { lat: 38.722312, long: -9.1393 } });
  });

  it('has a button to itself where nothing else is offered, and none where the page does not want it', async () => {
    const visitor = await begin(here, { menuItems: { imageUpload: false, fileUpload: false } });
    await visitor.chat.getByRole('button', { name: 'Share your location' }).click();
    await visitor.log.getByRole('link', { name: /Open map/ }).waitFor();
    const other = await begin(here, { menuItems: { shareLocation: false } });
    const [chooser] = await Promise.all([other.page.waitForEvent('filechooser'), attach(other).click()]);
    expect(chooser.isMultiple()).toBe(true);
  });

  it('is said to be kept by the browser where it is, until the next try', async () => {
    const visitor = await begin({ permissions: [] });
    await attach(visitor).click();
    await item(visitor).click();
    await visitor.chat.getByRole('status').getByText('Your browser does not tell us where you are.').waitFor();
    await attach(visitor).click();
    expect(await visitor.chat.getByText('Your browser does not tell').count()).toBe(0);
  });

  it('is not sent where the page forbids it', async () => {
    const visitor = await begin(here);
    await visitor.page.evaluate(() => Smooch.setDelegate({ beforeSend: ({ type }) => ((window.asked = type), Promise.reject(new Error('not today'))) }));
    await attach(visitor).click();
    await item(visitor).click();
    await expect.poll(() => visitor.page.evaluate(() => window.asked)).toBe('location');
    await visitor.chat.locator('.composer .tool:not([aria-busy])').waitFor();
    expect(await visitor.log.locator('.message').count()).toBe(0);
  });

  it('is reached by keyboard alone; Escape closes the menu, and not the chat', async () => {
    const visitor = await begin(here);
    const { keyboard } = visitor.page;
    const focused = () => visitor.chat.locator(':focus').textContent();
    await attach(visitor).focus();
    await keyboard.press('Enter');
    await expect.poll(focused).toBe('Attach a file');
    await keyboard.press('ArrowUp');
    expect(await focused()).toBe('Share your location');
    await keyboard.press('ArrowDown');
    expect(await focused()).toBe('Attach a file');
    await keyboard.press('Escape');
    await item(visitor).waitFor({ state: 'detached' });
    expect(await visitor.chat.locator(':focus').getAttribute('aria-label')).toBe('Attach');
    expect(await visitor.composer.isVisible()).toBe(true);
    await keyboard.press('Enter');
    await expect.poll(focused).toBe('Attach a file');
    await visitor.composer.click();
    await item(visitor).waitFor({ state: 'detached' });
  });
});

describe.skipIf(browserSkipped())('files on the hosted page', () => {
  const hosted = Hosted.begin();

  it('are sent with the session in the cookie', async () => {
    const visit = await hosted.visitAs(hosted.newcomer('Ana'));
    const [chooser] = await Promise.all([visit.page.waitForEvent('filechooser'), visit.button('Attach a file').click()]);
    await chooser.setFiles([note(), picture()]);
    await visit.send('Both, please');
    await visit.log.getByRole('link', { name: /invoice\.txt/ }).waitFor();
    await expect.poll(() => visit.log.locator('.message').evaluateAll((all) => all.map((one) => one.querySelector('.picture, .file, .bubble')?.className))).toEqual(['bubble file', 'picture', 'bubble']);
  });
});
