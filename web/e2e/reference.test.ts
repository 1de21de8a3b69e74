/** The API reference in a browser: read by a program, without room, without light, and by keyboard. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserSkipped, launch } from './browser.ts';
import { Program } from './program.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(browserSkipped())('the API reference', () => {
  let browser: Browser;
  let parlor: Program;

  beforeAll(async () => {
    [browser, parlor] = await Promise.all([launch(), Program.create()]);
    await parlor.serve();
  });

  afterAll(async () => {
    await browser?.close();
    await parlor?.stop();
  });

  /** Reads the page, and fails where it asked another server, broke its policy or found something missing. */
  async function read(options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== parlor.url) faults.push(request.url());
    });
    try {
      await page.goto(`${parlor.url}/docs/api`);
      await use(page);
      expect(faults).toEqual([]);
    } finally {
      await context.close();
    }
  }

  const unfold = (page: Page) => page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));

  const desktop = { viewport: { width: 1440, height: 900 } };
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

  it.each<[string, BrowserContextOptions]>([
    ['on a desktop', desktop],
    ['on a phone in the dark', { ...phone, colorScheme: 'dark' }],
  ])('is accessible %s, with everything unfolded', async (_, options) => {
    await read(options, async (page) => {
      await unfold(page);
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const { axe: judge } = window as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
        return (await judge.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(', ')}`);
      });
      expect(violations).toEqual([]);
    });
  }, 120_000);

  it.each([320, 390, 768, 1100, 1440])('never scrolls sideways at %i px, with everything unfolded', async (width) => {
    await read({ viewport: { width, height: 844 } }, async (page) => {
      await unfold(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  });

  it('leads from the contents to an operation, on a desktop and on a phone', async () => {
    for (const options of [desktop, phone]) {
      await read(options, async (page) => {
        const contents = page.getByRole('navigation', { name: 'Contents' });
        if (options === phone) await contents.getByText('Contents').click();
        await contents.getByRole('link', { name: 'Makes a user' }).click();
        const title = page.getByRole('heading', { name: 'Makes a user' });
        await expect.poll(async () => (await title.boundingBox())?.y ?? -1).toBeGreaterThanOrEqual(0);
        expect((await title.boundingBox())?.y).toBeLessThan(120);
      });
    }
  });

  it('is skipped into by the first key', async () => {
    await read(desktop, async (page) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('main')?.id)).toBe('content');
    });
  });
});
