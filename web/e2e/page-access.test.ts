/** The hosted page without a mouse, without room, without light, and read by a program. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { Hosted } from './hosted.ts';
import type { Visit } from './hosted.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3);

/** Answers for the server in one browser: the app has sign-in by e-mail, and no mail leaves the house. */
async function withMail(browser: BrowserContext): Promise<void> {
  await browser.route('**/config', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...((await answer.json()) as object), emailLogin: 'on' } });
  });
  await browser.route('**/email-codes', (route) => route.fulfill({ status: 202 }));
  await browser.route('**/email-sessions', (route) => route.fulfill({ status: 401, json: { errors: [{ code: 'invalid_code', title: 'The code is wrong or has expired.' }] } }));
}

describe.skipIf(browserSkipped())('the hosted page by keyboard alone', () => {
  const hosted = Hosted.begin();

  /** The name of what has the focus; '' where nothing has it. */
  function focused(page: Page): Promise<string> {
    return page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return '';
      const label = element.id && document.querySelector(`label[for="${element.id}"]`)?.textContent;
      return (element.getAttribute('aria-label') ?? (label || element.textContent)).trim();
    });
  }

  async function walkTo(page: Page, name: string, key = 'Tab'): Promise<void> {
    const passed: string[] = [];
    for (let steps = 0; steps < 15; steps++) {
      await page.keyboard.press(key);
      const at = await focused(page);
      if (at === name) return;
      passed.push(at);
    }
    throw new Error(`${key} does not lead to ${name}, but over ${passed.join(', ')}`);
  }

  it('one decides who to be, writes, begins anew, and signs out; the focus is never lost', async () => {
    const [ana, ben] = [hosted.newcomer('Ana'), hosted.newcomer('Ben')];
    const { page, ...visit } = await hosted.visitAs(ana).then((one) => ({ page: one.page, log: one.log, title: one.title }));
    await page.goto('about:blank');
    await page.goto(hosted.address(hosted.open, `#externalAuthCode=${hosted.codeOf(ben)}`));
    await visit.title.waitFor();
    await walkTo(page, `Continue as ${ben.name}`);
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Message');
    await page.keyboard.type('by keyboard');
    await page.keyboard.press('Enter');
    await visit.log.getByText('by keyboard').waitFor();
    await walkTo(page, 'New conversation', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Message');
    await page.keyboard.type('anew');
    await page.keyboard.press('Enter');
    await visit.log.getByText('anew', { exact: true }).waitFor();
    expect(await visit.log.textContent()).not.toContain('by keyboard');
    await walkTo(page, 'Sign out', 'Shift+Tab');
    await page.keyboard.press('Space');
    await page.getByText('You are signed out.').waitFor();
    await expect.poll(() => focused(page)).not.toBe('');
  });

  it('one signs in by e-mail as far as the code, and is told what is wrong', async () => {
    const browser = await hosted.newBrowser();
    await withMail(browser);
    const { page, composer } = await hosted.visit(hosted.address(), browser);
    await composer.waitFor();
    await walkTo(page, 'Sign in', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Email');
    await page.keyboard.type('ana@example.com');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Code');
    await page.keyboard.type('12 34 56');
    expect(await page.getByRole('textbox', { name: 'Code' }).inputValue()).toBe('123456');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('wrong or has expired').waitFor();
    expect(await focused(page)).toBe('Code');
    await walkTo(page, 'Use another address');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Email');
    expect(await page.getByRole('textbox', { name: 'Email' }).inputValue()).toBe('ana@example.com');
  });
});

describe.skipIf(browserSkipped())('the hosted page on a small screen', () => {
  const hosted = Hosted.begin();

  /** What sticks out of the window at either side, makes it scroll sideways, or is too small for a finger. */
  function faults(page: Page): Promise<string[]> {
    return page.evaluate(() => {
      const wide = document.documentElement.scrollWidth > innerWidth ? [`the document: ${document.documentElement.scrollWidth} px`] : [];
      for (const element of document.querySelectorAll('body *')) {
        const { left, right, width, height } = element.getBoundingClientRect();
        const name = `${element.tagName}.${element.getAttribute('class')}`;
        if (width > 1 && (left < -1 || right > innerWidth + 1)) wide.push(`${name}: ${left} to ${right}`);
        if (element.matches('button, textarea, input') && width > 0 && (width < 44 || height < 44)) wide.push(`${name}: ${width} × ${height}`);
      }
      return wide;
    });
  }

  it.each([
    [390, 'en'],
    [320, 'en'],
    [320, 'he'],
  ])('of %i px in %s shows one thing after the other, and nothing sticks out', async (width, locale) => {
    const browser = await hosted.newBrowser({ viewport: { width, height: 640 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, locale });
    const person = { ...hosted.newcomer('Pia'), name: longWord.slice(0, 100) };
    const visit = await hosted.visitAs(person, hosted.open, browser);
    expect(await visit.page.evaluate(() => document.documentElement.dir)).toBe(locale === 'he' ? 'rtl' : 'ltr');
    const found: Record<string, string[]> = { empty: await faults(visit.page) };
    await visit.send(`${longWord} https://example.com/${longWord}`);
    found['chat'] = await faults(visit.page);
    await visit.button('Back to conversations').tap();
    await visit.page.getByRole('list', { name: 'Conversations' }).waitFor();
    expect(await visit.composer.count()).toBe(0);
    found['list'] = await faults(visit.page);
    await visit.page.goto('about:blank');
    await visit.page.goto(hosted.address(hosted.open, `#externalAuthCode=${hosted.codeOf({ ...hosted.newcomer('Other'), name: longWord.slice(0, 90) })}`));
    await visit.title.waitFor();
    found['other person'] = await faults(visit.page);
    expect(found).toEqual({ empty: [], chat: [], list: [], 'other person': [] });
  });

  it('that is turned, or a window that grows, shows the list beside the conversation that was in view', async () => {
    const visit = await hosted.visitAs(hosted.newcomer('Pia'), hosted.open, await hosted.newBrowser({ viewport: { width: 600, height: 900 } }));
    await visit.send('in view');
    await visit.composer.fill('half written');
    expect(await visit.page.getByRole('list', { name: 'Conversations' }).count()).toBe(0);
    await visit.page.setViewportSize({ width: 1000, height: 600 });
    await visit.page.getByRole('list', { name: 'Conversations' }).waitFor();
    expect(await visit.composer.inputValue()).toBe('half written');
    expect(await visit.button('Back to conversations').count()).toBe(0);
    expect(await visit.button('New conversation').count()).toBe(1);
    expect(await visit.page.locator('[aria-current="true"]').textContent()).toContain('in view');
  });
});

describe.skipIf(browserSkipped()).each(['light', 'dark'] as const)('axe finds no fault with the hosted page in the %s theme', (colorScheme) => {
  const hosted = Hosted.begin();

  async function violations({ page }: Visit): Promise<string[]> {
    await page.evaluate(axe);
    return page.evaluate(async () => {
      const { run } = (window as unknown as { axe: { run(context: unknown): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe;
      const { violations: found } = await run(document);
      return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`);
    });
  }

  const newBrowser = (viewport = { width: 1280, height: 800 }) => hosted.newBrowser({ colorScheme, viewport, reducedMotion: 'reduce', bypassCSP: true });

  it('with the messenger, wide and narrow, and another person', async () => {
    const visit = await hosted.visitAs(hosted.newcomer('Axe'), hosted.open, await newBrowser());
    expect(await violations(visit)).toEqual([]);
    await visit.send('hello');
    expect(await violations(visit)).toEqual([]);
    await visit.page.setViewportSize({ width: 390, height: 800 });
    await visit.button('Back to conversations').waitFor();
    expect(await violations(visit)).toEqual([]);
    await visit.button('Back to conversations').click();
    await visit.page.getByRole('list', { name: 'Conversations' }).waitFor();
    expect(await violations(visit)).toEqual([]);
    await visit.page.goto('about:blank');
    await visit.page.goto(hosted.address(hosted.open, `#externalAuthCode=${hosted.codeOf(hosted.newcomer('Ben'))}`));
    await visit.button(/^Stay signed in/).waitFor();
    expect(await violations(visit)).toEqual([]);
  });

  it('with a refused link, without one, and signed out', async () => {
    const refused = await hosted.visit(hosted.address(hosted.open, '#externalAuthCode=nonsense'), await newBrowser());
    await refused.title.waitFor();
    expect(await violations(refused)).toEqual([]);
    const closed = await hosted.visit(hosted.address(hosted.closed), await newBrowser());
    await closed.title.waitFor();
    expect(await violations(closed)).toEqual([]);
    const left = await hosted.visitAs(hosted.newcomer('Axe'), hosted.open, await newBrowser());
    await left.signOut.click();
    await left.page.getByText('You are signed out.').waitFor();
    expect(await violations(left)).toEqual([]);
  });

  it('with both steps of signing in by e-mail', async () => {
    const browser = await newBrowser({ width: 390, height: 800 });
    await withMail(browser);
    const visit = await hosted.visit(hosted.address(hosted.closed), browser);
    await visit.page.getByRole('textbox', { name: 'Email' }).fill('ana@example.com');
    expect(await violations(visit)).toEqual([]);
    await visit.button('Send code').click();
    await visit.page.getByRole('textbox', { name: 'Code' }).fill('123 456');
    await visit.button('Sign in').click();
    await visit.page.getByRole('alert').getByText('wrong or has expired').waitFor();
    expect(await violations(visit)).toEqual([]);
  });
});
