/** What the chat does to the page of the company: nothing that it did not ask for. And what strangers can do: nothing. */
import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Smooch as SmoochAPI } from '../widget/api.ts';
import { browserSkipped } from './browser.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

declare const Smooch: SmoochAPI;

/** Where the payloads would send what they stole. World counts any request to it as a fault, as it does violations and dialogs. */
const thief = 'http://thief.invalid';

const payloads = [
  `<script>window.ran=1;fetch('${thief}/1')</script>`,
  `<img src=x onerror="window.ran=1;this.src='${thief}/2'">`,
  `"><svg onload=window.ran=1><image href="${thief}/3">`,
  `</textarea></div></title><iframe srcdoc="<script>parent.ran=1</script>"></iframe>`,
  `javascript:window.ran=1//%0D%0Ahttps://x.example/%22onclick=%22window.ran=1`,
  `[click](javascript:window.ran=1) ![x](${thief}/6) <a href="javascript:window.ran=1">x</a>`,
  `<style>@import '${thief}/7';*{background:url(${thief}/7)}</style><link rel=stylesheet href=${thief}/7>`,
  `{{constructor.constructor('window.ran=1')()}} \${window.ran=1} <%= window.ran=1 %>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.ran=1&gt;">`,
  `<form action=${thief}/10><button formaction="javascript:window.ran=1" autofocus onfocus=window.ran=1>x</button></form>\u202e<base href=${thief}>`,
];

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
    for (const payload of payloads) {
      await visitor.composer.fill(payload);
      await visitor.composer.press('Enter');
    }
    await visitor.settled();
    expect(await world.rest.texts(id)).toEqual([...payloads, ...payloads]);
    await expect.poll(() => bubbles.count()).toBe(2 * payloads.length);
    const links = await visitor.log.locator('a').evaluateAll((all) => all.map((link) => ({ href: (link as HTMLAnchorElement).protocol, rel: link.getAttribute('rel'), target: link.getAttribute('target') })));
    for (const link of links) expect(link).toEqual({ href: expect.stringMatching(/^https?:$/) as string, rel: expect.stringContaining('noopener') as string, target: '_blank' });
    await expectHarmless(visitor);
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    await visitor.chat.getByRole('list', { name: 'Conversations' }).waitFor();
    await expectHarmless(visitor);
  });

  it.each(payloads.map((payload, i) => [i + 1, payload] as const))('as names everywhere, payload %i, run nothing', async (_, payload) => {
    const ana = world.newcomer('ana');
    const name = payload.slice(0, 100);
    const visitor = await world.visit(world.company.url);
    const jwt = world.tokenOf(ana, 3600, { name, email: `"${payload}"@x.example` });
    await visitor.page.evaluate(
      (options) => Smooch.init(options),
      { integrationId: world.app.integrationId, externalId: ana, jwt, businessName: payload, businessIconUrl: `javascript:window.ran=1`, customText: { inputPlaceholder: payload, introAppText: payload }, customColors: { brandColor: payload } },
    );
    await visitor.open();
    await expectHarmless(visitor);
    await visitor.page.evaluate((text) => Smooch.updateUser({ givenName: text, surname: text, metadata: { [text]: text } }), name);
    await visitor.page.evaluate((text) => Smooch.createConversation({ displayName: text, description: text, metadata: { [text]: text } }), name);
    await visitor.send(payload.trim());
    const id = (await visitor.conversations())[0]?.id ?? '';
    await world.rest.call('POST', `/conversations/${id}/activity`, { author: { type: 'business', displayName: name }, type: 'typing:start' });
    await visitor.chat.getByText('is writing').waitFor({ state: 'attached' });
    await expectHarmless(visitor);
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    await visitor.chat.getByRole('list', { name: 'Conversations' }).waitFor();
    await expectHarmless(visitor);
  });

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
