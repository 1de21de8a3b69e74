import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome'];

/**
 * Playwright switches features off, the partitioning of third-party storage among them: without it a frame of another site
 * has no storage at all. This takes the place of its list, so that the browser stores as it does for everybody.
 */
const asShipped = '--disable-features=Translate';

/** How long a state is waited for, in milliseconds: only what does not come at all takes so long. A machine that many use stands still for seconds. */
export const patience = 20_000;

/** The browser to test with: the one that PARLOR_CHROMIUM names, else the system's. Undefined where there is none. */
export function browserPath(): string | undefined {
  return process.env['PARLOR_CHROMIUM'] || candidates.find((path) => existsSync(path));
}

/**
 * Whether browser tests are left out, which happens only by the wish of whoever runs them: PARLOR_NO_BROWSER=1.
 * It is said aloud, so that a green run is not taken for more than it is.
 */
export function browserSkipped(): boolean {
  if (process.env['PARLOR_NO_BROWSER'] !== '1') return false;
  process.stdout.write('browser tests SKIPPED: PARLOR_NO_BROWSER=1\n');
  return true;
}

/** Starts the browser, with more arguments, or without some that Playwright gives; as root it needs to run without its sandbox. Fails with the name of the missing package. */
export async function launch(more: string[] = [], without: string[] = []): Promise<Browser> {
  const executablePath = browserPath();
  if (!executablePath || !existsSync(executablePath)) {
    throw new Error('no browser found: install Debian\'s package "chromium", or name one in PARLOR_CHROMIUM, or leave browser tests out with PARLOR_NO_BROWSER=1');
  }
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    headless: true,
    args: ['--disable-gpu', '--disable-dev-shm-usage', asShipped, ...(isRoot ? ['--no-sandbox'] : []), ...more],
    ignoreDefaultArgs: without,
  });
}
