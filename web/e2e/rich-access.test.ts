/** Messages that are more than a text for everybody: with axe in both themes, on a phone, with long words, by keyboard, and on the hosted page. */
import { describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { Hosted } from './hosted.ts';
import { Talk, carousel, everything, form, offer, question } from './rich.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

describe.skipIf(browserSkipped()).each(['light', 'dark'] as const)('axe finds no fault in the %s theme', (colorScheme) => {
  const world = World.begin();

  it('with one of each type, faults in a form, a press that failed, and answers', async () => {
    const talk = await Talk.begin(world);
    const browser = await world.newBrowser({ colorScheme, reducedMotion: 'reduce', bypassCSP: true });
    await browser.routeWebSocket(/\/socket$/, (line) => {
      const server = line.connectToServer();
      line.onMessage((text) => {
        const { type, ref } = JSON.parse(text.toString()) as { type: string; ref: number };
        if (type === 'postback') line.send(JSON.stringify([{ type: 'error', ref, status: 503, error: { code: 'service_unavailable', title: 'Not now.' } }]));
        else server.send(text);
      });
    });
    const visitor = await world.visitAs(talk.person, browser);
    await visitor.open();
    for (const content of everything()) await talk.post(content);
    await visitor.chat.getByRole('group', { name: 'Quick answers' }).waitFor();
    await visitor.chat.getByRole('button', { name: 'Take it' }).click();
    await visitor.chat.getByText('This could not be sent.').waitFor();
    await visitor.chat.getByRole('button', { name: 'Submit' }).click();
    await visitor.chat.getByText('Please fill this in.').first().waitFor();
    expect(await violations(visitor.frame)).toEqual([]);
    await visitor.chat.getByRole('button', { name: 'Where I am' }).click();
    await visitor.chat.getByText('Your browser does not tell us').waitFor();
    expect(await violations(visitor.frame)).toEqual([]);
    await visitor.chat.getByRole('button', { name: 'Home' }).click();
    await visitor.chat.getByLabel('Name', { exact: true }).fill('Ana');
    await visitor.chat.getByLabel('Age', { exact: true }).fill('42');
    await visitor.chat.getByLabel('E-mail', { exact: true }).fill('ana@example.com');
    await visitor.chat.getByLabel('Size', { exact: true }).selectOption('s');
    await visitor.chat.getByRole('button', { name: 'Submit' }).click();
    await visitor.said('Answered').waitFor();
    expect(await violations(visitor.frame)).toEqual([]);
  });
});

describe.skipIf(browserSkipped())('on a phone', () => {
  const world = World.begin();
  const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(12);

  async function visit(width: number, talk: Talk): Promise<Visitor> {
    const phone = await world.newBrowser({ viewport: { width, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
    const visitor = await world.visitAs(talk.person, phone);
    await visitor.launcher.tap();
    await visitor.composer.waitFor();
    return visitor;
  }

  it.each([390, 320])('nothing sticks out at %i px but the cards that are moved, whatever the words', async (width) => {
    const talk = await Talk.begin(world);
    const visitor = await visit(width, talk);
    for (const content of everything(longWord)) await talk.post(content);
    await visitor.chat.getByRole('group', { name: 'Quick answers' }).waitFor();
    const wide = await visitor.frame.evaluate(() => {
      const found = document.documentElement.scrollWidth > innerWidth ? [`the document: ${document.documentElement.scrollWidth} px`] : [];
      for (const element of document.querySelectorAll('body *')) {
        const { left, right, width: wideness } = element.getBoundingClientRect();
        if (wideness > 1 && !element.closest('.cards, pre') && (left < -1 || right > innerWidth + 1)) found.push(`${element.tagName}.${element.getAttribute('class')}: ${left} to ${right}`);
      }
      return found;
    });
    expect(wide).toEqual([]);
  });

  it('all that one taps has room for a finger', async () => {
    const talk = await Talk.begin(world);
    const visitor = await visit(390, talk);
    for (const content of everything()) await talk.post(content);
    await visitor.chat.getByRole('group', { name: 'Quick answers' }).waitFor();
    const small = await visitor.frame.evaluate(() =>
      [...document.querySelectorAll('button, select, input, a.action')].flatMap((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width > 0 && (width < 44 || height < 44) ? [`${element.textContent}: ${width} × ${height}`] : [];
      }),
    );
    expect(small).toEqual([]);
  });
});

describe.skipIf(browserSkipped())('by keyboard', () => {
  const world = World.begin();

  it('one answers a form and a question, and the focus is never lost', async () => {
    const talk = await Talk.begin(world);
    const visitor = await world.visitAs(talk.person);
    await visitor.open();
    const { keyboard } = visitor.page;
    const focused = () => visitor.chat.locator(':focus').evaluate((element) => element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent);
    await talk.post(form);
    await visitor.chat.getByText('Answer above to go on.').waitFor();
    await expect.poll(focused).toBe('Messages'); // what had it, the composer, is gone
    await keyboard.press('Tab');
    await expect.poll(focused).toBe('Name');
    for (const answer of ['Ana', '42', 'ana@example.com', 'L']) {
      await keyboard.type(answer);
      await keyboard.press('Tab');
    }
    expect(await focused()).toBe('Submit');
    await keyboard.press('Enter');
    await visitor.said('Answered').waitFor();
    await expect.poll(focused).toBe('Message');
    await talk.post(question);
    await visitor.chat.getByRole('button', { name: 'Home' }).waitFor();
    for (let steps = 0; steps < 2; steps++) await keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Home');
    await keyboard.press('Space');
    await visitor.log.locator('.own').getByText('Home').waitFor();
    await expect.poll(focused).toBe('Message');
  });
});

describe.skipIf(browserSkipped())('on the hosted page', () => {
  const hosted = Hosted.begin();

  it('everything is as in the widget: drawn, pressed, and answered once', async () => {
    const ana = hosted.newcomer('Ana');
    const browser = await hosted.newBrowser({ reducedMotion: 'reduce', bypassCSP: true });
    const visit = await hosted.visitAs(ana, hosted.open, browser);
    const { id } = await hosted.rest.createConversation(ana.id);
    const post = (content: object) => hosted.rest.call('POST', `/conversations/${id}/messages`, { author: { type: 'business', displayName: 'Kim' }, content });
    for (const content of [offer, carousel, form]) await post(content);
    await visit.log.getByRole('list', { name: '4 cards' }).waitFor();
    await visit.button('Take it').click();
    await visit.page.locator('.action.done').waitFor();
    expect(await violations(visit.page)).toEqual([]);
    await visit.page.getByLabel('Name', { exact: true }).fill('Ana');
    await visit.page.getByLabel('Age', { exact: true }).fill('42');
    await visit.page.getByLabel('E-mail', { exact: true }).fill('ana@example.com');
    await visit.page.getByLabel('Size', { exact: true }).selectOption('s');
    await visit.button('Submit').click();
    await visit.log.getByText('Answered').waitFor();
    await visit.page.reload();
    await visit.log.getByText('Answered').waitFor();
    await post(question);
    await visit.button('Home').click();
    await visit.log.locator('.own').getByText('Home').waitFor();
    expect((await hosted.rest.messages(id)).map(({ content }) => content.type)).toEqual(['text', 'carousel', 'form', 'formResponse', 'text', 'text']);
  });
});
