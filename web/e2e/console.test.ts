/** People at the console, in a real browser: how they come, what they may, how they leave. */
import { describe, expect, it } from 'vitest';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { Office, boss, password } from './office.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('the console', () => {
  const world = World.begin();
  const office = new Office(world);

  it('is set up by the link that the server prints, which works once and leaves the address', async () => {
    const path = world.parlor.setUpPath;
    expect(path).toMatch(/^\/console\/welcome#./);
    const desk = await office.visit(path);
    await desk.heading('Set up Parlor').waitFor();
    expect(new URL(desk.page.url()).hash).toBe('');
    expect(await barriers(desk.page)).toEqual([]);
    await desk.field('Your name').fill(boss.name);
    await desk.field('Email').fill(boss.email);
    await desk.field('Password').fill('short');
    await desk.button('Create account').click();
    await desk.page.getByText('3 more characters are needed.').waitFor();

    const first = await office.boss();
    await expect.poll(() => new URL(first.page.url()).pathname).toBe(`/console/apps/${world.app.id}/inbox/waiting`);
    await first.heading('Nobody is waiting').waitFor();
    const late = await office.visit(path);
    await late.heading('This link does not work any more').waitFor();
    const cut = await office.visit('/console/welcome');
    await cut.heading('This link is not complete').waitFor();
    expect(await barriers(cut.page)).toEqual([]);
  });

  it('takes no wrong password, and leads back to where one wanted to go', async () => {
    await office.boss();
    const path = `/console/apps/${world.app.id}/people`;
    const desk = await office.visit(path);
    await desk.signIn(boss.email, 'wrong horse battery');
    await expect.poll(() => desk.alert.textContent()).toContain('do not match');
    await desk.signIn('nobody@fernhill.example');
    await expect.poll(() => desk.alert.textContent()).toContain('do not match');
    await desk.signIn(boss.email);
    await desk.person(boss.name).waitFor();
    expect(new URL(desk.page.url()).pathname).toBe(path);
  });

  it('signs out, in all tabs of the browser', async () => {
    const desk = await office.boss();
    const other = await desk.page.context().newPage();
    await other.goto(desk.page.url());
    await other.getByRole('heading', { name: 'Nobody is waiting' }).waitFor();
    await desk.toPeople();
    await desk.account.click();
    await desk.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await desk.heading('Sign in').waitFor();
    await desk.page.goBack();
    await desk.heading('Sign in').waitFor();
    await other.getByRole('link', { name: 'People' }).click();
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await desk.page.context().cookies()).toEqual([]);
  });

  it('lets in whom it invited, once, with the password that they choose', async () => {
    const lou = office.newcomer('Lou');
    const by = await office.boss();
    const path = await by.invite(lou.email, 'Agent');
    await by.person(lou.email).waitFor();
    const desk = await office.visit(path);
    await desk.heading('Join Fernhill').waitFor();
    expect(await desk.field('Email').inputValue()).toBe(lou.email);
    expect(await barriers(desk.page)).toEqual([]);
    await desk.join(lou);
    const again = await office.visit(path);
    await again.heading('This link does not work any more').waitFor();
    await by.page.reload();
    await by.person(lou.name).waitFor();
    expect(await by.heading('Open invitations').count()).toBe(0);
    await (await office.signIn(lou)).heading('Nobody is waiting').waitFor();
  });

  it('does not take an invitation that was withdrawn', async () => {
    const by = await office.boss();
    const late = office.newcomer('Late');
    const path = await by.invite(late.email, 'Admin');
    await by.page.getByRole('button', { name: `Withdraw: ${late.email}` }).click();
    await by.person(late.email).waitFor({ state: 'detached' });
    await (await office.visit(path)).heading('This link does not work any more').waitFor();
  });

  it('shows agents and admins what their role is for, and no more', async () => {
    const agent = await office.invite(office.newcomer('Agent'));
    await agent.toPeople();
    await agent.person(boss.name).waitFor();
    expect(await agent.page.getByText(boss.email).count()).toBe(0);
    expect([await agent.button('Invite').count(), await agent.page.getByRole('combobox').count()]).toEqual([0, 0]);
    const admin = await office.invite(office.newcomer('Admin'), 'Admin');
    await admin.toPeople();
    await admin.page.getByText(boss.email).waitFor();
    expect([await admin.button('Invite').count(), await admin.page.getByRole('combobox').count()]).toEqual([0, 0]);
  });

  it('changes roles and removes people, who are out at once', async () => {
    const mo = office.newcomer('Mo');
    const desk = await office.invite(mo);
    const by = await office.boss();
    await by.toPeople();
    await by.page.getByLabel(`Role of ${mo.name}`).selectOption('owner');
    await by.page.getByText(`${mo.name} is now Owner.`).waitFor();
    await desk.page.reload();
    await desk.toPeople();
    await desk.button('Invite').waitFor();
    await by.page.getByRole('button', { name: `Remove ${mo.name}` }).click();
    const remove = by.dialog.getByRole('button', { name: 'Remove', exact: true });
    expect(await remove.isDisabled()).toBe(true);
    await by.field(`Type ${mo.name} to confirm`).fill(mo.name);
    await remove.click();
    await by.person(mo.name).waitFor({ state: 'detached' });
    await desk.page.reload();
    await desk.heading('You are in no app yet').waitFor();
  });

  it('makes apps, and switches between them', async () => {
    const desk = await office.boss();
    await desk.button(/^Switch app/).click();
    await desk.page.getByRole('menuitem', { name: 'New app' }).click();
    await desk.field('Name of the app').fill('Mosswood');
    expect(await barriers(desk.page)).toEqual([]);
    await desk.button('Create app').click();
    await desk.button(/^Switch app/).getByText('Mosswood').waitFor();
    expect(desk.page.url()).not.toContain(world.app.id);
    await desk.button(/^Switch app/).click();
    await desk.page.getByRole('menuitemradio', { name: 'Fernhill' }).click();
    await expect.poll(() => desk.page.url()).toContain(world.app.id);
    await desk.page.goBack();
    await desk.button(/^Switch app/).getByText('Mosswood').waitFor();
  });

  it('speaks the language of the browser or the one that was chosen, and keeps to the theme', async () => {
    await office.boss();
    const desk = await office.visit('/console', { locale: 'de-DE' });
    await desk.page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    expect(await desk.page.locator('html').getAttribute('lang')).toBe('de');
    await desk.page.getByLabel('Sprache').selectOption('English');
    await desk.heading('Sign in').waitFor();
    await desk.signIn(boss.email);
    await desk.account.click();
    await desk.page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await desk.page.reload();
    await desk.account.waitFor();
    expect(await desk.page.evaluate(() => [document.documentElement.lang, document.documentElement.style.colorScheme])).toEqual(['en', 'dark']);
  });

  it('changes name and password', async () => {
    const ada = office.newcomer('Ada');
    const desk = await office.invite(ada);
    const dialled = desk.page.waitForEvent('websocket');
    await desk.page.reload();
    const line = await dialled;
    await desk.account.click();
    await desk.page.getByRole('menuitem', { name: 'Your profile' }).click();
    await desk.field('Your name').fill('Ada L.');
    await desk.button('Save').click();
    await desk.button('Account of Ada L.').waitFor();
    await desk.account.click();
    await desk.page.getByRole('menuitem', { name: 'Change your password' }).click();
    await desk.field('Your password now').fill('not the password');
    await desk.field('New password').fill('another battery staple');
    await desk.button('Save').click();
    await desk.alert.getByText('not your password').waitFor();
    // Another name is no reason to begin the inbox anew.
    expect(line.isClosed()).toBe(false);
    expect(await barriers(desk.page)).toEqual([]);
    await desk.field('Your password now').fill(password);
    await desk.button('Save').click();
    await desk.page.getByText('Your password is changed.').waitFor();
    const again = await office.visit();
    await again.signIn(ada.email, 'another battery staple');
    await again.account.waitFor();
  });

  it('has no barriers that axe finds', async () => {
    const path = (await office.boss()) && `/console/apps/${world.app.id}/people`;
    const out = await office.visit('/console', { bypassCSP: true });
    await out.heading('Sign in').waitFor();
    expect(await barriers(out.page)).toEqual([]);
    await out.signIn(boss.email, 'wrong horse battery');
    await out.alert.waitFor();
    expect(await barriers(out.page)).toEqual([]);
    const desk = await office.boss({ bypassCSP: true });
    await desk.page.goto(world.wire.url + path);
    await desk.person(boss.name).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.account.click();
    await desk.page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.page.keyboard.press('Escape');
    await desk.button('Invite').first().click();
    await desk.dialog.waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.page.keyboard.press('Escape');
    await desk.page.keyboard.press('?');
    await desk.heading('Keyboard shortcuts').waitFor();
    expect(await barriers(desk.page)).toEqual([]);
  });
});
