/** Pictures seen large: opened, turned, enlarged and put away, by mouse, keyboard and finger, and when one cannot be had. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContextOptions, Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { png } from './files.ts';
import { Hosted } from './hosted.ts';
import { Talk } from './rich.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(browserSkipped())('the lightbox', () => {
  const world = World.begin();

  async function upload(name: string, width: number, height: number, shade: number): Promise<string> {
    const body = new FormData();
    body.append('source', new Blob([new Uint8Array(png(width, height, shade))]), name);
    return (await world.rest.upload<{ attachment: { mediaUrl: string } }>('/attachments?access=private&for=message', body)).attachment.mediaUrl;
  }

  /** A conversation with three pictures: a large one, one on a card that leads nowhere, and a small one. */
  async function begin(options: BrowserContextOptions = {}, query = ''): Promise<Visitor> {
    const talk = await Talk.begin(world);
    await talk.post({ type: 'image', mediaUrl: await upload('large.png', 2400, 1600, 0x99), altText: 'A field' });
    await talk.post({ type: 'carousel', items: [{ title: 'Card', mediaUrl: await upload('card.png', 900, 500, 0x77), altText: 'A fern', actions: [{ type: 'postback', text: 'Take it', payload: 'x' }] }] });
    await talk.post({ type: 'image', mediaUrl: await upload('small.png', 200, 160, 0x44), altText: 'A leaf' });
    const browser = await world.newBrowser({ reducedMotion: 'reduce', ...options });
    const visitor = await world.visit(world.company.page({ externalId: talk.person, jwt: world.tokenOf(talk.person) }, query), browser);
    await visitor.began();
    await visitor.launcher.click();
    await visitor.composer.waitFor();
    await visitor.log.getByRole('img', { name: 'A leaf' }).waitFor();
    return visitor;
  }
  const dialog = (visitor: Visitor): Locator => visitor.chat.getByRole('dialog', { name: 'Pictures of this conversation' });
  const shown = (visitor: Visitor, name: string): Promise<void> => dialog(visitor).getByRole('img', { name }).waitFor();
  const focused = (visitor: Visitor) => visitor.chat.locator(':focus').evaluate((one) => one.getAttribute('aria-label') ?? one.querySelector('img')?.alt);

  it('opens by Enter, holds the focus, turns by arrow keys, and gives the focus back at Escape', async () => {
    const visitor = await begin();
    const { keyboard } = visitor.page;
    await visitor.log.getByRole('link', { name: 'A field' }).focus();
    await keyboard.press('Enter');
    await shown(visitor, 'A field');
    expect(await focused(visitor)).toBe('Close');
    for (const name of ['A fern', 'A leaf']) {
      await keyboard.press('ArrowRight');
      await shown(visitor, name);
    }
    await keyboard.press('ArrowRight');
    await shown(visitor, 'A leaf');
    expect(await dialog(visitor).getByRole('status').innerText()).toBe('A leaf, 3 of 3');
    for (let steps = 0; steps < 8; steps++) {
      await keyboard.press('Tab');
      expect(await visitor.chat.locator('main :focus').count()).toBe(0);
    }
    await visitor.frame.evaluate(() => document.querySelector<HTMLElement>('.lightbox .close')?.focus());
    await keyboard.press('Escape');
    await expect.poll(() => dialog(visitor).count()).toBe(0);
    expect(await focused(visitor)).toBe('A field');
    expect(await visitor.composer.isVisible()).toBe(true); // the messenger stays
  });

  it('opens from a card, says what the picture is called, and saves it', async () => {
    const visitor = await begin();
    await visitor.log.getByRole('link', { name: 'A fern' }).click();
    await shown(visitor, 'A fern');
    expect(await dialog(visitor).getByText('card.png').count()).toBe(1);
    const [download] = await Promise.all([visitor.page.waitForEvent('download'), dialog(visitor).getByRole('link', { name: 'Save' }).click()]);
    expect(download.suggestedFilename()).toBe('card.png');
  });

  it('uses all of the frame, enlarges what is larger than that by a click, and nothing else', async () => {
    const visitor = await begin();
    await visitor.log.getByRole('link', { name: 'A field' }).click();
    await shown(visitor, 'A field');
    const enlarge = dialog(visitor).getByRole('button', { name: 'Enlarge' });
    await enlarge.waitFor();
    expect(await dialog(visitor).evaluate((one) => [one.clientWidth === innerWidth, one.clientHeight === innerHeight])).toEqual([true, true]);
    const picture = dialog(visitor).getByRole('img');
    const width = () => picture.evaluate((one) => Math.round(one.getBoundingClientRect().width));
    const before = await width();
    await picture.click();
    await expect.poll(width).toBe(2400);
    await enlarge.click();
    await expect.poll(width).toBe(before);
    await visitor.page.keyboard.press('ArrowRight');
    await visitor.page.keyboard.press('ArrowRight');
    await shown(visitor, 'A leaf');
    await picture.click();
    expect(await width()).toBe(200);
    expect(await enlarge.count()).toBe(0);
  });

  it('turns the other way where the writing goes from right to left', async () => {
    const visitor = await begin({}, 'dir=rtl');
    await visitor.log.getByRole('link', { name: 'A field' }).click();
    await shown(visitor, 'A field');
    await visitor.page.keyboard.press('ArrowLeft');
    await shown(visitor, 'A fern');
    const [previous, next] = await dialog(visitor).locator('.turn-to').evaluateAll((both) => both.map((one) => one.getBoundingClientRect().x));
    expect(previous).toBeGreaterThan(next ?? Infinity);
  });

  it('asks for an address that opens again where one has ended, and has a face for a picture that is not to be had', async () => {
    const visitor = await begin();
    const refusals = { card: 1, large: 2 };
    await visitor.page.context().route(/(card|large)\.png\?(?!.*thumbnail)/, (route) => {
      const name = route.request().url().includes('card.png') ? 'card' : 'large';
      return refusals[name]-- > 0 ? route.fulfill({ status: 403 }) : route.continue();
    });
    await visitor.log.getByRole('link', { name: 'A fern' }).click();
    await dialog(visitor).getByRole('button', { name: 'Enlarge' }).waitFor();
    expect(refusals.card).toBe(-1);
    await visitor.page.keyboard.press('ArrowLeft');
    await dialog(visitor).getByText('This picture could not be loaded.').waitFor();
    await dialog(visitor).getByRole('button', { name: 'Try again' }).click();
    await dialog(visitor).getByRole('button', { name: 'Enlarge' }).waitFor();
    expect(await focused(visitor)).toBe('Close'); // what had it, "Try again", is gone
  });

  it('goes with the person', async () => {
    const visitor = await begin();
    await visitor.log.getByRole('link', { name: 'A field' }).click();
    await shown(visitor, 'A field');
    await visitor.logout();
    await expect.poll(() => dialog(visitor).count()).toBe(0);
  });

  it('is turned and put away by a finger on a phone', async () => {
    const visitor = await begin({ viewport: { width: 390, height: 740 }, hasTouch: true, isMobile: true });
    await visitor.log.getByRole('link', { name: 'A field' }).tap();
    await shown(visitor, 'A field');
    const session = await visitor.page.context().newCDPSession(visitor.page);
    const swipe = async (byX: number, byY: number) => {
      const at = (part: number) => ({ touchPoints: [{ x: 195 + byX * part, y: 370 + byY * part }] });
      await session.send('Input.dispatchTouchEvent', { type: 'touchStart', ...at(0) });
      for (const part of [0.25, 0.5, 0.75, 1]) await session.send('Input.dispatchTouchEvent', { type: 'touchMove', ...at(part) });
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await swipe(-150, 10);
    await shown(visitor, 'A fern');
    await swipe(150, 10);
    await shown(visitor, 'A field');
    await swipe(5, 200);
    await expect.poll(() => dialog(visitor).count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('has no fault that axe finds in the %s theme', async (colorScheme) => {
    const visitor = await begin({ colorScheme, bypassCSP: true });
    await visitor.log.getByRole('link', { name: 'A field' }).click();
    await dialog(visitor).getByRole('button', { name: 'Enlarge' }).waitFor();
    await visitor.frame.evaluate(axe);
    const found = await visitor.frame.evaluate(async () => {
      const { run } = (window as unknown as { axe: { run(context: unknown, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe;
      const { violations } = await run(document, { iframes: false });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    });
    expect(found).toEqual([]);
  });
});

describe.skipIf(browserSkipped())('the lightbox on the hosted page', () => {
  const hosted = Hosted.begin();

  it('shows what was sent there', async () => {
    const visit = await hosted.visitAs(hosted.newcomer('Ana'));
    const [chooser] = await Promise.all([visit.page.waitForEvent('filechooser'), visit.button('Attach a file').click()]);
    await chooser.setFiles([{ name: 'mine.png', mimeType: 'image/png', buffer: png(640, 480) }]);
    await visit.button('Send').click();
    await visit.log.getByRole('link', { name: 'Picture' }).click();
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByText('mine.png').waitFor();
    await expect.poll(() => dialog.getByRole('img').evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(640);
    await visit.page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
  });
});
