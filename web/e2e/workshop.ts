import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { addressOf } from '../workshop/address.ts';
import type { View } from '../workshop/address.ts';
import { stories } from '../workshop/stories/index.ts';
import { launcherStories } from '../workshop/stories/launcher.ts';
import { patience } from './browser.ts';

const run = promisify(execFile);

/** The folder of the front ends in this tree. */
export const web = fileURLToPath(new URL('..', import.meta.url));

/** The names of all stories. */
export const names = [...Object.keys(launcherStories), ...Object.keys(stories)];

/** Builds the workshop of a tree anew; the answer is the folder in which it is. */
export async function buildWorkshop(tree = web): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parlor-workshop-'));
  // (What tests set there makes another build, and where it is run from stands in it.)
  await run(process.execPath, [join(tree, 'workshop/build.mjs'), folder], { cwd: tree, env: { ...process.env, NODE_ENV: 'production' } });
  return folder;
}

/** A tab in which stories are seen one after the other, in one way. */
export class Seat {
  /** What the browser complained of. Pictures that a story wants to be broken are none. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly url: string,
    private readonly view: Omit<View, 'story'>,
  ) {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      const isWanted = message.location().url.includes('/pictures/none.');
      if (message.type() === 'error' && !isWanted) this.complaints.push(message.text());
    });
  }

  static async take(browser: Browser, url: string, view: Omit<View, 'story'>, options: BrowserContextOptions): Promise<Seat> {
    const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC', ...options });
    context.setDefaultTimeout(patience);
    return new Seat(await context.newPage(), url, view);
  }

  /** Done when the story is there, and nothing moves. */
  async see(story: string): Promise<Page> {
    this.complaints.length = 0;
    await this.page.goto(this.url + addressOf({ ...this.view, story, still: '1' }), { waitUntil: 'commit' });
    await this.page.locator('html[data-ready]').waitFor({ state: 'attached' }).catch((error: unknown) => {
      throw new Error(`${story} is not ready: ${this.complaints.join('; ')}`, { cause: error });
    });
    return this.page;
  }

  /** Looks at what is there in another way; done when that is laid out. */
  async turn({ width, height, theme }: { width?: number; height?: number; theme?: 'light' | 'dark' }): Promise<void> {
    if (theme) await this.page.emulateMedia({ colorScheme: theme });
    if (width && height) await this.page.setViewportSize({ width, height });
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
}
