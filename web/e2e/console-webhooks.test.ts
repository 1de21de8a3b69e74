/** Webhooks set up at the console, in a real browser, with a real receiver: what was not taken is sent again. */
import { afterAll, describe, expect, it } from 'vitest';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { Office } from './office.ts';
import { Receiver } from './receiver.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('webhooks at the console', () => {
  const world = World.begin({ PARLOR_OUTBOUND_ALLOW: '127.0.0.1' });
  const office = new Office(world);
  let receiver: Receiver | undefined;
  afterAll(() => receiver?.close());

  it('tell a system what happens, say why it was not told, and send it again', async () => {
    const told = (receiver = await Receiver.create());
    const desk = await office.boss({ bypassCSP: true });
    await desk.page.getByRole('link', { name: 'Webhooks', exact: true }).click();
    await desk.heading('No webhooks yet').waitFor();
    await desk.button('New webhook').click();
    await desk.field('Address').fill('ftp://shop.example');
    await desk.button('Save').click();
    await expect.poll(() => desk.field('Address').getAttribute('aria-invalid')).toBe('true');
    await desk.field('Address').fill(told.url);
    expect(await barriers(desk.page)).toEqual([]);
    await desk.page.keyboard.press('Enter');
    const secret = await desk.field('Secret').inputValue();
    expect(secret).toMatch(/^whsec_/);
    await desk.button('I have stored it').click();
    const row = desk.page.getByRole('listitem').filter({ hasText: told.url });
    await row.getByText('On', { exact: true }).waitFor();
    expect(await desk.page.content()).not.toContain(secret);

    const ana = await world.visitAs(world.newcomer('ana'));
    await ana.open();
    await ana.send('Is anybody told?');
    await told.until('the message', () => told.events.length === 1);
    expect(told.headers.at(-1)?.['x-api-key']).toBe(secret);

    told.status = 404;
    await ana.send('Is anybody told of this?');
    const actions = async (name: string) => {
      await row.getByRole('button', { name: /^Actions for/ }).click();
      await desk.page.getByRole('menuitem', { name }).click();
    };
    const letter = desk.page.getByRole('list', { name: 'Undelivered events' }).getByRole('listitem');
    // It is given up a moment after it was refused.
    await expect
      .poll(async () => {
        if (await desk.dialog.count()) await desk.button('Close').click();
        await actions('Undelivered events');
        await letter.or(desk.page.getByText('Everything was delivered.')).waitFor();
        return letter.count();
      })
      .toBe(1);
    await letter.getByText('conversation:message').waitFor();
    await letter.getByText(/404/).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    told.status = 200;
    await letter.getByRole('button', { name: 'Send again' }).click();
    await told.until('the message that was refused', () => told.events.length === 2);
    await desk.page.getByText('Everything was delivered.').waitFor();
    await desk.button('Close').click();

    await actions('Recent requests');
    const attempt = desk.dialog.getByRole('list', { name: 'Recent requests' }).getByRole('listitem');
    await attempt.filter({ hasText: 'Not taken: answered 404' }).getByText('conversation:message', { exact: true }).waitFor();
    await attempt.first().getByText(/^Taken: answered 200 within \d+ ms$/).waitFor();
    expect(await attempt.count()).toBe(3);
    const testing = desk.button('Send a test event');
    await testing.focus();
    await desk.page.keyboard.press('Enter');
    const verdict = desk.dialog.getByRole('status');
    await verdict.getByText(/^Taken: answered 200/).waitFor();
    expect(told.events.at(-1)).toMatchObject({ type: 'webhook:test', payload: {} });
    expect(told.headers.at(-1)?.['webhook-signature']).toMatch(/^v1,/);
    told.status = 401;
    await testing.click();
    await verdict.getByText(/^Your system does not believe who calls/).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await told.close();
    await testing.click();
    await verdict.getByText('The server could not be reached.').waitFor();
    await expect.poll(() => attempt.count()).toBe(6);
    await attempt.first().getByText('Test', { exact: true }).waitFor();
    await desk.button('Close').click();

    await actions('Switch off');
    await row.getByText('Off', { exact: true }).waitFor();
    await actions('New secret');
    await desk.button('New secret').click();
    expect(await desk.field('Secret').inputValue()).not.toBe(secret);
    await desk.button('I have stored it').click();
    await actions('Remove');
    await desk.dialog.getByRole('button', { name: 'Remove' }).click();
    await desk.heading('No webhooks yet').waitFor();
    expect(told.events).toHaveLength(3);
  });
});
