/** Addresses with which one user came and which are another's, as admins settle them. */
import { describe, expect, it } from 'vitest';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { Office, boss } from './office.ts';
import type { Desk } from './office.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('conflicts', () => {
  const world = World.begin();
  const office = new Office(world);

  /** A sign-in at the door of the SDK, with a token that vouches for the address. */
  async function comes(externalId: string, address: string): Promise<void> {
    const token = world.tokenOf(externalId, undefined, { email: address, email_verified: true });
    const answer = await fetch(`${world.wire.url}/sdk/v1/apps/${world.app.id}/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ door: 'sdk', token }),
    });
    expect(answer.status).toBe(201);
  }

  /** Two people of whom the second comes with the address of the first. */
  async function fallOut(name: string): Promise<{ owner: string; user: string; address: string }> {
    const [owner, user] = [world.newcomer(`${name}-old`), world.newcomer(`${name}-new`)];
    const address = `${owner}@example.com`;
    await comes(owner, address);
    await comes(user, address);
    return { owner, user, address };
  }

  const link = (desk: Desk) => desk.page.getByRole('link', { name: /^Conflicts/ });
  const card = (desk: Desk, address: string) => desk.page.getByRole('article', { name: address });

  it('are counted in the navigation, and shown with both people; one ends by a merge, which can be undone', async () => {
    const desk = await office.boss();
    expect(await link(desk).textContent()).toBe('Conflicts');
    await link(desk).click();
    await desk.page.getByText('No conflicts', { exact: true }).waitFor();
    expect(await barriers(desk.page)).toEqual([]);

    const { owner, user, address } = await fallOut('ana');
    await world.rest.createConversation(owner);
    await comes(user, address.toUpperCase());
    await desk.page.reload();
    const conflict = card(desk, address);
    await conflict.getByText(/^2 times since .*by Web SDK/).waitFor();
    await expect.poll(() => link(desk).textContent()).toBe('Conflicts1');
    const [came, has] = [conflict.getByRole('group', { name: 'Came with the address' }), conflict.getByRole('group', { name: 'Has the address' })];
    await came.getByText('none that is verified').waitFor();
    await has.getByText('signed by your server', { exact: true }).waitFor();
    expect(await has.getByRole('definition').last().textContent()).toBe('1');
    expect(await came.getByRole('link').getAttribute('href')).toMatch(/\/users\/[0-9a-f]{24}$/);

    await conflict.getByRole('button', { name: 'Merge…' }).click();
    await desk.dialog.getByText(`The external id ${owner} leads to nobody any more.`).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.dialog.getByRole('radio', { name: /Has the address/ }).check();
    await desk.dialog.getByText(`The external id ${user} leads to nobody any more.`).waitFor();
    await desk.dialog.getByRole('radio', { name: /Came with the address/ }).check();
    await desk.dialog.getByText('One conversation moves.').waitFor();
    await desk.dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await desk.page.getByText('No conflicts', { exact: true }).waitFor();
    await expect.poll(() => link(desk).textContent()).toBe('Conflicts');
    await desk.page.getByRole('tab', { name: 'Settled' }).click();
    await card(desk, address).getByText(`Merged by ${boss.name}`, { exact: false }).waitFor();

    await desk.page.getByRole('link', { name: 'Users', exact: true }).click();
    await desk.page.getByRole('region', { name: 'Merges' }).getByRole('button', { name: 'Undo' }).click();
    await desk.page.getByText('The two are apart again.').waitFor();
    await link(desk).click();
    await card(desk, address).getByRole('button', { name: 'Dismiss' }).click();
  });

  it('end by moving the address: whoever shows it is the other user from then on', async () => {
    const desk = await office.signIn(boss);
    const { user, address } = await fallOut('ben');
    await link(desk).click();
    await card(desk, address).getByRole('button', { name: 'Move the address…' }).click();
    await desk.dialog.getByText(/^Whoever shows that/).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.button('Move the address').click();
    await desk.page.getByText(`${address} is ${user}’s now.`).waitFor();
    expect(await world.rest.call('GET', `/users?filter[identities.email]=${address}`)).toMatchObject({ users: [{ externalId: user }] });
    await desk.page.getByRole('tab', { name: 'Settled' }).click();
    await card(desk, address).getByText(`Address moved by ${boss.name}`, { exact: false }).waitFor();
  });

  it('are dismissed by keyboard, stay so, and are opened again; whoever comes second is told who was first', async () => {
    const colleague = office.newcomer('Ada');
    const other = await office.invite(colleague, 'Admin');
    const desk = await office.signIn(boss);
    const [first, second] = [await fallOut('cem'), await fallOut('dora')];
    await link(desk).focus();
    await desk.page.keyboard.press('Enter');
    await link(other).click();
    await card(other, second.address).waitFor();
    const dismiss = card(desk, second.address).getByRole('button', { name: 'Dismiss' });
    await dismiss.focus();
    await desk.page.keyboard.press('Enter');
    await desk.page.getByText(/^Dismissed\. It stays so/).waitFor();
    await expect.poll(() => card(desk, first.address).evaluate((article) => article === document.activeElement)).toBe(true);
    await desk.page.keyboard.press('Tab');

    await card(other, second.address).getByRole('button', { name: 'Dismiss' }).click();
    await other.page.getByText(`${boss.name} has settled this already.`).waitFor();
    await expect.poll(() => card(other, second.address).count()).toBe(0);

    await comes(second.user, second.address);
    await desk.page.getByRole('tab', { name: 'Open' }).focus();
    await desk.page.keyboard.press('ArrowRight');
    const dismissed = card(desk, second.address);
    await dismissed.getByText(/^2 times since/).waitFor();
    expect(new URL(desk.page.url()).pathname).toMatch(/\/conflicts\/settled$/);
    expect(await barriers(desk.page)).toEqual([]);
    await dismissed.getByRole('button', { name: 'Open again' }).focus();
    await desk.page.keyboard.press('Enter');
    await expect.poll(() => dismissed.count()).toBe(0);
    await desk.page.getByRole('tab', { name: 'Open' }).click();
    await dismissed.waitFor();
    await desk.page.setViewportSize({ width: 390, height: 780 });
    expect(await desk.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
