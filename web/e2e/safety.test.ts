/** What the chat does to the page of the company: nothing that it did not ask for. And what strangers can do: nothing. */
import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { InitOptions, Smooch as SmoochAPI } from '../widget/api.ts';
import { browserSkipped } from './browser.ts';
import { Hosted } from './hosted.ts';
import { payloads, thief } from './payloads.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

declare const Smooch: SmoochAPI;

/** Of one form. */
const mostFields = 20;

describe.skipIf(browserSkipped())('the page of the company', () => {
  const world = World.begin();

  it('loads nothing but the loader and its configuration before intent, and nothing is stored', async () => {
    const browser = await world.newBrowser();
    const asked: string[] = [];
    browser.on('request', (request) => request.url().startsWith(world.wire.url) && asked.push(new URL(request.url()).pathname));
    const visitor = await world.visit(world.company.page(), browser);
    await visitor.launcher.waitFor();
    await visitor.began();
    await visitor.page.waitForLoadState('networkidle');
    expect(asked).toEqual(['/smooch.js', `/sdk/v1/apps/${world.app.integrationId}/config`]);
    expect(visitor.page.frames()).toHaveLength(1);
    expect(await browser.cookies()).toEqual([]);
    expect(await visitor.page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)])).toEqual([[], []]);
    await visitor.launcher.hover();
    await visitor.composer.waitFor({ state: 'attached' });
    expect(asked.slice(2).every((path) => /^\/(assets|frame)\//.test(path))).toBe(true);
  });

  it('keeps no token and no cookie: what it stores is one mark', async () => {
    const ana = world.newcomer('ana');
    const visitor = await world.visitAs(ana);
    await visitor.open();
    await visitor.send('hello');
    const stored = await visitor.page.evaluate(() => ({ ...localStorage, ...sessionStorage }));
    expect(stored).toEqual({ [`parlor.${world.app.integrationId}`]: '1' });
    expect(await visitor.page.context().cookies()).toEqual([]);
    const { token } = await visitor.session();
    expect(await visitor.page.evaluate(() => JSON.stringify([{ ...window.localStorage }, document.cookie]))).not.toContain(token);
  });

  it('and the frame are watched: a script that a policy forbids is seen in both', async () => {
    const visitor = await world.visitAs(world.newcomer('ana'));
    const breach = () => {
      const script = document.createElement('script');
      try {
        script.text = 'window.ran = 1';
      } catch {
        return;
      }
      document.body.append(script);
    };
    for (const frame of [visitor.page.mainFrame(), visitor.frame]) {
      await frame.evaluate(breach);
      expect(await frame.evaluate(() => 'ran' in window)).toBe(false);
    }
    await visitor.frame.evaluate((url) => fetch(url).catch(() => undefined), thief);
    await expect.poll(() => world.faults.some((fault) => fault.startsWith('violation in /: require-trusted-types-for'))).toBe(true);
    await expect.poll(() => world.faults.some((fault) => /^violation in \/frame\/\w+: require-trusted-types-for/.test(fault))).toBe(true);
    await expect.poll(() => world.faults.some((fault) => /^violation in \/frame\/\w+: connect-src/.test(fault))).toBe(true);
    await expect.poll(() => world.company.reports.length).toBeGreaterThan(0);
    world.faults.length = world.company.reports.length = 0;
  });

  it('stays as it was when the chat is destroyed', async () => {
    const visitor = await world.visit(world.company.url);
    const globals = () => visitor.page.evaluate(() => [document.body.children.length, document.documentElement.getAttribute('style') ?? '', document.adoptedStyleSheets.length]);
    const before = await globals();
    await visitor.page.evaluate((options) => Smooch.init(options), { integrationId: world.app.integrationId, externalId: 'ana', jwt: world.tokenOf('ana') });
    await visitor.open();
    await visitor.page.evaluate(() => Smooch.destroy());
    expect(await globals()).toEqual(before);
  });
});

describe.skipIf(browserSkipped())('hostile texts', () => {
  const world = World.begin();

  /** Nothing ran, and nothing of the texts became an element. */
  async function expectHarmless(visitor: Visitor): Promise<void> {
    const inspect = (frame: Frame) =>
      frame.evaluate(() => {
        const roots: ParentNode[] = [document];
        for (const element of document.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
        const foreign = roots.flatMap((root) => [...root.querySelectorAll('body script, #parlor script, style, iframe[srcdoc], math, form[action], base, img[src="x"], [onerror], [onload], [onfocus], [onclick], [href^="javascript:" i], [formaction]')]);
        return { ran: 'ran' in window, foreign: foreign.map((element) => [element.tagName, ...[...element.attributes].map(({ name, value }) => `${name}=${value}`)].join(' ')) };
      });
    for (const frame of visitor.page.frames()) expect(await inspect(frame)).toEqual({ ran: false, foreign: [] });
  }

  it('of the business and of the person stand in log, list and peek as they were written', async () => {
    const ana = world.newcomer('ana');
    await world.rest.createUser(ana);
    const { id } = await world.rest.createConversation(ana);
    const visitor = await world.visitAs(ana);
    for (const payload of payloads) await world.rest.say(id, payload, { displayName: payload.slice(0, 120) });
    await visitor.page.locator('#parlor .peek').waitFor();
    await expectHarmless(visitor);
    await visitor.open();
    const bubbles = visitor.log.locator('.bubble');
    await expect.poll(() => bubbles.count()).toBe(payloads.length);
    expect(await bubbles.allInnerTexts()).toEqual(payloads);
    // (As one person writes no sixty messages in a few seconds, two go together.)
    const written = payloads.flatMap((payload, i) => (i % 2 ? [] : [`${payload}\n${payloads[i + 1] ?? ''}`.slice(0, 4096).trim()]));
    for (const text of written) {
      await visitor.composer.fill(text);
      await visitor.composer.press('Enter');
    }
    await visitor.settled();
    expect(await world.rest.texts(id)).toEqual([...payloads, ...written]);
    await expect.poll(() => bubbles.count()).toBe(payloads.length + written.length);
    const links = await visitor.log.locator('a').evaluateAll((all) => all.map((link) => ({ href: (link as HTMLAnchorElement).protocol, rel: link.getAttribute('rel'), target: link.getAttribute('target') })));
    for (const link of links) expect(link).toEqual({ href: expect.stringMatching(/^https?:$/) as string, rel: expect.stringContaining('noopener') as string, target: '_blank' });
    await expectHarmless(visitor);
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    await visitor.chat.getByRole('list', { name: 'Conversations' }).waitFor();
    await expectHarmless(visitor);
  });

  it('of the page and the token that begin the chat name things, and do nothing else', async () => {
    const visitor = await world.visit(world.company.url);
    const title = visitor.chat.locator('header h1');
    for (const payload of payloads) {
      const name = payload.slice(0, 100);
      const ana = world.newcomer('ana');
      const texts = Object.fromEntries(['headerText', 'inputPlaceholder', 'introAppText', 'headerSubtitle', 'sendButtonText', 'greeting', 'open', 'close', 'starterQuestion'].map((key) => [key, payload]));
      await visitor.page.evaluate((options) => Smooch.init(options as InitOptions), {
        integrationId: world.app.integrationId,
        externalId: ana,
        jwt: world.tokenOf(ana, 3600, { name, email: `"${name}"@x.example` }),
        businessName: payload,
        businessIconUrl: name.includes('script:') ? name : 'javascript:window.ran=1',
        customText: texts,
        customScreenReaderAnnouncement: texts,
        customColors: { brandColor: payload, conversationColor: payload, actionColor: payload },
        locale: name,
      });
      await visitor.page.evaluate(() => Smooch.open());
      await expect.poll(() => title.textContent()).toBe(payload);
      await expectHarmless(visitor);
      await visitor.page.evaluate(() => Smooch.destroy());
    }
  }, 90_000);

  it('of people, of conversations and of who is writing name things, and do nothing else', async () => {
    const ana = world.newcomer('ana');
    const visitor = await world.visitAs(ana);
    await visitor.open();
    await visitor.send('hello');
    const [first] = await world.rest.conversationsOf(ana);
    const id = first?.id ?? '';
    for (const payload of payloads) {
      const name = payload.slice(0, 100);
      await world.rest.call('PATCH', `/users/${ana}`, { profile: { givenName: name, surname: name, avatarUrl: `${thief}/face.png` }, metadata: { note: name } });
      await world.rest.call('PATCH', `/conversations/${id}`, { displayName: name, description: name, iconUrl: `${thief}/icon.png`, metadata: { note: name, ...(name.length < 30 && { [name]: name }) } });
      await expect.poll(() => visitor.chat.locator('header h1').textContent()).toBe(name);
      await world.rest.call('POST', `/conversations/${id}/activity`, { author: { type: 'business', displayName: name, avatarUrl: `${thief}/face.png` }, type: 'typing:start' });
      await expect.poll(() => visitor.chat.locator('.typing').textContent()).toContain(name);
      await world.rest.say(id, payload, { displayName: name, avatarUrl: `${thief}/face.png` });
      await visitor.chat.locator('.typing').waitFor({ state: 'detached' });
      await expectHarmless(visitor);
    }
    await Promise.all(payloads.map((payload) => world.rest.createConversation(ana, { displayName: payload.slice(0, 100), description: payload.slice(0, 100) })));
    await visitor.page.reload();
    await visitor.began();
    await visitor.open();
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    const names = visitor.chat.getByRole('list', { name: 'Conversations' }).locator('.name');
    const more = visitor.chat.getByRole('button', { name: 'Show more' });
    for (await names.first().waitFor(); await more.count(); ) {
      const before = await names.count();
      await more.click();
      await expect.poll(() => names.count()).toBeGreaterThan(before);
    }
    expect(await names.allTextContents()).toEqual(expect.arrayContaining(payloads.map((payload) => payload.slice(0, 100))));
    await expectHarmless(visitor);
  }, 90_000);

  it('of the form before a chat, in its questions and its answers, name things, and do nothing else', async () => {
    for (let from = 0; from < payloads.length; from += mostFields) {
      const asked = payloads.slice(from, from + mostFields).map((payload) => payload.slice(0, 128));
      const fields = asked.map((text, i) => ({ name: text, label: text, placeholder: text, ...(i % 2 ? { type: 'text' } : { type: 'select', options: [{ name: text, label: text }] }) }));
      const visitor = await world.visit(world.company.url);
      const customText = { prechatCaptureGreetingText: asked[0], prechatCaptureConfirmationText: asked[1] };
      await visitor.page.evaluate((options) => Smooch.init(options as InitOptions), { integrationId: world.app.integrationId, prechatCapture: { enabled: true, avatarUrl: 'javascript:window.ran=1', fields }, customText });
      await visitor.launcher.click();
      const form = visitor.chat.locator('form.form');
      await form.waitFor();
      expect(await form.locator('label').allTextContents()).toEqual(asked);
      await expectHarmless(visitor);
      for (const [i, field] of (await form.locator('input, select').all()).entries()) {
        if (i % 2) await field.fill(asked[i] ?? '');
        else await field.selectOption({ index: 1 });
      }
      await form.getByRole('button').click();
      await visitor.composer.waitFor();
      await visitor.settled();
      await expectHarmless(visitor);
    }
  }, 60_000);

  it('of files to send stand in the tray and in the log, and do nothing else', async () => {
    const ana = world.newcomer('ana');
    const visitor = await world.visitAs(ana);
    await visitor.open();
    const names = payloads.map((payload) => `${payload.slice(0, 100).replaceAll(/[/\\\p{Cc}]/gu, '_')}.txt`);
    await visitor.chat.getByRole('button', { name: 'Attach', exact: true }).click();
    const [chooser] = await Promise.all([visitor.page.waitForEvent('filechooser'), visitor.chat.getByRole('menuitem', { name: /^Attach/ }).click()]);
    await chooser.setFiles(names.map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('12 lamps') })));
    await expect.poll(() => visitor.chat.getByRole('list', { name: 'Files to send' }).locator('.name').allTextContents()).toEqual(names);
    await expectHarmless(visitor);
    await visitor.chat.getByRole('button', { name: 'Send', exact: true }).click();
    // (They go one by one, and not all at once: some are there, the others on their way.)
    await expect.poll(() => visitor.log.locator('.file-name').count()).toBe(names.length);
    await expect.poll(() => visitor.log.locator('a.file').count()).toBeGreaterThan(5);
    await expectHarmless(visitor);
  }, 60_000);

  it('of other windows are not heard: neither page nor frame takes orders from strangers', async () => {
    const visitor = await world.visitAs(world.newcomer('ana'));
    await visitor.open();
    await visitor.send('hello');
    const before = await visitor.user();
    // Another frame on the company's page, of the company's own origin, speaks the language of the bridge to the chat.
    await visitor.page.evaluate(() => {
      const stranger = document.createElement('iframe');
      document.body.append(stranger);
      const speak = (target: Window | null | undefined, message: object) => target?.postMessage(message, '*');
      const chat = document.querySelector('#parlor')?.shadowRoot?.querySelector('iframe')?.contentWindow;
      const { setTimeout: later } = stranger.contentWindow as unknown as Window;
      later(() => undefined, 0);
      // From the page itself to itself: the source is not the frame.
      speak(window, { parlor: 'mirror', mirror: { user: { externalId: 'forged' }, signedIn: true, unread: 7, hasMore: false, displayed: null, order: [], changed: [] } });
      speak(window, { parlor: 'event', event: { name: 'unreadCount', args: [7], data: {} } });
      // A second greeting to the chat: it has been greeted already.
      speak(chat, { parlor: 'hello', settings: { anonymous: true, door: 'sdk' }, signIn: { token: 'forged' } });
    });
    await visitor.send('still here');
    expect(await visitor.user()).toEqual(before);
    expect((await visitor.heard('unreadCount')).filter(({ args }) => args[0] === 7)).toEqual([]);
  });
});

describe.skipIf(browserSkipped())('hostile names on the hosted page', () => {
  const hosted = Hosted.begin();

  it('of apps and of people stand in title, heading and bar as they were written', async () => {
    const browser = await hosted.newBrowser();
    // (Names of apps hold what can be printed only.)
    const names = payloads.map((payload) => payload.slice(0, 100).replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').trim());
    for (let i = 0; i < names.length; i += 2) {
      const [called = '', name = 'Ana'] = names.slice(i, i + 2);
      const app = await hosted.newApp(called);
      const visit = await hosted.visitAs({ ...hosted.newcomer('Ana'), name }, app, browser);
      expect(await visit.person.textContent()).toBe(name);
      expect(await visit.page.title()).toContain(called.replaceAll(/\s+/g, ' '));
      expect(await visit.page.evaluate(() => ['ran' in window, document.querySelectorAll('body script, #app style, iframe, base, [onerror], [onload], [onfocus], math').length])).toEqual([false, 0]);
      await visit.page.close();
      await browser.clearCookies();
    }
  }, 90_000);
});
