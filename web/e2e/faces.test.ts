/** Texts that are hard to show: each has a decent face. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { Host } from './host.ts';
import { payloads } from './payloads.ts';
import { Talk } from './rich.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

describe.skipIf(browserSkipped())('the chat shows', () => {
  const world = World.begin();

  async function begin(): Promise<{ talk: Talk; visitor: Visitor }> {
    const talk = await Talk.begin(world);
    const visitor = await world.visitAs(talk.person);
    await visitor.open();
    return { talk, visitor };
  }
  const say = (talk: Talk, text: string, displayName: string) => world.rest.say(talk.id, text, { displayName });
  /** How many of what scrolls or holds everything are wider inside than they are; what is cut with an ellipsis may be. */
  const sticksOut = (visitor: Visitor) => visitor.frame.evaluate(() => [...document.querySelectorAll('html, main, .scroller, .bubble, .author')].filter((one) => one.scrollWidth > one.clientWidth && one.clientWidth > 1).length);

  it('a paste of 100,000 characters as too long, says by how much, and keeps every one of them', async () => {
    const { visitor } = await begin();
    const text = 'a long story '.repeat(7_693).slice(0, 100_000);
    await visitor.composer.focus();
    await visitor.page.keyboard.insertText(text);
    await visitor.chat.getByText(/95.?904/).waitFor();
    expect(await visitor.chat.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    expect(await visitor.composer.inputValue()).toBe(text);
    expect((await visitor.composer.boundingBox())?.height).toBeLessThan(200);
    await visitor.composer.fill(text.slice(0, 4096).trim());
    await visitor.chat.getByRole('button', { name: 'Send', exact: true }).click();
    await visitor.settled();
    expect(await sticksOut(visitor)).toBe(0);
  });

  it('five hundred emoji, and words without an end, in lines that end with the bubble', async () => {
    const { talk, visitor } = await begin();
    await say(talk, '👩‍👩‍👧‍👦🏳️‍🌈👍🏽'.repeat(170), 'Kim');
    await say(talk, 'W'.repeat(3_000), '🦜'.repeat(60));
    await expect.poll(() => visitor.log.locator('.bubble').count()).toBe(2);
    expect(await sticksOut(visitor)).toBe(0);
    for (const box of await visitor.log.locator('.bubble').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right))) expect(box).toBeLessThan(392);
  });

  it('names and texts that turn the writing around in their own place only', async () => {
    const { talk, visitor } = await begin();
    const turned = '\u202Egnp.exe \u2067';
    await say(talk, 'plain', 'Kim');
    await say(talk, `${turned} and on`, `${turned}Kim`);
    await expect.poll(() => visitor.log.locator('.message').count()).toBe(2);
    // Within the row of the turned one all stands where it does in a plain one.
    const starts = await visitor.log.locator('.message').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('.meta, .avatar')].map((part) => Math.round(part.getBoundingClientRect().left))));
    expect(starts[0]).toHaveLength(2);
    expect(starts[1]).toEqual(starts[0]);
    const time = visitor.log.locator('.meta').last();
    expect(await time.evaluate((one) => getComputedStyle(one).direction)).toBe('ltr');
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    const row = visitor.chat.getByRole('list', { name: 'Conversations' }).getByRole('button').first();
    const left = (part: Locator) => part.evaluate((one) => one.getBoundingClientRect().left);
    expect(await left(row.locator('time'))).toBeGreaterThan(await left(row.locator('.name')));
  });

  it('somebody whose name cannot be seen under a name that can', async () => {
    const { talk, visitor } = await begin();
    for (const name of ['\u200B\u200D\uFEFF', ' \u2060 ', '\u202E\u2066']) {
      await say(talk, 'hello', name);
      await world.rest.call('POST', `/conversations/${talk.id}/activity`, { author: { type: 'business', displayName: name }, type: 'typing:start' });
      await visitor.chat.getByText('Fernhill is writing').waitFor({ state: 'attached' });
      expect(await visitor.log.locator('.author').last().textContent()).toBe('Fernhill');
    }
  });

  it('what a picture is of where the picture is not to be had', async () => {
    const { talk, visitor } = await begin();
    await talk.post({ type: 'image', mediaUrl: 'http://127.0.0.1:1/shoe.png', altText: 'A red shoe' });
    await talk.post({ type: 'image', mediaUrl: 'http://127.0.0.1:1/lamp.png' });
    const bubbles = visitor.log.locator('.message');
    await expect.poll(() => bubbles.count()).toBe(2);
    await bubbles.first().getByText('A red shoe').waitFor();
    await bubbles.last().getByText(/lamp\.png|picture|image/i).waitFor();
  });
});

describe.skipIf(browserSkipped())('attributes of <parlor-chat>', () => {
  const host = Host.begin();

  it('may hold anything: it is a colour, a language or a theme, or nothing', async () => {
    const tab = await host.visit(host.page(`<script defer src="${host.parlor.url}/widget.js"></script>`, `<parlor-chat app="${host.app.id}"></parlor-chat>`));
    await tab.launcher.waitFor();
    for (const payload of payloads) {
      await tab.page.locator('parlor-chat').evaluate((chat, text) => {
        for (const name of ['brand-color', 'locale', 'theme', 'data-x', 'class']) chat.setAttribute(name, text);
      }, payload);
      await tab.page.locator('#parlor .launcher').waitFor();
      const state = () => tab.page.evaluate(() => ['ran' in window, document.querySelectorAll('#parlor').length, document.querySelectorAll('body script, base, style').length]);
      expect(await state()).toEqual([false, 1, 0]);
    }
    await tab.page.locator('#parlor .launcher').click();
    await tab.page.frameLocator('#parlor iframe').locator('textarea').waitFor();
    const background = await tab.page.locator('#parlor .launcher').evaluate((button) => getComputedStyle(button).backgroundColor);
    expect(background).toBe('rgb(37, 83, 217)');
    for (const frame of tab.page.frames()) expect(await frame.evaluate(() => 'ran' in window)).toBe(false);
    for (const payload of payloads) {
      await tab.page.locator('parlor-chat').evaluate((chat, text) => {
        for (const name of ['app', 'door', 'token']) chat.setAttribute(name, text);
      }, payload);
    }
    await expect.poll(() => tab.page.locator('parlor-chat').evaluate((chat) => chat.hasAttribute('token'))).toBe(false);
    expect(await tab.page.evaluate(() => 'ran' in window)).toBe(false);
  }, 60_000);
});
