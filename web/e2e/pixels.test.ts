/** No story looks different from before unless a commit says so. The pictures of before are made in the same run: none is kept. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../workshop/server.ts';
import type { Workshop } from '../workshop/server.ts';
import { browserSkipped, launch } from './browser.ts';
import { compare, declaredSince, digestOf, findBase, isDeclared } from './pixels.ts';
import { Seat, buildWorkshop, names, web } from './workshop.ts';

const viewport = { width: 392, height: 600 };
/** As many pixels may differ: of the edge of one letter, not of a letter. */
const tolerated = 12;
const out = join(web, 'workshop/pixels');

type View = 'light' | 'dark' | 'arabic';

describe.skipIf(browserSkipped())('pictures of the workshop', () => {
  let browser: Browser;
  const served: Workshop[] = [];
  const folders: string[] = [];

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    for (const workshop of served) workshop.close();
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  /** The stories of a built workshop, each in three views. */
  async function photographer(folder: string): Promise<(story: string) => Promise<Record<View, Buffer>>> {
    const workshop = await serve(folder);
    served.push(workshop);
    const plain = await Seat.take(browser, workshop.url, {}, { viewport });
    const arabic = await Seat.take(browser, workshop.url, { lang: 'ar' }, { viewport });
    return async (story) => {
      await plain.turn({ theme: 'light' });
      const page = await plain.see(story);
      const light = await page.screenshot();
      await plain.turn({ theme: 'dark' });
      return { light, dark: await page.screenshot(), arabic: await (await arabic.see(story)).screenshot() };
    };
  }

  async function blank(): Promise<Page> {
    const page = await browser.newPage({ viewport });
    await page.goto('about:blank');
    return page;
  }

  it('differ from those of the base commit only where a commit says so', { timeout: 300_000 }, async ({ skip }) => {
    const base = await findBase();
    if ('folder' in base) folders.push(base.folder);
    if ('why' in base) {
      process.stdout.write(`pictures of the workshop are not compared: ${base.why}\n`);
      return skip(base.why);
    }
    const built = await Promise.all([buildWorkshop(base.tree), buildWorkshop()]);
    folders.push(...built);
    const [before, now] = await Promise.all(built.map(digestOf));
    if (before === now) return;
    const [take, takeAgain, page] = await Promise.all([photographer(built[0]), photographer(built[1]), blank()]);
    await page.goto(`${served[0]?.url}/index.html`);
    const known = await page.locator('nav a').evaluateAll((links) => links.map((link) => link.getAttribute('href')?.slice(1)));
    const declared = await declaredSince(base.commit);
    await page.goto('about:blank');
    await rm(out, { recursive: true, force: true });
    await mkdir(out, { recursive: true });
    const different: string[] = [];
    for (const story of names.filter((name) => known.includes(name) && !isDeclared(name, declared))) {
      const [former, present] = await Promise.all([take(story), takeAgain(story)]);
      for (const view of ['light', 'dark', 'arabic'] as const) {
        if (former[view].equals(present[view])) continue;
        const { pixels, picture } = await compare(page, former[view], present[view]);
        if (pixels <= tolerated) continue;
        different.push(`${story} (${view}): ${pixels} pixels`);
        const path = join(out, `${story.replace('/', '-')}-${view}`);
        await Promise.all([writeFile(`${path}-before.png`, former[view]), writeFile(`${path}-after.png`, present[view]), writeFile(`${path}-difference.png`, picture)]);
      }
    }
    expect(different, `The pictures are in ${out}. Where this is meant, say so in the commit: "Looks: log/*" (docs/workshop.md).`).toEqual([]);
  });

  it('are compared by what one sees of them', async () => {
    const page = await blank();
    const colored = async (color: string) => {
      await page.evaluate((value) => (document.body.style.background = value), color);
      return page.screenshot();
    };
    const [white, nearly, black] = [await colored('rgb(255 255 255)'), await colored('rgb(250 250 250)'), await colored('rgb(0 0 0)')];
    expect((await compare(page, white, nearly)).pixels).toBe(0);
    expect((await compare(page, white, black)).pixels).toBe(viewport.width * viewport.height);
  });

  it.each([
    ['log/grouped', ['log/grouped'], true],
    ['log/grouped', ['composer/*', 'log/*'], true],
    ['log/grouped', ['*'], true],
    ['log/grouped', ['log'], false],
    ['log/grouped', ['log/group'], false],
    ['log/grouped', [], false],
  ])('of %s are declared by %j: %s', (story, patterns, expected) => {
    expect(isDeclared(story, patterns)).toBe(expected);
  });
});
