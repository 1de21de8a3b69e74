/** Files that a business sends, as the widget and the hosted page show them: from this server, whoever has them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { png } from './files.ts';
import { Talk } from './rich.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('a picture', () => {
  const world = World.begin({ PARLOR_OUTBOUND_ALLOW: '127.0.0.1/32' });
  let asked = 0;
  const elsewhere = createServer((_, answer) => {
    asked++;
    answer.writeHead(200, { 'content-type': 'image/png' }).end(png(300, 200));
  });

  beforeAll(() => new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => elsewhere.close(resolve)));

  const upload = async (access: string, name = 'lamp.png', bytes = png(800, 400)): Promise<string> => {
    const body = new FormData();
    body.append('source', new Blob([new Uint8Array(bytes)]), name);
    const { attachment } = await world.rest.upload<{ attachment: { mediaUrl: string } }>(`/attachments?access=${access}&for=message`, body);
    return attachment.mediaUrl;
  };

  it.each(['public', 'private'])('that was uploaded as %s is shown, in its own shape', async (access) => {
    const talk = await Talk.begin(world);
    const visitor = await world.visitAs(talk.person);
    await visitor.open();
    await talk.post({ type: 'image', mediaUrl: await upload(access), altText: 'A lamp' });
    const picture = visitor.log.getByRole('img', { name: 'A lamp' });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => [img.naturalWidth > 0, img.width / img.height, new URL(img.src).origin === location.origin])).toEqual([true, 2, true]);
  });

  it('on a card has the shape of the other cards, however tall it is; without one the words are in the middle', async () => {
    const talk = await Talk.begin(world);
    const visitor = await world.visitAs(talk.person);
    await visitor.open();
    const [wide, tall] = [await upload('public'), await upload('public', 'tall.png', png(300, 700))];
    const actions = [{ type: 'postback', text: 'Take it', payload: 'x' }];
    const items = [{ title: 'Wide', mediaUrl: wide, actions }, { title: 'Tall', mediaUrl: tall, actions }, { title: 'Bare', actions }];
    await talk.post({ type: 'carousel', items });
    const shapes = visitor.log.locator('.shape');
    await expect.poll(() => shapes.count()).toBe(2);
    await expect.poll(() => shapes.evaluateAll((all) => all.map((one) => (one.clientWidth / one.clientHeight).toFixed(1)))).toEqual(['1.9', '1.9']);
    const [title, card, button] = await visitor.log.getByText('Bare').evaluate((one) => [one, one.closest('.card'), one.closest('.card')?.querySelector('button')].map((each) => each?.getBoundingClientRect().toJSON() as DOMRect));
    if (!title || !card || !button) throw new Error('there is no card');
    const [above, below] = [title.y - card.y, button.y - title.y - title.height];
    expect(Math.abs(above - below)).toBeLessThan(20);
  });

  it('of another server is fetched by this one, once, and shown from here', async () => {
    const talk = await Talk.begin(world);
    const { port } = elsewhere.address() as AddressInfo;
    await talk.post({ type: 'image', mediaUrl: `http://127.0.0.1:${port}/shoe.png`, altText: 'A shoe' });
    for (let i = 0; i < 2; i++) {
      const visitor = await world.visitAs(talk.person);
      const foreign: string[] = [];
      visitor.page.on('request', (request) => request.url().includes(`:${port}/`) && foreign.push(request.url()));
      await visitor.open();
      const picture = visitor.log.getByRole('img', { name: 'A shoe' });
      await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(300);
      expect(foreign).toEqual([]);
    }
    expect(asked).toBe(1);
  });

  it('that is taken away is not to be had any more', async () => {
    const talk = await Talk.begin(world);
    const mediaUrl = await upload('public');
    await talk.post({ type: 'image', mediaUrl, altText: 'Gone' });
    expect((await fetch(mediaUrl)).status).toBe(200);
    await world.rest.call('POST', '/attachments/remove', { mediaUrl });
    expect((await fetch(mediaUrl)).status).toBe(404);
    const visitor = await world.visitAs(talk.person);
    await visitor.open();
    await visitor.log.getByRole('link', { name: /Gone/ }).waitFor();
    await expect.poll(() => visitor.log.getByRole('img').count()).toBe(0);
  });

  it('is a file to take where it is none', async () => {
    const talk = await Talk.begin(world);
    const visitor = await world.visitAs(talk.person);
    await visitor.open();
    await talk.post({ type: 'file', mediaUrl: await upload('private', 'invoice.txt', Buffer.from('12 lamps')), altText: 'Invoice' });
    const link = visitor.log.getByRole('link', { name: /invoice\.txt/ });
    const [download] = await Promise.all([visitor.page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('invoice.txt');
  });
});
