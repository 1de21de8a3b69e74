/** How quick the inbox of the console is with ten thousand conversations. */
import type { BrowserContext, Page } from 'playwright-core';
import type { Place } from './place.ts';

const conversations = 10_000;
/** Those that are opened, with a history. */
const opened = 20;
const history = 60;
const pixelsPerFrame = 400;

/** Milliseconds from the click on a row until the newest messages of its conversation are drawn, each of one that was not open before. */
export interface Opened {
  ms: number[];
}

/** Scrolling through the whole list: how far apart frames were, in milliseconds, and the tasks above 50 ms. */
export interface Scrolled {
  frames: number[];
  long: number[];
}

/** Makes the conversations, the ones that will be opened last, so that they are on top. */
async function fill(place: Place): Promise<void> {
  await place.ask(conversations - opened, 1);
  await place.ask(opened, history, conversations - opened);
}

async function signIn(place: Place, browser: BrowserContext): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(place.parlor.url + place.parlor.setUpPath);
  for (const [label, value] of [['Your name', 'Kim'], ['Email', 'kim@fernhill.example'], ['Password', 'correct horse battery']] as const) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('link', { name: /^All open/ }).click();
  await page.locator('.entry').nth(10).waitFor();
  return page;
}

async function opening(page: Page): Promise<Opened> {
  const ms: number[] = [];
  for (let i = 0; i < opened; i++) {
    await page.waitForLoadState('networkidle');
    ms.push(
      await page.evaluate(
        async ([index, count]) => {
          const row = document.querySelectorAll<HTMLElement>('.entry')[index] as HTMLElement;
          const name = row.querySelector('bdi')?.textContent;
          const began = performance.now();
          row.click();
          const isDrawn = () => document.querySelector('.about-who h2')?.textContent === name && [...document.querySelectorAll('[role=log] .message')].at(-1)?.textContent?.includes(`message ${count} `);
          while (!isDrawn()) await new Promise((resolve) => requestAnimationFrame(resolve));
          return performance.now() - began;
        },
        [i, history] as const,
      ),
    );
  }
  return { ms };
}

/** Down to the last of them, which are fetched on the way, and up again. */
async function scrolling(page: Page): Promise<{ down: Scrolled; up: Scrolled }> {
  const pass = (by: number) =>
    page.evaluate(async (step) => {
      const list = document.querySelector('.virtual') as HTMLElement;
      const long: number[] = [];
      const observer = new PerformanceObserver((seen) => long.push(...seen.getEntries().map(({ duration }) => duration)));
      observer.observe({ entryTypes: ['longtask'] });
      const frames: number[] = [];
      let before = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      let still = 0;
      // At the end of what was fetched one waits for more; where none comes for a second, that was all.
      while (still < 60) {
        const { scrollTop } = list;
        list.scrollTop += step;
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        still = list.scrollTop === scrollTop ? still + 1 : 0;
        if (still === 0) frames.push(now - before);
        before = now;
      }
      observer.disconnect();
      return { frames, long };
    }, by);
  const down = await pass(pixelsPerFrame);
  const rows = await page.evaluate(() => Number(document.querySelector('.virtual li')?.getAttribute('aria-setsize')));
  if (rows !== conversations) throw new Error(`the list has ${rows} rows at its end`);
  return { down, up: await pass(-pixelsPerFrame) };
}

/** Measures it all in one tab. */
export async function inbox(place: Place): Promise<{ opened: Opened; down: Scrolled; up: Scrolled }> {
  await fill(place);
  const browser = await place.newBrowser();
  const page = await signIn(place, browser);
  const times = await opening(page);
  await page.goto(page.url().replace(/\/inbox\/.*/, '/inbox/open'));
  await page.locator('.entry').nth(10).waitFor();
  const scrolled = await scrolling(page);
  await browser.close();
  return { opened: times, ...scrolled };
}
