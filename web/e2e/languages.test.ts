/** The messenger in eight languages: which one, whole, with room for its words, in letters that are there. */
import type { BrowserContext } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { Hosted } from './hosted.ts';
import { cutOff, englishIn, languages, pageTextsOf, shapeless, textsOf } from './languages.ts';
import type { Language } from './languages.ts';
import type { Visitor } from './world.ts';
import { World } from './world.ts';

/** Letters, digits and signs that are of no language. */
const words = '0123456789';
const widths = [320, 392];

describe.skipIf(browserSkipped())('the messenger', () => {
  const world = World.begin();

  async function visit(language: string, options: object = {}, browser?: BrowserContext): Promise<Visitor> {
    const person = world.newcomer('lea');
    const visitor = await world.visit(world.company.page({ externalId: person, jwt: world.tokenOf(person), locale: language, ...options }), browser);
    await visitor.began();
    return visitor;
  }

  /** What is wrong in this state, at each width. */
  async function faults(visitor: Visitor, language: Language): Promise<string[]> {
    const found = await englishIn(visitor.frame, language);
    for (const width of widths) {
      await visitor.page.setViewportSize({ width, height: 640 });
      await visitor.frame.waitForFunction((wanted) => innerWidth === wanted, width);
      found.push(...(await cutOff(visitor.frame)).map((fault) => `${width} px: ${fault}`));
    }
    return found;
  }

  it.each(languages)('says in %s all that it says, in its whole length', { timeout: 60_000 }, async (language) => {
    const texts = await textsOf(language);
    const browser = await world.newBrowser({ viewport: { width: 392, height: 640 }, reducedMotion: 'reduce' });
    const visitor = await visit(language, {}, browser);
    const { page } = visitor;
    const found: Record<string, string[]> = {};

    await page.getByRole('button', { name: texts.open, exact: true }).click();
    const view = page.frameLocator(`iframe[title="${texts.title}"]`);
    const composer = view.getByRole('textbox', { name: texts.composer, exact: true });
    await view.getByRole('button', { name: texts.starterPerson }).waitFor();
    found['welcome'] = await faults(visitor, language);

    await composer.fill('x'.repeat(4_000));
    found['nearly too long'] = await faults(visitor, language);
    await composer.fill('x'.repeat(9_000));
    found['too long'] = await faults(visitor, language);

    await composer.fill(words);
    await view.getByRole('button', { name: texts.sendButtonText, exact: true }).click();
    await view.getByText(texts.messageDelivered).waitFor();
    const id = (await visitor.conversations())[0]?.id ?? '';
    await world.rest.say(id, words, { subtypes: ['AI'] });
    await view.getByRole('log').getByText(words).nth(1).waitFor();
    found['conversation'] = await faults(visitor, language);
    await world.rest.sign(id, 'conversation:read');
    await view.getByText(texts.messageSeenAt.split('{')[0] as string).waitFor();
    found['seen'] = await faults(visitor, language);

    await view.getByRole('button', { name: texts.back, exact: true }).click();
    await view.getByRole('list', { name: texts.conversationListHeaderText }).waitFor();
    found['list'] = await faults(visitor, language);
    await view.getByRole('listitem').getByRole('button').click();

    await world.rest.call('POST', `/conversations/${id}/messages`, {
      author: { type: 'business', displayName: 'Kim' },
      content: { type: 'form', blockChatInput: true, fields: [{ type: 'email', name: 'a', label: words }, { type: 'select', name: 'b', label: words, options: [{ name: 'c', label: words }] }] },
    });
    await view.getByRole('button', { name: texts.formSubmit, exact: true }).click();
    await view.getByText(texts.formErrorEntryRequired).first().waitFor();
    found['form'] = await faults(visitor, language);

    world.wire.cut();
    await view.getByText(texts.couldNotConnect).waitFor();
    found['offline'] = await faults(visitor, language);
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((state) => [state, []])));
  });

  it.each(['ar', 'ja', 'zh'] as const)('has a shape for each letter of %s', async (language) => {
    const { page } = await visit(language);
    const all = Object.values({ ...(await textsOf(language)), ...(await pageTextsOf(language)) }).map(String);
    expect(await shapeless(page, all.join(''))).toEqual([]);
  });

  it('stands mirrored in Arabic, on a page that runs the other way, with the launcher on its side', async () => {
    const texts = await textsOf('ar');
    // (A click at a window that is still rising may miss what it is meant for.)
    const visitor = await visit('ar', {}, await world.newBrowser({ reducedMotion: 'reduce' }));
    const { page } = visitor;
    const launcher = page.getByRole('button', { name: texts.open, exact: true });
    expect((await launcher.boundingBox())?.x).toBeGreaterThan(900);
    await launcher.click();
    const view = page.frameLocator(`iframe[title="${texts.title}"]`);
    await view.getByRole('textbox', { name: texts.composer }).fill(words);
    await view.getByRole('button', { name: texts.sendButtonText, exact: true }).click();
    await view.getByText(texts.messageDelivered).waitFor();
    const id = (await visitor.conversations())[0]?.id ?? '';
    await world.rest.say(id, words);
    await view.locator('.theirs .bubble').waitFor();
    const sides = await visitor.frame.evaluate(() => {
      const middle = (selector: string) => {
        const { left, right } = (document.querySelector(selector) as Element).getBoundingClientRect();
        return (left + right) / 2 < innerWidth / 2 ? 'left' : 'right';
      };
      const { lang, dir } = document.documentElement;
      const points = getComputedStyle(document.querySelector('.icon-back') as Element).transform;
      const { direction } = getComputedStyle(document.querySelector('textarea') as Element);
      return { lang, dir, direction, own: middle('.own .bubble'), theirs: middle('.theirs .bubble'), back: middle('.icon-back'), close: middle('.icon-close'), send: middle('.send'), points };
    });
    expect(sides).toEqual({ lang: 'ar-EG-u-nu-latn', dir: 'rtl', direction: 'rtl', own: 'left', theirs: 'right', back: 'right', close: 'left', send: 'left', points: 'matrix(-1, 0, 0, 1, 0, 0)' });
  });

  it('runs from left to right in German, also on a page that does not', async () => {
    const visitor = await world.visit(world.company.page({ locale: 'de' }, 'dir=rtl'));
    await visitor.page.getByRole('button', { name: 'Open chat' }).click();
    await visitor.page.frameLocator('iframe').getByText('Hallo!').waitFor();
    expect(await visitor.frame.evaluate(() => document.documentElement.dir)).toBe('ltr');
  });

  it.each([
    ['the option', { locale: 'de-AT' }, 'lang=fr', ['es-ES'], 'Hallo!', 'de-AT'],
    ['the page', {}, 'lang=fr', ['es-ES'], 'Bonjour !', 'fr-FR'],
    ['the browser', {}, 'lang=', ['it-IT', 'pt-PT', 'es-ES'], 'Olá!', 'pt-PT'],
    ['a region', { locale: 'zh-TW' }, '', ['es-ES'], '您好！', 'zh-Hans-TW'],
    ['an underscore', { locale: 'en_US' }, 'lang=fr', ['es-ES'], 'Hello!', 'en-US'],
    ['nonsense', { locale: 'constructor' }, 'lang=fr', ['es-ES'], 'Hello!', 'en-US'],
    ['a language that it has not', { locale: 'it' }, 'lang=fr', ['es-ES'], 'Hello!', 'en-IT'],
  ])('is in the language of %s', async (_, options, query, wanted, greeting, locale) => {
    const browser = await world.newBrowser();
    await browser.addInitScript((list) => Object.defineProperty(navigator, 'languages', { get: () => list }), wanted);
    const visitor = await world.visit(world.company.page(options, query), browser);
    await visitor.launcher.click();
    await visitor.page.frameLocator('iframe').getByText(greeting, { exact: true }).waitFor();
    expect(await visitor.frame.evaluate(() => document.documentElement.lang)).toBe(locale);
  });

  it('shows nothing in another language before its own is there', async () => {
    const browser = await world.newBrowser();
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const asked = new Promise<void>((resolve) => {
      void browser.route('**/later-de-*', async (route) => {
        resolve();
        await held;
        await route.continue();
      });
    });
    const visitor = await world.visit(world.company.page({ locale: 'de' }), browser);
    await visitor.launcher.click();
    await asked;
    expect(await visitor.frame.evaluate(() => document.body.innerText)).toBe('');
    answer();
    await visitor.page.frameLocator('iframe[title="Chat"]').getByText('Hallo!').waitFor();
    // What the page said meanwhile was not lost: the chat is open, and one can write.
    await visitor.page.getByRole('button', { name: 'Chat schließen' }).first().waitFor();
    expect(await visitor.frame.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Nachricht');
  });

  it.each(['later-de-', 'later-speech-'])('is in English where %s cannot be fetched', async (part) => {
    const browser = await world.newBrowser();
    await browser.route(`**/${part}*`, (route) => route.abort());
    const visitor = await world.visit(world.company.page({ locale: 'de' }), browser);
    await visitor.open();
    await visitor.chat.getByText('Hello!').waitFor();
  });

  it('calls launcher and peek by names of its language, and by those of the page', async () => {
    const visitor = await visit('de', { customText: { open: 'Frag Fernhill', inputPlaceholder: 'Was gibt es?' } });
    const { page } = visitor;
    await page.getByRole('button', { name: 'Frag Fernhill' }).waitFor();
    const { id } = await world.rest.createConversation((await visitor.user()).externalId ?? '');
    await world.rest.say(id, 'Guten Tag');
    await page.getByRole('button', { name: 'Ausblenden' }).click();
    await page.getByRole('button', { name: 'Frag Fernhill' }).click();
    await page.frameLocator('iframe').getByPlaceholder('Was gibt es?').waitFor();
    await page.locator('#parlor').getByRole('button', { name: 'Chat schließen' }).click();
    await page.getByRole('button', { name: 'Frag Fernhill' }).waitFor();
  });

  it('honours the documented formats of dates, and what errors begin with', async () => {
    const formats = { messageTimestampFormat: '[um] HH[h]mm', conversationTimestampHeaderFormat: 'YYYY/MM/DD', errorPrefix: 'Oh! ', messageTooLongError: 'At most {size}, {characters} less.' };
    const visitor = await visit('en', { customText: formats });
    await visitor.open();
    await visitor.composer.fill('x'.repeat(4_100));
    await visitor.chat.getByText('Oh! At most 4096, 4 less.').waitFor();
    await visitor.composer.fill('');
    await visitor.send(words);
    await visitor.chat.getByText(/^Delivered · um \d\dh\d\d$/).waitFor();
    await visitor.log.getByText(/^\d{4}\/\d\d\/\d\d$/).waitFor();
  });

  it('has in the list who sent what, in the words of the page where it has any', async () => {
    const visitor = await visit('de', { customText: { conversationListPreviewImageText: '{user} schickt ein Foto' } });
    const person = (await visitor.user()).externalId ?? '';
    const previews = async (content: object) => {
      const { id } = await world.rest.createConversation(person);
      await world.rest.call('POST', `/conversations/${id}/messages`, { author: { type: 'business', displayName: 'Kim' }, content });
    };
    await previews({ type: 'form', fields: [{ type: 'text', name: 'a', label: words }] });
    await previews({ type: 'image', mediaUrl: 'https://cdn.shop.example/a.png' });
    await visitor.page.getByRole('button', { name: 'Chat öffnen' }).click();
    const view = visitor.page.frameLocator('iframe');
    await view.getByRole('button', { name: 'Zurück zu den Unterhaltungen' }).click();
    await view.getByText('Kim schickt ein Foto', { exact: true }).waitFor();
    await view.getByText('Kim: Fragen an Sie', { exact: true }).waitFor();
  });

  it('says each new message once to screen readers, with who wrote it, and no older one', async () => {
    const announcements = { supportSays: '{author} writes:', sentImage: 'A picture of {author}!' };
    const visitor = await visit('en', { customScreenReaderAnnouncement: announcements });
    const { id } = await world.rest.createConversation((await visitor.user()).externalId ?? '');
    for (let i = 0; i < 30; i++) await world.rest.say(id, `older ${i}`);
    await visitor.open();
    await visitor.said('older 29').waitFor();
    await visitor.frame.waitForFunction(() => document.querySelector('body > [aria-live=polite]'));
    await visitor.frame.evaluate(() => {
      const heard: string[] = ((window as unknown as { announced: string[] }).announced = []);
      const region = document.querySelector('body > [aria-live=polite]') as Element;
      new MutationObserver((all) => all.forEach(({ addedNodes }) => addedNodes.forEach((node) => heard.push(node.textContent ?? '')))).observe(region, { childList: true });
    });
    await visitor.send('my own words');
    await world.rest.say(id, 'hello');
    await visitor.said('hello').waitFor();
    await world.rest.call('POST', `/conversations/${id}/messages`, { author: { type: 'business', displayName: 'Kim' }, content: { type: 'image', mediaUrl: 'https://cdn.shop.example/a.png', altText: 'A fern' } });
    await visitor.log.getByText('A fern').waitFor();
    const announced = await visitor.frame.evaluate(() => (window as unknown as { announced: string[] }).announced);
    expect(announced).toEqual(['Kim writes: hello', 'A picture of Kim! A fern']);
    expect(await visitor.log.getAttribute('aria-live')).toBe('off');
  });
});

describe.skipIf(browserSkipped())('the hosted page', () => {
  const hosted = Hosted.begin();

  it.each(languages)('says in %s all that it says, in its whole length', { timeout: 60_000 }, async (language) => {
    const [texts, around] = [await textsOf(language), await pageTextsOf(language)];
    const browser = await hosted.newBrowser({ locale: language, viewport: { width: 392, height: 640 }, reducedMotion: 'reduce' });
    const { page } = await hosted.visit(hosted.address(hosted.closed), browser);
    const found: Record<string, string[]> = {};
    const look = async (state: string) => {
      found[state] = await englishIn(page, language);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 640 });
        found[state].push(...(await cutOff(page)).map((fault) => `${width} px: ${fault}`));
      }
    };
    await page.getByRole('heading', { name: around.closedTitle }).waitFor();
    await look('closed');
    await page.goto('about:blank');
    await page.goto(hosted.address(hosted.open, '#externalAuthCode=no.such.code'));
    await page.getByRole('heading', { name: around.invalidTitle }).waitFor();
    await look('invalid link');
    await page.goto('about:blank');
    const person = { ...hosted.newcomer('K'), name: 'Kim' };
    await page.goto(hosted.address(hosted.open, `#externalAuthCode=${hosted.codeOf(person)}`));
    await page.getByRole('button', { name: around.signOut, exact: true }).waitFor();
    await page.getByRole('textbox', { name: texts.composer, exact: true }).waitFor();
    await look('messenger');
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(language === 'ar' ? 'rtl' : 'ltr');
    expect(found).toEqual({ closed: [], 'invalid link': [], messenger: [] });
  });
});
