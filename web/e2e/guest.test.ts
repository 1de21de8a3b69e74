/** The chat as a guest of its page and of its browser: it is in nobody's way, and gets by with what it is given. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InitOptions, Smooch as SmoochAPI } from '../widget/api.ts';
import { browserSkipped, launch } from './browser.ts';
import { Talk } from './rich.ts';
import { Visitor, World } from './world.ts';

declare const Smooch: SmoochAPI;

describe.skipIf(browserSkipped())('a page that one leaves and comes back to', () => {
  const world = World.begin();
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch([], ['--disable-back-forward-cache']);
  });
  afterAll(() => browser?.close());

  /** Goes to another page and back to this one, which the browser has kept as it was; meanwhile something happens. */
  async function leave(page: Page, meanwhile: () => Promise<unknown> = async () => undefined): Promise<void> {
    await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => ((window as unknown as { kept: boolean }).kept = persisted)));
    await page.goto(`${world.company.url}/?elsewhere`);
    await meanwhile();
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction(() => (window as unknown as { kept?: boolean }).kept);
  }

  it('is kept by the browser with a chat that nobody has opened', async () => {
    const visitor = await Visitor.at(world, await browser.newPage(), world.company.page());
    await visitor.launcher.waitFor();
    await leave(visitor.page);
    await visitor.open();
    await visitor.send('hello');
    await visitor.page.close();
  });

  it('is kept with the chat of somebody signed in, which then connects and has what it missed', async () => {
    const talk = await Talk.begin(world);
    const visitor = await Visitor.at(world, await browser.newPage(), world.company.page({ externalId: talk.person, jwt: world.tokenOf(talk.person) }));
    const { page } = visitor;
    // (Of a page that was kept, the tools of this test see the main document only.)
    const said = () => page.evaluate(() => Smooch.getConversations()[0]?.messages.map(({ text }) => text));
    await visitor.began();
    await visitor.open();
    await visitor.send('before');
    await leave(page, () => world.rest.say(talk.id, 'meanwhile'));
    await expect.poll(said).toEqual(['before', 'meanwhile']);
    await page.evaluate(() => Smooch.sendMessage('after'));
    await expect.poll(() => world.rest.texts(talk.id)).toEqual(['before', 'meanwhile', 'after']);
    await page.evaluate(() => Smooch.close());
    await leave(page, () => world.rest.say(talk.id, 'while it was closed'));
    await page.locator('#parlor .badge').getByText('1').waitFor();
    await expect.poll(said).toEqual(['before', 'meanwhile', 'after', 'while it was closed']);
    await visitor.page.close();
  });
});

describe.skipIf(browserSkipped())('a page that is never loaded anew', () => {
  const world = World.begin();

  it('may begin and end the chat as often as it likes, and has nothing left of it', async () => {
    const talk = await Talk.begin(world);
    const visitor = await world.visit(world.company.url);
    const { page } = visitor;
    await page.evaluate(() => Smooch.off());
    const line = await page.context().newCDPSession(page);
    await line.send('Performance.enable');
    const held = async () => {
      await line.send('HeapProfiler.collectGarbage');
      const { metrics } = await line.send('Performance.getMetrics');
      return Object.fromEntries(metrics.filter(({ name }) => ['Documents', 'Frames', 'Nodes', 'JSEventListeners'].includes(name)).map(({ name, value }) => [name, value]));
    };
    const round = async () => {
      await page.evaluate((options) => Smooch.init(options), { integrationId: world.app.integrationId, externalId: talk.person, jwt: world.tokenOf(talk.person) } as InitOptions);
      await visitor.open();
      await talk.post({ type: 'text', text: 'an answer' });
      await visitor.said('an answer').last().waitFor();
      // By the time that it answers, the chat knows that it is closed: what comes then is not read at once.
      await page.evaluate(() => {
        Smooch.close();
        return Smooch.markAllAsRead();
      });
      await talk.post({ type: 'text', text: 'a peek' });
      await page.locator('#parlor .peek').waitFor();
      await page.evaluate(() => Smooch.destroy());
      expect(await page.locator('#parlor, iframe').count()).toBe(0);
    };
    await round();
    await round();
    const before = await held();
    for (let i = 0; i < 4; i++) await round();
    // What is just gone may take its time; what stayed would be four times as much as one chat has.
    await expect
      .poll(async () => {
        const after = await held();
        return Object.entries(before).filter(([what, count]) => (after[what] ?? NaN) > count + 8);
      })
      .toEqual([]);
  }, 60_000);

  it('may change its address under the open chat, and put another body in the place of the one that has the chat', async () => {
    const ana = world.newcomer('ana');
    const visitor = await world.visitAs(ana);
    await visitor.open();
    await visitor.send('on the first page');
    await visitor.page.evaluate(() => history.pushState({}, '', '/?second'));
    await visitor.send('on the second');
    await visitor.page.evaluate(() => {
      const body = document.createElement('body');
      body.append(document.createElement('main'));
      document.body = body;
    });
    expect(await visitor.page.locator('#parlor').count()).toBe(0);
    await visitor.page.evaluate((options) => (Smooch.destroy(), Smooch.init(options)), { integrationId: world.app.integrationId, externalId: ana, jwt: world.tokenOf(ana) } as InitOptions);
    await visitor.open();
    await visitor.said('on the second').waitFor();
    expect(await visitor.page.locator('#parlor').count()).toBe(1);
  });
});

describe.skipIf(browserSkipped())('a browser', () => {
  const world = World.begin();

  it('that fills forms in knows the fields of name and address, and leaves the composer alone', async () => {
    const visitor = await world.visit(world.company.page({ prechatCapture: { enabled: true } }));
    await visitor.launcher.click();
    const field = (name: string) => visitor.chat.getByRole('textbox', { name });
    expect(await field('Name').getAttribute('autocomplete')).toBe('name');
    expect(await field('E-mail').getAttribute('autocomplete')).toBe('email');
    expect(await field('E-mail').getAttribute('type')).toBe('email');
    await field('Name').fill('Ana');
    await field('E-mail').fill('ana@example.com');
    await field('E-mail').press('Enter');
    await visitor.composer.waitFor();
    expect(await visitor.composer.evaluate((composer) => [composer.tagName, composer.getAttribute('name'), composer.id])).toEqual(['TEXTAREA', null, '']);
    expect(await visitor.chat.locator('input').count()).toBe(0);
  });

  it('that gives frames of other sites no storage at all lets people chat, and the history comes back with the token', async () => {
    const ana = world.newcomer('ana');
    const context = await world.newBrowser();
    await context.addInitScript(() => {
      if (window === window.top) return;
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('Access is denied for this document.', 'SecurityError');
          },
        });
      }
    });
    const visitor = await world.visitAs(ana, context);
    await visitor.open();
    await visitor.write('kept on the server');
    await visitor.chat.getByText(/^Delivered/).waitFor();
    await visitor.page.reload();
    await visitor.began();
    await visitor.open();
    await visitor.said('kept on the server').waitFor();
    await visitor.write('and on');
    await visitor.chat.getByText(/^Delivered/).waitFor();
    const [conversation] = await world.rest.conversationsOf(ana);
    expect(await world.rest.texts(conversation?.id ?? '')).toEqual(['kept on the server', 'and on']);
  });

  it('shows the same in all its tabs: who is signed in, what is said, what is read, what is half written', async () => {
    const talk = await Talk.begin(world);
    const one = await world.visit();
    await one.began();
    await one.open();
    const two = await world.visit(world.company.page(), one.page.context());
    await two.began();
    await two.open();
    await one.login(talk.person);
    await two.untilUser(talk.person);
    await one.send('from the first tab');
    await two.said('from the first tab').waitFor();
    await two.chat.getByRole('button', { name: 'Close chat' }).click();
    await one.chat.getByRole('button', { name: 'Close chat' }).click();
    await world.rest.say(talk.id, 'an answer');
    for (const tab of [one, two]) await tab.page.locator('#parlor .badge').getByText('1').waitFor();
    await one.open();
    await expect.poll(() => two.page.locator('#parlor .badge').isHidden()).toBe(true);
    await one.composer.fill('half a sen');
    await two.page.reload();
    await two.untilUser(talk.person);
    await two.open();
    await expect.poll(() => two.composer.inputValue()).toBe('half a sen');
  });
});
