/** Takes the picture of the README: the demo's shop with Ana signed in. `make screenshots` runs it on the built program. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const program = process.env.PARLOR_BINARY ?? join(root, 'bin/parlor');
const demo = spawn(program, ['demo', '--addr', '127.0.0.1:0', '--shop-addr', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const shop = await new Promise((found) => {
  let said = '';
  demo.stdout.on('data', (text) => {
    said += text;
    const address = /The shop\s+(http:\S+)/.exec(said);
    if (address) found(address[1]);
  });
});

const browser = await chromium.launch({ executablePath: process.env.PARLOR_CHROMIUM ?? '/usr/bin/chromium', args: flags });
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 820 } });
  await page.goto(shop);
  await page.getByRole('button', { name: 'Sign in as Ana' }).click();
  await page.getByText('Signed in as Ana').waitFor();
  await page.getByRole('button', { name: 'Open chat' }).click();
  const chat = page.frameLocator('iframe[title="Chat"]');
  for (const text of ['Does the Fastnet lamp come in black?', 'And how long does it take to Lisbon?']) {
    await chat.getByRole('textbox', { name: 'Message' }).fill(text);
    await page.keyboard.press('Enter');
    await chat.getByRole('log').getByText(`I ask it back: ${text}`).waitFor();
  }
  await page.screenshot({ path: join(root, 'docs/images/shop.png') });
} finally {
  await browser.close();
  demo.kill();
}
