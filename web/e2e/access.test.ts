/** The chat without a mouse, without room, without light, and read by a program. */
import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Smooch as SmoochAPI } from '../widget/api.ts';
import { violations } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

declare const Smooch: SmoochAPI;

const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3);

describe.skipIf(browserSkipped())('by keyboard alone', () => {
  const world = World.begin();

  /** The name of what has the focus, in the page or in the chat; '' where nothing has it. */
  async function focused({ page, frame }: Visitor): Promise<string> {
    const name = () => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      if (!element || element === document.body) return '';
      return element.tagName === 'IFRAME' ? 'the frame' : (element.getAttribute('aria-label') ?? element.textContent ?? '').trim();
    };
    const outside = await page.evaluate(name);
    return outside === 'the frame' ? frame.evaluate(name) : outside;
  }

  /** Presses the key until the focus is on what has the name. */
  async function walkTo(visitor: Visitor, name: string | RegExp, key = 'Tab'): Promise<void> {
    const passed: string[] = [];
    for (let steps = 0; steps < 12; steps++) {
      await visitor.page.keyboard.press(key);
      const at = await focused(visitor);
      if (typeof name === 'string' ? at === name : name.test(at)) return;
      passed.push(at);
    }
    throw new Error(`${key} does not lead to ${String(name)}, but over ${passed.join(', ')}`);
  }

  it('one opens, writes, reads the list, begins anew and closes; the focus returns to the launcher', async () => {
    const kay = world.newcomer('kay');
    const visitor = await world.visitAs(kay);
    const { keyboard } = visitor.page;
    await walkTo(visitor, 'Open chat');
    await keyboard.press('Enter');
    await expect.poll(() => focused(visitor)).toBe('Message');
    await keyboard.type('by keyboard');
    await keyboard.press('Enter');
    await visitor.said('by keyboard').waitFor();
    await visitor.settled();
    await expect.poll(() => focused(visitor)).toBe('Message');
    await keyboard.type('with the button');
    await walkTo(visitor, 'Send');
    await keyboard.press('Space');
    await visitor.said('with the button').waitFor();
    await expect.poll(() => focused(visitor)).toBe('Message');
    await walkTo(visitor, 'Messages', 'Shift+Tab');
    await walkTo(visitor, 'Back to conversations', 'Shift+Tab');
    await keyboard.press('Enter');
    await visitor.chat.getByRole('list', { name: 'Conversations' }).waitFor();
    await walkTo(visitor, 'New conversation');
    await keyboard.press('Enter');
    await expect.poll(() => focused(visitor)).toBe('Message');
    await keyboard.type('a second conversation');
    await keyboard.press('Enter');
    await visitor.said('a second conversation').waitFor();
    await visitor.settled();
    await walkTo(visitor, 'Back to conversations', 'Shift+Tab');
    await keyboard.press('Enter');
    await walkTo(visitor, /with the button/);
    await keyboard.press('Enter');
    await visitor.said('by keyboard').waitFor();
    await expect.poll(() => focused(visitor)).toBe('Message');
    await keyboard.press('Escape');
    await expect.poll(() => focused(visitor)).toBe('Open chat');
    expect(await visitor.page.evaluate(() => Smooch.isOpened())).toBe(false);
    await keyboard.press('Space');
    await expect.poll(() => focused(visitor)).toBe('Message');
    await walkTo(visitor, 'Close chat', 'Shift+Tab');
    await keyboard.press('Enter');
    await expect.poll(() => focused(visitor)).toBe('Open chat');
    expect(await world.rest.conversationsOf(kay)).toHaveLength(2);
  });

  it('one never loses the focus when the view changes', async () => {
    const visitor = await world.visitAs(world.newcomer('kay'));
    await visitor.open();
    await visitor.send('hello');
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).focus();
    await visitor.page.keyboard.press('Enter');
    await visitor.chat.getByRole('list', { name: 'Conversations' }).waitFor();
    await expect.poll(() => focused(visitor)).not.toBe('');
  });

  it('one is not held in the closed chat', async () => {
    const visitor = await world.visitAs(world.newcomer('kay'));
    await visitor.open();
    await visitor.page.keyboard.press('Escape');
    await expect.poll(() => focused(visitor)).toBe('Open chat');
    await visitor.page.keyboard.press('Shift+Tab');
    expect(await focused(visitor)).toBe('First plant');
  });
});

describe.skipIf(browserSkipped())('on a phone', () => {
  const world = World.begin();

  async function visit(width: number, height: number): Promise<Visitor> {
    const phone = await world.newBrowser({ viewport: { width, height }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
    return world.visitAs(world.newcomer('pia'), phone);
  }

  /** What sticks out of the window at either side, or makes it scroll sideways. */
  function overflow(frame: Frame): Promise<string[]> {
    return frame.evaluate(() => {
      const wide = document.documentElement.scrollWidth > innerWidth ? [`the document: ${document.documentElement.scrollWidth} px`] : [];
      for (const element of document.querySelectorAll('body *')) {
        const { left, right, width } = element.getBoundingClientRect();
        if (width > 1 && (left < -1 || right > innerWidth + 1)) wide.push(`${element.tagName}.${element.getAttribute('class')}: ${left} to ${right}`);
      }
      return wide;
    });
  }

  it('it fills the screen, and the page behind it keeps still', async () => {
    const visitor = await visit(390, 844);
    await visitor.launcher.tap();
    await visitor.composer.waitFor();
    const box = visitor.page.locator('iframe[title="Chat"]');
    await expect.poll(async () => Object.values((await box.boundingBox()) ?? {}).map(Math.round)).toEqual([0, 0, 390, 844]);
    expect(await visitor.page.evaluate(() => getComputedStyle(document.documentElement).overflow)).toBe('hidden');
    await visitor.composer.fill('from the tram');
    await visitor.chat.getByRole('button', { name: 'Send' }).tap();
    await visitor.said('from the tram').waitFor();
    await visitor.chat.getByRole('button', { name: 'Close chat' }).tap();
    await visitor.launcher.waitFor();
    expect(await visitor.page.evaluate(() => getComputedStyle(document.documentElement).overflow)).toBe('visible');
  });

  it.each([390, 320])('nothing sticks out at %i px, whatever people write', async (width) => {
    const visitor = await visit(width, 640);
    const ana = (await visitor.user()).externalId ?? '';
    const { id } = await world.rest.createConversation(ana, { displayName: longWord.slice(0, 100), description: longWord.slice(0, 100) });
    await world.rest.say(id, `${longWord} https://example.com/${longWord}?q=${longWord}`, { displayName: longWord.slice(0, 128) });
    await visitor.launcher.tap();
    await visitor.composer.waitFor();
    await visitor.write(longWord);
    await visitor.settled();
    await visitor.composer.fill(`${longWord}\n`.repeat(9));
    const inChat = await overflow(visitor.frame);
    expect(await visitor.chat.getByRole('button', { name: 'Send' }).isVisible()).toBe(true);
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).tap();
    await visitor.chat.getByRole('list', { name: 'Conversations' }).waitFor();
    const inList = await overflow(visitor.frame);
    await visitor.chat.getByRole('button', { name: 'Close chat' }).tap();
    await world.rest.say(id, longWord, { displayName: longWord.slice(0, 128) });
    await visitor.page.locator('#parlor .peek').waitFor();
    const onPage = await visitor.page.evaluate(() => {
      const peek = document.querySelector('#parlor')?.shadowRoot?.querySelector('.peek')?.getBoundingClientRect();
      return peek && peek.left >= 0 && peek.right <= innerWidth && document.documentElement.scrollWidth <= innerWidth ? [] : [`peek: ${JSON.stringify(peek)}`];
    });
    expect({ inChat, inList, onPage }).toEqual({ inChat: [], inList: [], onPage: [] });
  });

  it('all that one taps has room for a finger', async () => {
    const visitor = await visit(390, 844);
    await visitor.launcher.tap();
    await visitor.write('hello');
    await visitor.settled();
    const small = () =>
      visitor.frame.evaluate(() =>
        [...document.querySelectorAll('button, textarea, input')].flatMap((element) => {
          const { width, height } = element.getBoundingClientRect();
          return width > 0 && (width < 44 || height < 44) ? [`${element.getAttribute('aria-label') ?? element.textContent}: ${width} × ${height}`] : [];
        }),
      );
    expect(await small()).toEqual([]);
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).tap();
    await visitor.chat.getByRole('list', { name: 'Conversations' }).waitFor();
    expect(await small()).toEqual([]);
  });
});

describe.skipIf(browserSkipped()).each(['light', 'dark'] as const)('axe finds no fault in the %s theme', (colorScheme) => {
  const world = World.begin();

  /** With reduced motion, so that nothing is judged half faded in. */
  async function visit(): Promise<Visitor> {
    const browser = await world.newBrowser({ colorScheme, reducedMotion: 'reduce', bypassCSP: true });
    return world.visitAs(world.newcomer('axe'), browser);
  }

  it('launcher, with what is unread and the first lines of it', async () => {
    const visitor = await visit();
    expect(await violations(visitor.page, '#parlor')).toEqual([]);
    const { id } = await world.rest.createConversation((await visitor.user()).externalId ?? '');
    await world.rest.say(id, 'an answer');
    await visitor.page.locator('#parlor .peek').waitFor();
    expect(await violations(visitor.page, '#parlor')).toEqual([]);
    await visitor.open();
    expect(await violations(visitor.page, '#parlor')).toEqual([]);
  });

  it('welcome, chat, typing, list', async () => {
    const visitor = await visit();
    await visitor.open();
    expect(await violations(visitor.frame)).toEqual([]);
    await visitor.send('see https://example.com/x');
    const id = (await visitor.conversations())[0]?.id ?? '';
    await world.rest.say(id, 'an answer with https://example.com/y', { subtypes: ['AI'] });
    await visitor.log.getByText('an answer with').waitFor();
    await world.rest.sign(id, 'conversation:read');
    await visitor.chat.getByText(/^Seen/).waitFor();
    await world.rest.sign(id, 'typing:start');
    await visitor.chat.getByText('Kim is writing').waitFor({ state: 'attached' });
    expect(await violations(visitor.frame)).toEqual([]);
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    await visitor.chat.getByRole('list', { name: 'Conversations' }).waitFor();
    await world.rest.say(id, 'unread');
    await visitor.chat.getByRole('list').getByText('1 unread').waitFor({ state: 'attached' });
    expect(await violations(visitor.frame)).toEqual([]);
  });

  it('a message that is too long, one that was refused, one that waits for the connection', async () => {
    const visitor = await visit();
    await visitor.open();
    await visitor.composer.fill('x'.repeat(4_100));
    await visitor.chat.getByText('Too long by').waitFor();
    expect(await violations(visitor.frame)).toEqual([]);
    await visitor.composer.fill('');
    const refused = await visitor.page.evaluate(() =>
      Smooch.sendMessage({ text: 'too much beside', metadata: { much: 'x'.repeat(5_000) } }).then(
        () => undefined,
        (error: unknown) => (error as { status: number }).status,
      ),
    );
    expect(refused).toBe(400);
    await visitor.chat.getByText('Not sent.').waitFor();
    expect(await violations(visitor.frame)).toEqual([]);
    world.wire.cut();
    await visitor.write('later');
    await visitor.chat.getByText('Waiting for the connection').waitFor();
    await visitor.chat.getByText(/No connection/).waitFor();
    expect(await violations(visitor.frame)).toEqual([]);
  });

  it('the session has ended', async () => {
    const visitor = await visit();
    const ana = world.newcomer('ana');
    await visitor.login(ana, world.tokenOf(ana, 3));
    await visitor.open();
    await visitor.send('as long as it lasts');
    await visitor.untilEnded();
    expect(await violations(visitor.frame)).toEqual([]);
  });

  it('the chat cannot be used', async () => {
    const visitor = await visit();
    await visitor.page.context().routeWebSocket('**/socket', (socket) => socket.close({ code: 4403 }));
    await visitor.page.goto(world.company.page());
    await visitor.launcher.click();
    await visitor.chat.getByRole('alert').waitFor();
    expect(await violations(visitor.frame)).toEqual([]);
  });
});
