/** Messages that are more than a text, in the widget of a real page: each type, what can be done with it, and what comes of that. */
import type { WebSocketRoute } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Smooch as SmoochAPI } from '../widget/api.ts';
import { browserSkipped } from './browser.ts';
import { Talk, carousel, form, item, offer, question } from './rich.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

declare const Smooch: SmoochAPI;

/** What the chat sends and hears on its lines, from now on. */
function overhear(visitor: { page: Visitor['page'] }): { sent: Record<string, unknown>[] } {
  const sent: Record<string, unknown>[] = [];
  visitor.page.on('websocket', (line) => line.on('framesent', ({ payload }) => sent.push(JSON.parse(payload.toString()) as Record<string, unknown>)));
  return { sent };
}

const world = () => World.begin();

describe.skipIf(browserSkipped())('a message that is more than a text', () => {
  const w = world();

  it('stands in the log with all that it has, type by type', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    const { log } = visitor;

    await talk.post({ type: 'text', markdownText: 'Hello **Ana**, see [our guide](https://shop.example/guide).\n\n1. one\n2. two' });
    await log.locator('strong', { hasText: 'Ana' }).waitFor();
    expect(await log.getByRole('listitem').allInnerTexts()).toEqual(['one', 'two']);
    const guide = log.getByRole('link', { name: /our guide/ });
    expect(await guide.innerText()).toBe('our guide shop.example');
    expect(await guide.evaluate((link) => ['href', 'target', 'rel'].map((name) => link.getAttribute(name)))).toEqual(['https://shop.example/guide', '_blank', 'noopener noreferrer nofollow']);

    await talk.post(offer);
    expect(await log.getByRole('link', { name: 'Read shop.example' }).getAttribute('href')).toBe('https://shop.example/more');
    expect(await log.getByRole('link', { name: 'Look inside shop.example' }).getAttribute('href')).toBe('https://shop.example/f');
    expect(await log.locator('p', { hasText: '€19.99' }).innerText()).toMatch(/^Buy it\s+€19\.99\s+To buy it, write to us\.$/);

    await talk.post({ type: 'text', text: 'Yours', actions: [{ type: 'buy', text: 'Pay', amount: 500, currency: 'EUR', uri: 'https://pay.example/7' }] });
    expect(await log.getByRole('link', { name: 'Pay · €5.00 pay.example' }).getAttribute('href')).toBe('https://pay.example/7');

    await talk.post({ type: 'image', mediaUrl: 'https://cdn.shop.example/shoe.png', altText: 'A red shoe', text: 'Fresh in' });
    await expect.poll(() => log.getByRole('link', { name: 'A red shoe' }).innerText()).toBe('A red shoe cdn.shop.example');
    await visitor.said('Fresh in').waitFor();

    await talk.post({ type: 'file', mediaUrl: 'https://cdn.shop.example/files/invoice%207.pdf?x', mediaType: 'application/pdf' });
    expect(await log.getByRole('link', { name: /invoice 7\.pdf/ }).innerText()).toMatch(/invoice 7\.pdf\s+PDF · cdn\.shop\.example/);

    await talk.post({ type: 'location', coordinates: { lat: 38.7223, long: -9.1393 }, location: { name: 'The shop', address: 'Rua Augusta 1' } });
    await visitor.said('Rua Augusta 1').waitFor();
    expect(await log.getByRole('link', { name: /Open map/ }).getAttribute('href')).toContain('mlat=38.7223&mlon=-9.1393');

    await talk.post(carousel);
    const cards = log.getByRole('list', { name: '4 cards' }).getByRole('listitem');
    await expect.poll(() => cards.count()).toBe(4);
    expect(await cards.nth(1).getByRole('link', { name: 'Blue shoe shop.example' }).getAttribute('href')).toBe('https://shop.example/shoe');

    await talk.post({ type: 'list', items: [item('Delivery')], actions: [{ type: 'link', text: 'All topics', uri: 'https://shop.example/all' }] });
    await visitor.said('About Delivery').waitFor();
    await log.getByRole('link', { name: /All topics/ }).waitFor();

    await talk.post({ type: 'template', template: { name: 'hello' } });
    await visitor.said('This message cannot be shown here.').waitFor();

    await talk.post(form);
    await log.getByRole('button', { name: 'Submit' }).waitFor();
    expect(await log.locator('img:not([src^="/media/"])').count()).toBe(0);
  });

  it('is fetched what it takes to draw it, once, and only when there is one', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    const fetched: string[] = [];
    visitor.page.on('request', (request) => /later-rich/.test(request.url()) && fetched.push(request.url()));
    await visitor.open();
    await talk.post({ type: 'text', text: 'plain words' });
    await visitor.said('plain words').waitFor();
    expect(fetched).toEqual([]);
    await talk.post(offer);
    await talk.post(carousel);
    await visitor.log.getByRole('list', { name: '4 cards' }).waitFor();
    expect(fetched).toHaveLength(1);
  });

  it('stays in words where that cannot be fetched, and is drawn as soon as it can', async () => {
    const talk = await Talk.begin(w);
    const browser = await w.newBrowser();
    await browser.route(/later-rich/, (route) => route.abort());
    const visitor = await w.visitAs(talk.person, browser);
    await visitor.open();
    await talk.post(carousel);
    await visitor.log.getByText('Red shoe Look https://shop.example/shoe').waitFor();
    await browser.unroute(/later-rich/);
    await talk.post({ type: 'text', text: 'again' });
    await visitor.log.getByRole('list', { name: '4 cards' }).waitFor();
  });
});

describe.skipIf(browserSkipped())('a quick answer', () => {
  const w = world();

  it('stands below the newest message only, and is a message with what belongs to it', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    await talk.post(question);
    const answers = visitor.chat.getByRole('group', { name: 'Quick answers' });
    await answers.getByRole('button', { name: 'Home' }).waitFor();
    await talk.post({ type: 'text', text: 'Or tell us.' });
    await visitor.said('Or tell us.').waitFor();
    await expect.poll(() => answers.count()).toBe(0);
    await talk.post(question);
    await answers.getByRole('button', { name: 'To the shop' }).click();
    await visitor.log.locator('.own').getByText('To the shop').waitFor();
    expect(await answers.count()).toBe(0);
    await visitor.settled();
    expect(await talk.last()).toMatchObject({ author: { type: 'user' }, content: { type: 'text', text: 'To the shop', payload: 'SHOP' }, metadata: { step: 2 } });
    expect(await talk.said()).toHaveLength(4);
  });

  it('goes where another device has answered', async () => {
    const talk = await Talk.begin(w);
    const [visitor, phone] = [await w.visitAs(talk.person), await w.visitAs(talk.person)];
    await visitor.open();
    await phone.open();
    await talk.post(question);
    await phone.chat.getByRole('button', { name: 'Home' }).waitFor();
    await visitor.chat.getByRole('button', { name: 'Home' }).click();
    await phone.log.locator('.own').getByText('Home').waitFor();
    await expect.poll(() => phone.chat.getByRole('group', { name: 'Quick answers' }).count()).toBe(0);
  });

  it('may be where the person is, which the browser is asked only on a click', async () => {
    const talk = await Talk.begin(w);
    const browser = await w.newBrowser({ geolocation: { latitude: 38.72231234, longitude: -9.1393 }, permissions: ['geolocation'] });
    const visitor = await w.visitAs(talk.person, browser);
    await visitor.open();
    await talk.post(question);
    await visitor.chat.getByRole('button', { name: 'Where I am' }).click();
    await visitor.log.locator('.own').getByText('38.722312, -9.1393').waitFor();
    await visitor.settled();
    expect((await talk.last())?.content).toMatchObject({ type: 'location', coordinates: { lat: 38.722312, long: -9.1393 } });
    await visitor.log.locator('.own').getByRole('link', { name: /Open map/ }).waitFor();
  });

  it('says what to do where the browser does not tell, and leaves the other answers and the composer', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    await talk.post({ ...question, blockChatInput: true });
    await expect.poll(() => visitor.composer.count()).toBe(0);
    await visitor.chat.getByRole('button', { name: 'Where I am' }).click();
    await visitor.chat.getByText('Your browser does not tell us where you are.').waitFor();
    expect(await visitor.chat.getByRole('button', { name: 'Home' }).count()).toBe(1);
    await visitor.send('Rua Augusta 1');
    expect((await talk.last())?.content.text).toBe('Rua Augusta 1');
  });
});

describe.skipIf(browserSkipped())('the composer', () => {
  const w = world();
  const isThere = (visitor: Visitor) => expect.poll(() => visitor.composer.count());

  it('is closed by a message of any type that asks for it, until the business writes anew', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    for (const content of [
      { type: 'text', text: 'One moment.' },
      { type: 'text', text: 'Pay first.', actions: [{ type: 'link', text: 'Pay', uri: 'https://shop.example/pay' }] },
      { type: 'image', mediaUrl: 'https://cdn.shop.example/shoe.png' },
      { type: 'file', mediaUrl: 'https://cdn.shop.example/invoice.pdf' },
      { type: 'location', coordinates: { lat: 38.7, long: -9.1 } },
      { type: 'template', template: { name: 'hello' } },
    ]) {
      await talk.post({ ...content, blockChatInput: true });
      await visitor.chat.getByText('You can write again after the next message.').waitFor();
      await isThere(visitor).toBe(0);
      await talk.post({ type: 'text', text: 'Go on.' });
      await isThere(visitor).toBe(1);
    }
  });

  it('is open again as soon as a button was used that stands on one of the cards', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    for (const type of ['carousel', 'list']) {
      await talk.post({ type, items: [item(`${type} shoe`)], blockChatInput: true });
      await visitor.chat.getByText('Answer above to go on.').waitFor();
      await isThere(visitor).toBe(0);
      await visitor.chat.getByRole('button', { name: `Take ${type} shoe` }).click();
      await isThere(visitor).toBe(1);
    }
    await visitor.send('thank you');
  });
});

describe.skipIf(browserSkipped())('a button', () => {
  const w = world();

  it('shows the first lines of a long text, and tells all of it', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    const text = 'many words '.repeat(372).trim();
    await talk.post({ type: 'text', text: 'So?', actions: [{ type: 'postback', text, payload: '' }, { type: 'reply', text, payload: '' }, { type: 'link', text, uri: 'https://shop.example/' }, { type: 'buy', text, amount: 0, currency: 'EUR' }] });
    const buttons = visitor.chat.getByRole('button', { name: text });
    await expect.poll(() => buttons.count()).toBe(2);
    for (const button of [...(await buttons.all()), visitor.chat.getByRole('link', { name: text })]) {
      expect((await button.boundingBox())?.height).toBeLessThan(160);
      expect(await button.getByTitle(text).count()).toBe(1);
    }
    await visitor.chat.locator('.offer', { hasText: '€0.00' }).waitFor();
    await buttons.first().click();
    await visitor.chat.locator('.action.done').waitFor();
    await buttons.last().click();
    await visitor.settled();
    expect((await talk.last())?.content.text).toBe(text);
  });

  it('of a quick answer without words says its payload, and so does the answer', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    await talk.post({ type: 'text', actions: [{ type: 'reply', text: '', payload: 'YES' }, { type: 'reply', text: 'No', payload: '' }] });
    await visitor.chat.getByRole('button', { name: 'YES' }).click();
    await visitor.settled();
    expect((await talk.last())?.content).toMatchObject({ text: 'YES', payload: 'YES' });
  });
});

describe.skipIf(browserSkipped())('a postback', () => {
  const w = world();

  it('is told to the server, and the button says so', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visit(w.company.url);
    const { sent } = overhear(visitor);
    const jwt = w.tokenOf(talk.person);
    await visitor.page.evaluate((options) => Smooch.init(options), { integrationId: w.app.integrationId, externalId: talk.person, jwt });
    await visitor.open();
    const message = await talk.post(offer);
    await visitor.chat.getByRole('button', { name: 'Take it' }).click();
    await visitor.chat.locator('.action.done').waitFor();
    expect(await visitor.chat.getByRole('status').filter({ hasText: 'Sent' }).count()).toBe(1);
    expect(sent.filter(({ type }) => type === 'postback')).toEqual([{ type: 'postback', ref: expect.any(Number) as number, id: expect.any(String) as string, conversation: talk.id, messageId: message, action: `${message}-2` }]);
    expect(await talk.said()).toHaveLength(1);
  });

  it('that fails says so, and pressed again it is the same press', async () => {
    const talk = await Talk.begin(w);
    const presses: Record<string, unknown>[] = [];
    const browser = await w.newBrowser();
    await browser.routeWebSocket(/\/socket$/, (line: WebSocketRoute) => {
      const server = line.connectToServer();
      line.onMessage((text) => {
        const frame = JSON.parse(text.toString()) as { type: string; ref: number };
        if (frame.type !== 'postback') return server.send(text);
        presses.push(frame);
        if (presses.length > 1) return server.send(text);
        line.send(JSON.stringify([{ type: 'error', ref: frame.ref, status: 503, error: { code: 'service_unavailable', title: 'Not now.' } }]));
      });
    });
    const visitor = await w.visitAs(talk.person, browser);
    await visitor.open();
    await talk.post(offer);
    await visitor.chat.getByRole('button', { name: 'Take it' }).click();
    await visitor.chat.getByText('This could not be sent. Try again.').waitFor();
    await visitor.chat.getByRole('button', { name: 'Take it' }).click();
    await visitor.chat.locator('.action.done').waitFor();
    expect(presses).toHaveLength(2);
    expect(presses[0]?.['id']).toBe(presses[1]?.['id']);
  });

  it('is triggered by the page, which may add to it, and echoed on every device where the app wants it', async () => {
    const talk = await Talk.begin(w);
    const account = (await w.parlor.command('key', 'create', '--use', 'account')) as { id: string; secret: string };
    const setEcho = async (echoPostback: boolean) => {
      const credentials = Buffer.from(`${account.id}:${account.secret}`).toString('base64');
      const answer = await fetch(`${w.parlor.url}/v2/apps/${w.app.id}`, { method: 'PATCH', headers: { Authorization: `Basic ${credentials}`, 'Content-Type': 'application/json' }, body: JSON.stringify({ settings: { echoPostback } }) });
      expect(answer.status).toBe(200);
    };
    const [visitor, phone] = [await w.visitAs(talk.person), await w.visitAs(talk.person)];
    await phone.open();
    const { sent } = overhear(visitor);
    await visitor.page.reload();
    await visitor.began();
    await talk.post(carousel);
    await setEcho(true);
    await visitor.page.waitForFunction(() => Smooch.getConversations()[0]?.messages.at(-1)?.type === 'carousel');
    await visitor.page.evaluate(async () => {
      Smooch.setDelegate({ beforePostbackSend: (postback) => ({ ...postback, metadata: { ...postback.metadata, page: '/shoes' } }) });
      const { id, messages } = Smooch.getConversations()[0] as ReturnType<SmoochAPI['getConversations']>[number];
      const [, second] = messages.at(-1)?.items ?? [];
      await Smooch.triggerPostback(second?.actions[1]?._id ?? '', id);
    });
    await phone.log.locator('.own').getByText('Take Blue shoe').waitFor();
    expect((await talk.last())?.content).toMatchObject({ type: 'text', text: 'Take Blue shoe' });
    expect(sent.find(({ type }) => type === 'postback')).toMatchObject({ metadata: { page: '/shoes' } });
    await setEcho(false);
    const refusal = await visitor.page.evaluate(() => Smooch.triggerPostback('nothing').then(() => null, (error: unknown) => ({ ...(error as object), message: (error as Error).message })));
    expect(refusal).toMatchObject({ code: 'bad_request', status: 400, message: 'There is no such action in the conversation.' });
  });
});

describe.skipIf(browserSkipped())('a form', () => {
  const w = world();

  async function fillIn(visitor: Visitor): Promise<void> {
    await visitor.chat.getByLabel('Name', { exact: true }).fill('Ana');
    await visitor.chat.getByLabel('Age', { exact: true }).fill('42');
    await visitor.chat.getByLabel('E-mail', { exact: true }).fill('ana@example.com');
    await visitor.chat.getByLabel('Size', { exact: true }).selectOption({ label: 'Large' });
  }

  it('says of each field what is wrong, and takes the keyboard to the first', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    await talk.post(form);
    const field = (name: string) => visitor.chat.getByLabel(name, { exact: true });
    await field('Name').fill('A');
    await field('Age').fill('many');
    await field('E-mail').fill('ana@example');
    await visitor.chat.getByRole('button', { name: 'Submit' }).click();
    const faults = () => visitor.chat.locator('.field .fault:not(:empty)').allInnerTexts();
    expect(await faults()).toEqual(['Please use at least 2 characters.', 'Please enter a whole number.', 'Please enter an e-mail address, like ana@example.com.', 'Please fill this in.']);
    await expect.poll(() => visitor.chat.locator(':focus').getAttribute('id')).toBe(await field('Name').getAttribute('id'));
    expect(await field('Name').getAttribute('aria-invalid')).toBe('true');
    const described = await field('Name').getAttribute('aria-describedby');
    expect(await visitor.chat.locator(`id=${described}`).innerText()).toBe('Please use at least 2 characters.');
    await field('Name').pressSequentially('na');
    expect((await faults())[0]).toBe('Please enter a whole number.');
    expect(await talk.said()).toHaveLength(1);
  });

  it('is answered once: here, on another device, and after a reload', async () => {
    const talk = await Talk.begin(w);
    const [visitor, phone] = [await w.visitAs(talk.person), await w.visitAs(talk.person)];
    await visitor.open();
    await phone.open();
    const id = await talk.post(form);
    await phone.chat.getByRole('button', { name: 'Submit' }).waitFor();
    await visitor.chat.getByText('Answer above to go on.').waitFor();
    expect(await visitor.composer.count()).toBe(0);
    await fillIn(visitor);
    await visitor.chat.getByRole('button', { name: 'Submit' }).click();
    for (const one of [visitor, phone]) {
      await one.said('Answered').waitFor();
      expect(await one.chat.getByRole('button', { name: 'Submit' }).count()).toBe(0);
      await one.composer.waitFor();
      expect(await one.log.locator('dl').innerText()).toMatch(/Name\s+Ana\s+Age\s+42\s+E-mail\s+ana@example\.com\s+Size\s+Large/);
    }
    const [asked, answered] = await talk.said();
    expect(asked?.content.submitted).toBe(true);
    expect(answered?.content).toMatchObject({ type: 'formResponse', quotedMessageId: id, fields: [{ name: 'name', text: 'Ana' }, { name: 'age', text: '42' }, { name: 'mail', email: 'ana@example.com' }, { name: 'size', select: [{ name: 'l', label: 'Large' }] }] });
    await visitor.page.reload();
    await visitor.began();
    await visitor.open();
    await visitor.said('Answered').waitFor();
    expect(await visitor.chat.getByRole('button', { name: 'Submit' }).count()).toBe(0);
  });

  it('answered while the line is down waits like any message, and is sent once', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    await talk.post(form);
    await fillIn(visitor);
    w.wire.cut();
    await visitor.chat.getByRole('button', { name: 'Submit' }).click();
    await visitor.said('Sending your answers…').waitFor();
    w.wire.mend();
    await visitor.said('Answered').waitFor();
    await visitor.settled();
    expect(await talk.said()).toHaveLength(2);
  });

  it('that somebody else answered meanwhile says that this answer was not taken', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    const id = await talk.post(form);
    await fillIn(visitor);
    w.wire.cut();
    await visitor.chat.getByRole('button', { name: 'Submit' }).click();
    const fields = [{ type: 'text', name: 'name', label: 'Name', text: 'Eve' }];
    await w.rest.call('POST', `/conversations/${talk.id}/messages`, { author: { type: 'user', userExternalId: talk.person }, content: { type: 'formResponse', quotedMessageId: id, fields } });
    w.wire.mend();
    await visitor.said('Answered').waitFor();
    await visitor.chat.getByText('Not sent.').waitFor();
    await visitor.chat.getByRole('button', { name: 'Delete' }).click();
    expect(await talk.said()).toHaveLength(2);
  });

  it('that the page has a word in is shown as answered, too', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    await visitor.page.evaluate(() => Smooch.setDelegate({ beforeDisplay: (message) => ({ ...message, text: message.type === 'form' ? 'Who, please?' : message.text }) }));
    await talk.post(form);
    await visitor.said('Who, please?').waitFor();
    await fillIn(visitor);
    await visitor.chat.getByRole('button', { name: 'Submit' }).click();
    await visitor.said('Answered').waitFor();
    await visitor.said('Who, please?').waitFor();
  });

  it('half filled in by one person is empty for the next one', async () => {
    const [ana, ben] = [w.newcomer('ana'), w.newcomer('ben')];
    await w.rest.createUser(ana);
    await w.rest.createUser(ben);
    const { conversation } = await w.rest.call<{ conversation: { id: string } }>('POST', '/conversations', { type: 'sdkGroup', participants: [{ userExternalId: ana }, { userExternalId: ben }] });
    const visitor = await w.visitAs(ana);
    await visitor.open();
    await w.rest.call('POST', `/conversations/${conversation.id}/messages`, { author: { type: 'business' }, content: form });
    await visitor.chat.getByLabel('Name', { exact: true }).fill('Ana');
    await visitor.login(ben);
    await visitor.untilUser(ben);
    await expect.poll(() => visitor.chat.getByLabel('Name', { exact: true }).inputValue()).toBe('');
  });

  it('and quick answers are shown to the page before they are sent, and told when they were', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    await visitor.page.evaluate(() => Smooch.setDelegate({ beforeSend: (message) => ({ ...message, metadata: { ...message.metadata, seen: message.type ?? '' } }) }));
    await talk.post(form);
    await fillIn(visitor);
    await visitor.chat.getByRole('button', { name: 'Submit' }).click();
    await visitor.said('Answered').waitFor();
    expect((await talk.last())?.metadata).toEqual({ seen: 'formResponse' });
    await talk.post(question);
    await visitor.chat.getByRole('button', { name: 'To the shop' }).click();
    await visitor.settled();
    expect(await talk.last()).toMatchObject({ content: { payload: 'SHOP' }, metadata: { step: 2, seen: 'text' } });
    await expect.poll(async () => (await visitor.heard('message:sent')).length).toBe(2);
    expect((await visitor.heard('message:sent')).map(({ args }) => args[0])).toMatchObject([{ type: 'formResponse', role: 'user', fields: [{ name: 'name' }, {}, {}, {}] }, { type: 'text', payload: 'SHOP' }]);
    expect((await visitor.heard('message:received')).map(({ args }) => args[0])).toMatchObject([{ type: 'form', fields: [{ label: 'Name' }, {}, {}, {}], blockChatInput: true }, { type: 'text', actions: [{ type: 'reply' }, {}, {}] }]);
  });
});

describe.skipIf(browserSkipped())('pictures', () => {
  const w = world();

  it("are loaded from this server alone: as it shows them, in their shape, and where that fails there is a link", async () => {
    const talk = await Talk.begin(w);
    const icon = /href="(\/assets\/[^"]+\.svg)"/.exec(await (await fetch(`${w.parlor.url}/`)).text())?.[1] ?? '';
    expect(icon).not.toBe('');
    const shown: Record<string, object> = {
      'https://cdn.shop.example/shown.png': { displayUrl: icon, thumbnailUrl: `${icon}?small`, width: 300, height: 150 },
      'https://cdn.shop.example/broken.png': { displayUrl: '/none.png' },
      'https://cdn.shop.example/foreign.png': { displayUrl: 'https://cdn.shop.example/other.png' },
    };
    // What a server adds to the pictures that it shows.
    const browser = await w.newBrowser();
    await browser.routeWebSocket(/\/socket$/, (line: WebSocketRoute) => {
      const server = line.connectToServer();
      server.onMessage((text) => {
        const frames = JSON.parse(text.toString()) as { message?: { content: { mediaUrl?: string } } }[];
        for (const { message } of frames) Object.assign(message?.content ?? {}, shown[message?.content.mediaUrl ?? ''] ?? {});
        line.send(JSON.stringify(frames));
      });
    });
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await browser.route(`**${icon}?small`, (route) => held.then(() => route.continue()));
    const visitor = await w.visitAs(talk.person, browser);
    await visitor.open();
    await talk.post({ type: 'image', mediaUrl: 'https://cdn.shop.example/shown.png', altText: 'Shown' });
    const picture = visitor.log.getByRole('img', { name: 'Shown' });
    const shape = () => picture.evaluate((img) => Math.round((img.clientWidth / img.clientHeight) * 10) / 10);
    await expect.poll(shape).toBe(2); // before there is anything to see
    release();
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth > 0)).toBe(true);
    expect(new URL(await picture.evaluate((img: HTMLImageElement) => img.src)).pathname).toBe(icon);
    expect(await visitor.log.getByRole('link', { name: 'Shown' }).getAttribute('href')).toBe(icon);
    for (const name of ['broken', 'foreign']) {
      await talk.post({ type: 'image', mediaUrl: `https://cdn.shop.example/${name}.png`, altText: name });
      await expect.poll(() => visitor.log.getByRole('link', { name }).innerText()).toBe(`${name} cdn.shop.example`);
    }
    expect(await visitor.log.locator('img').count()).toBe(1);
  });
});

describe.skipIf(browserSkipped())('cards', () => {
  const w = world();

  it('are moved by buttons, which know where the end is, and by the keyboard', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visitAs(talk.person);
    await visitor.open();
    await talk.post(carousel);
    const cards = visitor.log.getByRole('list', { name: '4 cards' });
    const at = () => cards.evaluate((list) => Math.round(list.scrollLeft));
    const [before, after] = [visitor.chat.getByRole('button', { name: 'Previous card' }), visitor.chat.getByRole('button', { name: 'Next card' })];
    await expect.poll(() => before.getAttribute('aria-disabled')).toBe('true');
    await after.click();
    await expect.poll(at).toBeGreaterThan(200);
    await expect.poll(() => before.getAttribute('aria-disabled')).toBe('false');
    await cards.focus();
    const onwards = async () => {
      await visitor.page.keyboard.press('ArrowRight');
      return after.getAttribute('aria-disabled');
    };
    await expect.poll(onwards, { interval: 400 }).toBe('true');
  });

  it('run the other way where writing does', async () => {
    const talk = await Talk.begin(w);
    const visitor = await w.visit(w.company.page({ externalId: talk.person, jwt: w.tokenOf(talk.person) }, 'dir=rtl'));
    await visitor.began();
    await visitor.open();
    await talk.post(carousel);
    const cards = visitor.log.getByRole('list', { name: '4 cards' });
    await cards.waitFor();
    await visitor.chat.getByRole('button', { name: 'Next card' }).click();
    await expect.poll(() => cards.evaluate((list) => list.scrollLeft)).toBeLessThan(-200);
    const [first, second] = await cards.getByRole('listitem').evaluateAll((all) => all.map((card) => card.getBoundingClientRect().left));
    expect(second).toBeLessThan(first ?? 0);
  });
});
