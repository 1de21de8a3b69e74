/** What `Smooch.init` can be told, on the page of a company with the strictest policy. */
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Smooch as SmoochAPI } from '../widget/api.ts';
import { browserSkipped } from './browser.ts';
import { tokenOf } from './company.ts';
import { Host } from './host.ts';
import type { Tab } from './host.ts';

declare const Smooch: SmoochAPI;

/** One orange dot. */
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP438AAAAQBAYArTiuMAAAAAElFTkSuQmCC', 'base64');

describe.skipIf(browserSkipped())('Smooch.init', () => {
  const host = Host.begin();

  async function begin(options: object, browser?: BrowserContext): Promise<Tab> {
    const context = browser ?? (await host.newBrowser());
    await context.route('**/*.png', (route) => (route.request().url().includes('broken') ? route.fulfill({ status: 404 }) : route.fulfill({ contentType: 'image/png', body: picture })));
    const tab = await host.visit(host.page(`<script src="${host.parlor.url}/smooch.js"></script>`, '<div id="place"></div>'), context);
    await tab.page.evaluate((given) => Smooch.init(given as never), { integrationId: host.app.integrationId, ...options });
    return tab;
  }

  const phone = () => host.browser.newContext({ viewport: { width: 390, height: 760 } });
  const boxOf = async (page: Page, selector: string) => {
    const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator(selector).boundingBox()) ?? {};
    return { left: Math.round(x), top: Math.round(y), right: Math.round(x + width), bottom: Math.round(y + height) };
  };

  it('draws a labelled tab at the edge of the window, and a bar on a phone', async () => {
    const tab = await begin({ displayStyle: 'tab', businessName: 'Fernhill plants' });
    const launcher = tab.page.getByRole('button', { name: 'Open chat: Fernhill plants' });
    await launcher.waitFor();
    expect(await boxOf(tab.page, '#parlor .launcher')).toEqual({ left: 820, top: 772, right: 1080, bottom: 820 });
    await launcher.click();
    await tab.composer.waitFor();
    await expect.poll(async () => (await boxOf(tab.page, '#parlor .panel')).bottom).toBe(760);

    const context = await phone();
    const small = await begin({ displayStyle: 'tab', customText: { headerText: 'How can we help?' } }, context);
    await small.page.getByRole('button', { name: 'Open chat: How can we help?' }).waitFor();
    await expect.poll(() => boxOf(small.page, '#parlor .launcher')).toEqual({ left: 0, top: 712, right: 390, bottom: 760 });
    await context.close();
  });

  it('stands as far from the corner as the page says, and not on paper', async () => {
    const tab = await begin({});
    await tab.page.evaluate(() => {
      document.documentElement.style.setProperty('--parlor-bottom', '60px');
      document.documentElement.style.setProperty('--parlor-side', '40px');
    });
    expect(await boxOf(tab.page, '#parlor .launcher')).toEqual({ left: 1004, top: 684, right: 1060, bottom: 740 });
    await tab.open();
    await expect.poll(() => boxOf(tab.page, '#parlor .panel')).toMatchObject({ right: 1060, bottom: 670 });
    const other = await begin({});
    await other.page.emulateMedia({ media: 'print' });
    expect(await other.page.locator('#parlor .launcher').isVisible()).toBe(false);
  });

  it('draws the launcher with an icon and in a size of the page, and the plain one where the icon is broken', async () => {
    const tab = await begin({ buttonIconUrl: '/icon.png', buttonWidth: '80px', buttonHeight: 90 });
    await expect.poll(() => boxOf(tab.page, '#parlor .launcher')).toEqual({ left: 1000, top: 710, right: 1080, bottom: 800 });
    expect(await tab.page.locator('#parlor .launcher img').evaluate((icon: HTMLImageElement) => icon.naturalWidth)).toBe(1);
    await tab.launcher.click();
    await tab.composer.waitFor();
    await expect.poll(async () => (await boxOf(tab.page, '#parlor .panel')).bottom).toBe(696);

    const broken = await begin({ buttonIconUrl: '/broken.png' });
    await expect.poll(() => broken.page.locator('#parlor .launcher > *').evaluateAll((all) => all.map(({ tagName }) => tagName))).toEqual(['svg', 'svg']);
  });

  it('keeps the introduction above the messages, with the icon that the page can read', async () => {
    const tab = await begin({ fixedHeader: true, businessName: 'Fernhill plants', businessIconUrl: '/face.png' });
    await tab.open();
    await tab.send('hello');
    const introduction = tab.chat.locator('.introduction');
    expect(await introduction.innerText()).toContain('Ask us anything.');
    expect(await tab.chat.locator('.header img').evaluate((icon: HTMLImageElement) => icon.naturalWidth)).toBe(1);
    const [above, log] = await Promise.all([introduction.boundingBox(), tab.chat.locator('.scroller').boundingBox()]);
    expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(log?.y ?? 0);

    const other = await begin({ fixedHeader: true, businessIconUrl: '/broken.png' });
    await other.open();
    expect(await other.chat.locator('.header .avatar').innerText()).toBe('F');
  });

  it.each([false, true])('lets the tiled picture of the page be seen behind the messages (embedded: %s)', async (embedded) => {
    const tab = await begin({ backgroundImageUrl: '/tile.png', embedded });
    if (embedded) await tab.page.evaluate(() => Smooch.render(document.getElementById('place') as HTMLElement));
    else await tab.open();
    await tab.composer.waitFor();
    const behind = tab.page.locator(embedded ? '#place > div' : '#parlor .panel');
    expect(await behind.evaluate((box) => getComputedStyle(box).backgroundImage)).toContain('/tile.png');
    // The dot of the picture is repeated all over: it is the colour of the middle of the messages.
    const frame = await tab.page.locator('iframe[title="Chat"]').boundingBox();
    const shot = await tab.page.screenshot({ clip: { x: (frame?.x ?? 0) + 30, y: (frame?.y ?? 0) + (frame?.height ?? 0) - 110, width: 4, height: 4 } });
    const colour = await tab.page.evaluate(async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const context = new OffscreenCanvas(4, 4).getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.drawImage(bitmap, 0, 0);
      return [...context.getImageData(1, 1, 1, 1).data];
    }, [...shot]);
    expect(colour.slice(0, 3)).not.toEqual([255, 255, 255]);
  });

  it('takes what concerns other channels, and says once that it has no effect', async () => {
    const context = await host.newBrowser();
    const notes: string[] = [];
    context.on('console', (message) => message.type() === 'info' && notes.push(message.text()));
    const ignored = { integrationOrder: [], notificationChannelPromptEnabled: false, region: 'eu-1', configBaseUrl: 'https://x.zendesk.com/sc/', authCode: 'x' };
    const tab = await begin(ignored, context);
    await tab.page.evaluate((given) => (Smooch.destroy(), Smooch.init(given as never)), { integrationId: host.app.integrationId, ...ignored });
    expect(notes).toEqual(Object.keys(ignored).map((name) => `Parlor: the option ${name} has no effect.`));
    expect(await tab.page.getByRole('button', { name: 'Open chat' }).count()).toBe(1);
  });

  describe('rings', () => {
    /** A browser that counts the notes which its tabs play: two make a sound. */
    async function listening(): Promise<{ context: BrowserContext; notes: string[] }> {
      const context = await host.newBrowser();
      const notes: string[] = [];
      await context.exposeBinding('heard', ({ page }) => notes.push(page.url()));
      await context.addInitScript(() => {
        const { start } = OscillatorNode.prototype;
        OscillatorNode.prototype.start = function (...args) {
          (window as unknown as { heard(): void }).heard();
          start.apply(this, args);
        };
      });
      return { context, notes };
    }

    const conversationOf = (tab: Tab) => tab.page.evaluate(() => Smooch.getConversations()[0]?.id ?? '');

    it('once for a burst of answers, in one of the tabs, while the chat is closed, and not when it was switched off', async () => {
      const { context, notes } = await listening();
      const tab = await begin({}, context);
      await tab.open();
      await tab.send('hello');
      const other = await begin({}, context);
      await other.page.getByRole('heading').click();
      const id = await conversationOf(tab);
      await host.rest.say(id, 'in view');
      await tab.said('in view').waitFor();
      await tab.chat.getByRole('button', { name: 'Close chat' }).click();
      await expect.poll(() => other.page.locator('#parlor .peek').count()).toBe(1);
      const before = notes.length;
      expect(new Set(notes)).toEqual(new Set(before ? [other.page.url()] : []));
      await tab.page.waitForTimeout(3_100); // as long as a burst may last
      for (const text of ['one', 'two', 'three']) await host.rest.say(id, text);
      await expect.poll(() => notes.length).toBe(before + 2);
      await tab.page.locator('#parlor .badge').getByText('3').waitFor();

      await tab.open();
      await tab.chat.getByRole('button', { name: 'Back to conversations' }).click();
      await tab.chat.getByRole('button', { name: 'Turn the sound off' }).click();
      await tab.chat.getByRole('button', { name: 'Turn the sound on' }).waitFor();
      await tab.chat.getByRole('button', { name: 'Close chat' }).click();
      await tab.page.waitForTimeout(3_100);
      await host.rest.say(id, 'unheard');
      await tab.page.locator('#parlor .peek').getByText('unheard').waitFor();
      await other.page.locator('#parlor .peek').getByText('unheard').waitFor();
      expect(notes).toHaveLength(before + 2);
    });

    it('not where the page does not want it', async () => {
      const { context, notes } = await listening();
      const tab = await begin({ soundNotificationEnabled: false }, context);
      await tab.open();
      expect(await tab.chat.getByRole('button', { name: 'Turn the sound off' }).count()).toBe(0);
      await tab.send('hello');
      await tab.chat.getByRole('button', { name: 'Close chat' }).click();
      await host.rest.say(await conversationOf(tab), 'unheard');
      await tab.page.locator('#parlor .peek').getByText('unheard').waitFor();
      expect(notes).toEqual([]);
    });
  });

  describe('asks first, where the page wants it,', () => {
    const form = (tab: Tab) => tab.chat.locator('form.form');
    const userOf = async (tab: Tab) => {
      const { id = '' } = await tab.page.evaluate(() => Smooch.getUser());
      return (await host.rest.call<{ user: { profile: object } }>('GET', `/users/${id}`)).user.profile;
    };

    it('who writes, checks the answers, and sends them as the first message and to the profile', async () => {
      const tab = await begin({ prechatCapture: { enabled: true }, customText: { prechatCaptureGreetingText: 'Who are you?' } });
      await tab.page.evaluate(() => Smooch.setDelegate({ beforeSend: (message) => ({ ...message, metadata: { asked: message.type === 'formResponse' } }) }));
      await tab.launcher.click();
      await form(tab).getByText('Who are you?').waitFor();
      expect(await tab.composer.count()).toBe(0);
      await expect.poll(() => tab.chat.locator(':focus').getAttribute('placeholder')).toBe('Your name');
      await tab.page.keyboard.type('Ana');
      await tab.chat.getByRole('textbox', { name: 'E-mail' }).fill('ana@');
      await tab.page.keyboard.press('Enter');
      await form(tab).getByText('Please enter an e-mail address').waitFor();
      await tab.chat.getByRole('textbox', { name: 'E-mail' }).fill('ana@example.com');
      await tab.chat.getByRole('button', { name: 'Submit' }).click();
      await tab.chat.getByText('How can we help you?').waitFor();
      await tab.chat.getByText(/^Delivered|^Seen/).waitFor();
      const conversation = await tab.page.evaluate(() => Smooch.getConversations()[0]?.id ?? '');
      const [first] = (await host.rest.call<{ messages: { content: object; metadata: object }[] }>('GET', `/conversations/${conversation}/messages`)).messages;
      expect(first).toMatchObject({
        content: { type: 'formResponse', textFallback: 'Name: Ana\nE-mail: ana@example.com', fields: [{ name: 'name', text: 'Ana' }, { name: 'email', email: 'ana@example.com' }] },
        metadata: { asked: true },
      });
      await expect.poll(() => userOf(tab)).toMatchObject({ givenName: 'Ana', email: 'ana@example.com' });
      await tab.send('hello');
      expect(await tab.chat.getByText('How can we help you?').count()).toBe(0);
      await tab.page.reload();
      await tab.page.evaluate((given) => Smooch.init(given as never), { integrationId: host.app.integrationId, prechatCapture: { enabled: true } });
      await tab.open();
      await tab.said('hello').waitFor();
    });

    it('what it likes to know, and sends nothing that it forbids', async () => {
      const fields = [
        { type: 'text', name: 'order', label: 'Order', placeholder: 'F-1', minSize: 3, maxSize: 5 },
        { type: 'select', name: 'plant', label: 'Plant', options: [{ name: 'fern', label: 'A fern' }, { name: 'moss', label: 'Moss' }] },
      ];
      const tab = await begin({ prechatCapture: { enabled: true, fields } });
      await tab.page.evaluate(() => Smooch.setDelegate({ beforeSend: () => Promise.reject(new Error('not today')) }));
      await tab.launcher.click();
      await tab.chat.getByRole('textbox', { name: 'Order' }).fill('F');
      await tab.chat.getByRole('combobox', { name: 'Plant' }).selectOption('moss');
      await tab.chat.getByRole('button', { name: 'Submit' }).click();
      await form(tab).getByText('Please use at least 3 characters.').waitFor();
      await tab.chat.getByRole('textbox', { name: 'Order' }).fill('F-17');
      await tab.chat.getByRole('button', { name: 'Submit' }).click();
      await form(tab).getByText('Your answers were not sent.').waitFor();
      await tab.page.evaluate(() => Smooch.setDelegate(undefined));
      await tab.chat.getByRole('button', { name: 'Submit' }).click();
      await tab.log.getByText('Moss').waitFor();
      await tab.composer.waitFor();
    });

    it('nobody who has signed in', async () => {
      const id = host.newcomer('known');
      const tab = await begin({ prechatCapture: { enabled: true }, externalId: id, jwt: tokenOf(id, host.key) });
      await tab.open();
      expect(await form(tab).count()).toBe(0);
    });
  });

  it('is embedded into an element that is in the document later, or is not to be seen yet', async () => {
    const tab = await begin({ embedded: true });
    const warnings: string[] = [];
    tab.page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await tab.page.evaluate(() => {
      const box = document.createElement('div');
      box.id = 'box';
      box.setAttribute('hidden', '');
      void Smooch.render(box);
      setTimeout(() => document.body.append(box));
    });
    await expect.poll(() => tab.page.locator('iframe[title="Chat"]').count()).toBe(1);
    expect(warnings).toEqual([]);
    await tab.page.evaluate(() => {
      const box = document.getElementById('box') as HTMLElement;
      box.style.height = '600px';
      box.removeAttribute('hidden');
    });
    await tab.composer.waitFor();
    const heightOf = async () => Math.round((await tab.page.locator('iframe[title="Chat"]').boundingBox())?.height ?? 0);
    await expect.poll(heightOf).toBe(600);
    // To another element, without a height, and there again: the chat is one, and keeps what is written.
    await tab.composer.fill('half a senten');
    await tab.page.evaluate(() => Promise.all([1, 2].map(() => Smooch.render(document.getElementById('place') as HTMLElement))));
    await expect.poll(heightOf).toBe(480);
    expect(warnings).toHaveLength(1);
    expect(await tab.composer.inputValue()).toBe('half a senten');
    expect(await tab.page.locator('iframe[title="Chat"]').count()).toBe(1);
  });
});
