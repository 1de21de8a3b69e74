/** The admin pages of the console, in a real browser, beside users of the widget. */
import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { now, signed } from './company.ts';
import { Office, boss, password } from './office.ts';
import type { Desk } from './office.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('the admin pages', () => {
  const world = World.begin();
  const office = new Office(world);

  async function at(page: string, heading: string, desk?: Desk): Promise<Desk> {
    const here = desk ?? (await office.boss());
    await here.page.getByRole('link', { name: heading, exact: true }).click();
    await here.heading(new RegExp(`^${heading}$`)).waitFor();
    expect(new URL(here.page.url()).pathname).toBe(`/console/apps/${world.app.id}/${page}`);
    return here;
  }

  /** The kinds of sign-ins that were refused, as the Doctor counts them. */
  function refusalsOf(desk: Desk): Locator {
    return desk.page.getByRole('region', { name: 'Refused sign-ins' }).getByRole('listitem');
  }

  /** Gives the password once more, where it is asked for before the answer is there. */
  async function proveFor(desk: Desk, answer: () => Promise<unknown>): Promise<void> {
    const asked = desk.heading('Confirm that it is you');
    const isAsked = await Promise.race([asked.waitFor().then(() => true), answer().then(() => false)]);
    if (!isAsked) return;
    await desk.dialog.last().getByLabel('Password', { exact: true }).fill(password);
    await desk.button('Confirm').click();
    await answer();
  }

  it('rotate a key while a user stays signed in, and revoke it, which signs them out', async () => {
    const ana = await world.visitAs(world.newcomer('ana'));
    await ana.open();
    await ana.send('Before the rotation');
    const desk = await at('keys', 'Sign-in methods');
    const row = desk.page.locator(`section[aria-labelledby="door-sdk"] [data-key="${world.key.id}"]`);
    await row.getByRole('button', { name: /^Actions for/ }).click();
    await desk.page.getByRole('menuitem', { name: 'Rotate' }).click();
    await desk.dialog.getByRole('radio', { name: '1 day' }).check();
    await desk.button('Rotate').click();
    await proveFor(desk, () => desk.heading('Store this secret').waitFor());
    const successor = { id: await desk.field('Key id').inputValue(), secret: await desk.field('Secret').inputValue() };
    expect(await barriers(desk.page)).toEqual([]);
    await desk.button('I have stored it').click();
    await row.getByText('Being replaced').waitFor();
    expect(await desk.page.content()).not.toContain(successor.secret);

    await ana.send('After the rotation');
    await world.visitAs(world.newcomer('ben'));
    await row.getByRole('button', { name: /^Actions for/ }).click();
    await desk.page.getByRole('menuitem', { name: 'Revoke' }).click();
    await desk.dialog.getByRole('textbox').fill(world.key.id);
    expect(await barriers(desk.page)).toEqual([]);
    await desk.dialog.getByRole('button', { name: 'Revoke' }).click();
    await proveFor(desk, () => desk.page.getByText(/is revoked/).waitFor());
    await ana.untilEnded();
    world.key = successor;
    await (await world.visitAs(world.newcomer('cleo'))).open();
  });

  it('say of each bad token why it is refused', async () => {
    const { key } = world;
    const claims = { scope: 'user', external_id: 'u-42', iat: now(), exp: now() + 900 };
    const good = signed(claims, key);
    const bad: [token: string, reason: string][] = [
      ['nothing at all', 'malformed'],
      [`${good}.more`, 'malformed'],
      [signed(claims, key, { alg: 'HS256', typ: 'JWT' }), 'malformed'],
      [signed(claims, key, { alg: 'none', typ: 'JWT', kid: key.id }), 'malformed'],
      [signed(claims, { ...key, id: 'app_0123456789abcdef01234567' }), 'key_unknown'],
      [signed(claims, { ...key, secret: 'another secret than that of the key' }), 'signature_invalid'],
      [signed({ ...claims, exp: now() - 600 }, key), 'token_expired'],
      [signed({ ...claims, nbf: now() + 600 }, key), 'not_yet_valid'],
      [signed({ ...claims, external_id: 42 }, key), 'claim_invalid'],
      [signed({ ...claims, scope: 'app' }, key), 'claim_invalid'],
    ];
    const desk = await at('doctor', 'Identity Doctor');
    for (const [token, reason] of bad) {
      await desk.field('Token').fill(token);
      await desk.button('Check the token').click();
      await desk.heading('This token is refused').waitFor();
      await expect.poll(() => desk.page.locator('.verdict .codes').textContent()).toContain(reason);
      expect(await desk.page.locator('.checks [data-state=failed]').count()).toBe(1);
    }
    await desk.field('Token').fill(good);
    await desk.button('Check the token').click();
    await desk.heading('This token is good').waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    expect(await desk.page.locator('.checks [data-state=passed]').count()).toBe(await desk.page.locator('.checks > li').count());

    // A page that signs in by a script of its own is named by its origin alone.
    const shop = await world.visit(world.company.page({}, 'order=secret'));
    await shop.page.evaluate(([url, token]) => fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ door: 'sdk', token }) }), [
      `${world.wire.url}/sdk/v1/apps/${world.app.id}/sessions`,
      bad[6]?.[0],
    ] as const);
    const refusal = refusalsOf(desk).filter({ hasText: new URL(world.company.url).origin });
    await refusal.getByText(key.id).waitFor();
    expect(await refusal.textContent()).not.toContain('secret');
  });

  it('save settings section by section, and say at the field what is wrong', async () => {
    const desk = await at('settings', 'Settings');
    const access = desk.page.getByRole('form', { name: 'Who may come in' });
    await access.getByLabel('Seats', { exact: true }).fill('many');
    await access.getByRole('button', { name: 'Save' }).click();
    await access.getByText(/Must be a whole number/).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await access.getByLabel('Seats', { exact: true }).fill('1');
    await access.getByRole('button', { name: 'Save' }).click();
    await access.getByText('Saved', { exact: true }).waitFor();
    await access.getByText(/All seats are taken/).waitFor();

    const refused = await world.visit(world.company.page({}, 'order=secret'));
    const externalId = world.newcomer('late');
    expect(await refused.refusal({ login: [externalId, world.tokenOf(externalId)] })).toMatchObject({ code: 'seat_limit_reached' });
    await at('doctor', 'Identity Doctor', desk);
    // The widget says on which page it is: its frame is one of ours.
    const full = refusalsOf(desk).filter({ hasText: 'All seats are taken' });
    await full.getByText(new URL(world.company.url).origin, { exact: false }).waitFor();
    expect(await full.textContent()).not.toContain('secret');
    await at('settings', 'Settings', desk);
    await access.getByLabel('Seats', { exact: true }).fill('');
    await access.getByRole('button', { name: 'Save' }).click();
    await access.getByText(/without a limit/).waitFor();

    const letGo = await desk.delay('**/settings');
    await access.getByLabel('Seats', { exact: true }).fill('50');
    await access.getByRole('button', { name: 'Save' }).click();
    await access.getByLabel('Seats', { exact: true }).fill('500');
    letGo();
    await access.getByText(/of 50 seats taken/).waitFor();
    expect(await access.getByLabel('Seats', { exact: true }).inputValue()).toBe('500');
    expect(await access.getByText('Saved', { exact: true }).count()).toBe(0);
    await access.getByRole('button', { name: 'Save' }).click();
    await access.getByText(/of 500 seats taken/).waitFor();
    await access.getByText('Saved', { exact: true }).waitFor();
  });

  it('find a user, export and erase them', async () => {
    const externalId = world.newcomer('dora');
    const dora = await world.visitAs(externalId);
    await dora.open();
    await dora.send('Something to be exported');
    const desk = await at('users', 'Users');
    await desk.field('Find a user').fill(externalId);
    await desk.page.getByRole('link', { name: externalId }).click();
    await desk.page.getByRole('heading', { name: externalId, level: 2 }).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.button('Merge…').click();
    await desk.dialog.getByRole('textbox').waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.page.keyboard.press('Escape');
    const saved = desk.page.waitForEvent('download');
    await desk.button('Export').click();
    await proveFor(desk, () => saved);
    expect(await readFile(await (await saved).path(), 'utf8')).toContain('Something to be exported');

    await desk.button('Erase…').click();
    await desk.dialog.getByRole('textbox').fill(externalId);
    await desk.dialog.getByRole('button', { name: 'Erase' }).click();
    await proveFor(desk, () => desk.page.getByText(/is erased/).waitFor());
    await desk.page.getByText(`Nobody is called “${externalId}”`).waitFor();
    await dora.untilEnded();
  });

  it('keep an address outside, which ends the chats that are open from there, and let it in again', async () => {
    const ana = await world.visitAs(world.newcomer('ana'));
    await ana.open();
    await ana.send('Hello');
    const desk = await at('blocks', 'Block list');
    await desk.page.getByText('No address is blocked.').waitFor();
    await desk.button('Block an address').click();
    await desk.field('Address or range').fill('0.0.0.0/0');
    await desk.dialog.getByRole('button', { name: 'Block', exact: true }).click();
    await desk.dialog.getByText(/no wider than/).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.field('Address or range').fill('127.0.0.1');
    await desk.field('Why').fill('Spam');
    await desk.dialog.getByRole('radio', { name: '1 hour' }).check();
    await desk.page.keyboard.press('Enter');
    const row = desk.page.getByRole('listitem').filter({ hasText: '127.0.0.1' });
    await row.getByText('Spam').waitFor();
    await row.getByText(new RegExp(boss.name)).waitFor();
    await ana.page.bringToFront();
    await ana.chat.getByText('This network address may not use this chat.').waitFor();

    await desk.page.bringToFront();
    await desk.button('Unblock 127.0.0.1').click();
    await desk.page.getByText('No address is blocked.').waitFor();
    await ana.page.reload();
    await ana.open();
    await ana.send('Back again');
  });

  it('tell owners who did what, and let them take it along', async () => {
    const lou = office.newcomer('Lou');
    await office.invite(lou);
    const desk = await at('audit', 'Audit log');
    const row = desk.page.getByRole('row').filter({ hasText: 'agent.invite' }).first();
    await row.getByText(boss.name).waitFor();
    await desk.field('Filter').fill('app.create');
    await expect.poll(() => desk.page.getByRole('row').count()).toBe(2);
    const saved = desk.page.waitForEvent('download');
    await desk.button('Save as CSV').click();
    const lines = (await readFile(await (await saved).path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('app.create');
    expect(lines[1]).toContain('Command line');
  });

  it('can be used by everybody: axe finds nothing', async () => {
    const desk = await office.boss({ bypassCSP: true });
    for (const [page, heading] of [['keys', 'Sign-in methods'], ['doctor', 'Identity Doctor'], ['settings', 'Settings'], ['hours', 'Business hours'], ['users', 'Users'], ['blocks', 'Block list'], ['canned-replies', 'Canned replies'], ['webhooks', 'Webhooks'], ['audit', 'Audit log']] as const) {
      await at(page, heading, desk);
      await desk.page.locator('.page :is(.rows, .empty, .nothing, form, table)').first().waitFor();
      expect(await barriers(desk.page), page).toEqual([]);
    }
  });
});
