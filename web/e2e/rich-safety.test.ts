/** Hostile texts at every place of a message that is more than a text: nothing runs, nothing foreign is loaded, and links say where they lead. */
import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { payloads, thief } from './payloads.ts';
import { Talk } from './rich.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

/** Nothing ran, and of the texts nothing became an element that could do anything. */
async function expectHarmless(visitor: Visitor): Promise<void> {
  const inspect = (frame: Frame) =>
    frame.evaluate(() => {
      const foreign = [...document.querySelectorAll('body script, style, iframe[srcdoc], math, form[action], base, object, embed, video, meta[http-equiv], template, img:not([src^="/media/"]), image, use, .log [style], [onerror], [onload], [onfocus], [onclick], [formaction]')];
      const links = [...document.querySelectorAll('a')].filter(({ protocol }) => !['http:', 'https:', 'mailto:', 'tel:'].includes(protocol));
      return { ran: 'ran' in window, foreign: [...foreign, ...links].map((element) => [element.tagName, ...[...element.attributes].map(({ name, value }) => `${name}=${value}`)].join(' ')) };
    });
  // (Pictures of other servers are asked of this one, which has none of them.)
  expect(await inspect(visitor.frame)).toEqual({ ran: false, foreign: [] });
  expect(await visitor.page.evaluate(() => 'ran' in window)).toBe(false);
}

/** As much of the payload as an address may hold. */
const addressed = (payload: string) => encodeURIComponent(payload.slice(0, 500));

/** How many messages of a conversation a page that is loaded anew begins with. */
const beginning = 50;

/** Every type with the payload wherever the server takes one; what it refuses is not posted. */
const hostile: Record<string, (payload: string) => object> = {
  htmlText: (htmlText) => ({ type: 'text', htmlText: `kept ${htmlText}` }),
  markdownText: (markdownText) => ({ type: 'text', markdownText: `kept ${markdownText}` }),
  'text and buttons': (text) => ({ type: 'text', text, actions: [{ type: 'reply', text: text.slice(0, 128), payload: text }, { type: 'postback', text: text.slice(0, 128), payload: text }, { type: 'link', text: text.slice(0, 128), uri: `${thief}/link?${addressed(text)}` }] }),
  'picture and caption': (text) => ({ type: 'image', mediaUrl: `${thief}/picture.png?${addressed(text)}`, altText: text.slice(0, 128), htmlText: `kept ${text}` }),
  file: (text) => ({ type: 'file', mediaUrl: `${thief}/${addressed(text)}`, altText: text.slice(0, 128), text }),
  cards: (text) => ({ type: 'carousel', items: [{ title: text.slice(0, 128), description: text.slice(0, 128), mediaUrl: `${thief}/card.png`, altText: text.slice(0, 128), actions: [{ type: 'link', text: text.slice(0, 128), uri: `${thief}/card`, default: true }] }] }),
  list: (text) => ({ type: 'list', items: [{ title: text.slice(0, 128), mediaUrl: `${thief}/list.png`, actions: [{ type: 'webview', text: text.slice(0, 128), uri: `${thief}/w`, fallback: `${thief}/f` }] }] }),
  form: (text) => ({ type: 'form', text, fields: [{ type: 'text', name: 'a', label: text.slice(0, 128), placeholder: text.slice(0, 128) }, { type: 'select', name: text.slice(0, 128), label: 'b', options: [{ name: text.slice(0, 128), label: text.slice(0, 128) }] }] }),
  place: (text) => ({ type: 'location', coordinates: { lat: 1, long: 2 }, location: { name: text.slice(0, 128), address: text.slice(0, 512) } }),
};

describe.skipIf(browserSkipped())('hostile texts', () => {
  const world = World.begin();

  it.each(Object.entries(hostile))('in %s run nothing and load nothing', async (_, contentOf) => {
    const talk = await Talk.begin(world);
    const visitor = await world.visitAs(talk.person);
    await visitor.open();
    await Promise.all(payloads.map((payload) => talk.post(contentOf(payload))));
    await expect.poll(() => visitor.log.locator('.message').count()).toBe(payloads.length);
    await visitor.page.waitForLoadState('networkidle');
    await expectHarmless(visitor);
    const links = await visitor.log.locator('a').evaluateAll((all) => all.map((link) => [link.getAttribute('rel'), link.getAttribute('target')]));
    for (const link of links) expect(link).toEqual(['noopener noreferrer nofollow', '_blank']);
    await visitor.page.reload();
    await visitor.began();
    await visitor.open();
    await expect.poll(() => visitor.log.locator('.message').count()).toBeGreaterThanOrEqual(beginning);
    await expectHarmless(visitor);
  });

  it('that come past the server run nothing either: the chat reads markup by itself', async () => {
    const talk = await Talk.begin(world);
    const browser = await world.newBrowser();
    let replaced = 0;
    await browser.routeWebSocket(/\/socket$/, (line) => {
      const server = line.connectToServer();
      server.onMessage((text) => {
        const frames = JSON.parse(text.toString()) as { message?: { content: { htmlText?: string } } }[];
        for (const { message } of frames) if (message?.content.htmlText) message.content.htmlText = `<p>kept</p>${payloads[replaced++] ?? ''}`;
        line.send(JSON.stringify(frames));
      });
    });
    const visitor = await world.visitAs(talk.person, browser);
    await visitor.open();
    for (const _ of payloads) await talk.post({ type: 'text', htmlText: '<b>x</b>' });
    await expect.poll(() => visitor.log.locator('.html p', { hasText: 'kept' }).count()).toBe(payloads.length);
    expect(replaced).toBeGreaterThanOrEqual(payloads.length);
    await visitor.page.waitForLoadState('networkidle');
    await expectHarmless(visitor);
  });

  it('that look like one address and lead to another show where they lead', async () => {
    const talk = await Talk.begin(world);
    const visitor = await world.visitAs(talk.person);
    await visitor.open();
    await talk.post({ type: 'text', htmlText: '<a href="https://evil.example/login">https://bank.example/login</a> <a href="https://bank.example/">bank.example</a>' });
    const links = visitor.log.getByRole('link');
    await expect.poll(() => links.count()).toBe(2);
    expect(await links.allInnerTexts()).toEqual(['https://bank.example/login evil.example', 'bank.example']);
  });
});
