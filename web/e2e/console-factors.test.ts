/** How people at the console show that it is them: codes of a phone, passkeys and a provider of single sign-on, in a real browser. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { Login } from './login.ts';
import { Office, password } from './office.ts';
import type { Desk } from './office.ts';
import { World } from './world.ts';

/** The code that a phone with the secret shows so many half minutes from now (RFC 6238). */
function codeOf(secret: string, steps = 0): string {
  const bits = Array.from(secret, (sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? []);
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  return String((hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function openSecurity(desk: Desk): Promise<void> {
  await desk.account.click();
  await desk.page.getByRole('menuitem', { name: 'Sign-in and security' }).click();
  await desk.heading('Sign-in and security').waitFor();
}

async function leave(desk: Desk): Promise<void> {
  await desk.account.click();
  await desk.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await desk.heading('Sign in').waitFor();
}

async function leaveGate(desk: Desk): Promise<void> {
  await desk.button('Sign out').click();
  await desk.heading('Sign in').waitFor();
}

const login = await Login.open();
afterAll(() => login.close());

describe.skipIf(browserSkipped())('the second factor of the console', () => {
  const world = World.begin({
    PARLOR_OIDC_ISSUER: login.url,
    PARLOR_OIDC_CLIENT_ID: Login.client.id,
    PARLOR_OIDC_CLIENT_SECRET: Login.client.secret,
    PARLOR_OIDC_NAME: 'Fernhill login',
    PARLOR_OUTBOUND_ALLOW: '127.0.0.1',
  });
  const office = new Office(world, 'localhost'); // passkeys are bound to a name

  beforeAll(() => login.begin(`${world.wire.url.replace('127.0.0.1', 'localhost')}/console/sso`));

  /** A device that keeps passkeys, and knows its user by a finger. What comes back is how many it keeps. */
  async function device(desk: Desk): Promise<() => Promise<number>> {
    const browser = await desk.page.context().newCDPSession(desk.page);
    await browser.send('WebAuthn.enable');
    const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    });
    return async () => (await browser.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length;
  }

  it('is a code of a phone, or a recovery code, and can be taken away by an owner', async () => {
    const kim = office.newcomer('Kim');
    const desk = await office.invite(kim);
    await openSecurity(desk);
    await desk.button('Set up').click();
    const secret = await desk.field('Or type in this key').inputValue();
    await desk.page.getByRole('img', { name: 'QR code of the key below' }).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.field('Code that the app shows').fill('000000');
    await desk.button('Turn on').click();
    await desk.alert.getByText('That is not the code').waitFor();
    await desk.field('Code that the app shows').fill(codeOf(secret));
    await desk.page.keyboard.press('Enter');
    await desk.heading('Store these recovery codes').waitFor();
    const recovery = await desk.page.getByRole('list', { name: 'Your recovery codes' }).getByRole('listitem').allTextContents();
    expect(new Set(recovery).size).toBe(10);
    expect(await barriers(desk.page)).toEqual([]);
    await desk.button('I have stored them').click();
    await desk.page.getByText('10 are left').waitFor();
    await desk.button('Close').click();

    await leave(desk);
    await desk.signIn(kim.email);
    await desk.heading('One more step').waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.page.keyboard.type(codeOf(secret, 1));
    await desk.page.keyboard.press('Enter');
    await desk.account.waitFor();

    await leave(desk);
    await desk.signIn(kim.email);
    await desk.button('Use a recovery code').click();
    await desk.field('Recovery code').fill(recovery[0] ?? '');
    await desk.button('Go on').click();
    await desk.account.waitFor();

    const by = await office.boss();
    await by.toPeople();
    await by.button(`Take the second factor from ${kim.name}`).click();
    await by.button('Take it away').click();
    await by.page.getByText(`${kim.name} signs in by password alone now.`).waitFor();
    await desk.page.reload();
    await desk.signIn(kim.email, password);
    await desk.account.waitFor();
  });

  it('is a passkey, which signs in without a password, until it is removed', async () => {
    const lou = office.newcomer('Lou');
    const desk = await office.invite(lou);
    const kept = await device(desk);
    await openSecurity(desk);
    await desk.button('Add a passkey').click();
    await desk.field('What you call it').fill('Finger');
    await desk.page.keyboard.press('Enter');
    await desk.heading('Store these recovery codes').waitFor();
    await desk.button('I have stored them').click();
    expect(await kept()).toBe(1);
    await desk.button('Rename Finger').click();
    await desk.field('What you call it').fill('Thumb');
    await desk.button('Rename').click();
    await desk.page.getByText('not used yet').waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.button('Close').click();

    await leave(desk);
    await desk.button('Sign in with a passkey').click();
    await desk.account.waitFor();
    await leave(desk);
    await desk.signIn(lou.email);
    await desk.heading('One more step').waitFor();
    await desk.button('Use a passkey').click();
    await desk.account.waitFor();

    await openSecurity(desk);
    await desk.button('Remove Thumb').click();
    await desk.dialog.last().getByRole('button', { name: 'Remove', exact: true }).click();
    await desk.page.getByText('Thumb is removed.').waitFor();
    await desk.button('Close').click();
    await leave(desk);
    await desk.button('Sign in with a passkey').click();
    await desk.alert.getByText('This passkey is not good here').waitFor();
    await desk.signIn(lou.email);
    await desk.account.waitFor();
  });

  it('is not asked for where a provider lets people in who were invited', async () => {
    const mia = office.newcomer('Mia');
    const name = mia.email.split('@')[0] ?? '';
    const desk = await office.visit();
    office.friends.push(login.url, Login.font);
    await desk.page.route(`${Login.font}**`, (route) => route.abort());
    await desk.button('Continue with Fernhill login').click();
    await login.signIn(desk.page, name);
    await desk.alert.getByText('There is no account for you here yet.').waitFor();
    expect(new URL(desk.page.url()).search).toBe('');
    expect(await barriers(desk.page)).toEqual([]);

    const by = await office.boss();
    const path = await by.invite(mia.email, 'Owner');
    await desk.page.goto(new URL(path, desk.page.url()).href);
    await desk.button('Continue with Fernhill login').click();
    await desk.account.waitFor();
    await desk.page.waitForURL(/\/inbox\//);

    await desk.toPeople();
    await openSecurity(desk);
    await desk.button('Add a passkey').waitFor();
    await desk.button('Close').click();
    await leave(desk);
    await desk.button('Continue with Fernhill login').click();
    await desk.account.waitFor();
  });

  it('is asked of everybody where an owner wants that, right after signing in', async () => {
    const [ola, pat] = [office.newcomer('Ola'), office.newcomer('Pat')];
    const owner = await office.invite(ola, 'Owner');
    const rule = async (desk: Desk, name: string) => {
      await desk.toPeople();
      await desk.page.getByLabel('Who needs a second factor').last().selectOption(name);
    };
    await rule(owner, 'Everybody, by single sign-on too');
    await owner.alert.getByText('Set up a second factor of your own first').waitFor();
    const agent = await office.invite(pat);
    await openSecurity(owner);
    await owner.button('Set up').click();
    await owner.field('Code that the app shows').fill(codeOf(await owner.field('Or type in this key').inputValue()));
    await owner.button('Turn on').click();
    await owner.button('I have stored them').click();
    await owner.button('Close').click();
    await rule(owner, 'Everybody, by single sign-on too');
    await owner.page.getByText('It holds from now on.').waitFor();
    expect(await barriers(owner.page)).toEqual([]);

    await agent.page.reload();
    await agent.heading('One more thing first').waitFor();
    await leaveGate(agent);
    await agent.signIn(pat.email);
    await agent.heading('One more thing first').waitFor();
    expect(await agent.page.getByRole('navigation').count()).toBe(0);
    expect(await barriers(agent.page)).toEqual([]);
    await agent.button('Set up').click();
    await agent.field('Code that the app shows').fill(codeOf(await agent.field('Or type in this key').inputValue()));
    await agent.page.keyboard.press('Enter');
    await agent.heading('Store these recovery codes').waitFor();
    await agent.button('I have stored them').click();
    await agent.account.waitFor();
    await rule(owner, 'Nobody: as each of them likes');
    await owner.page.getByText('It holds from now on.').last().waitFor();
  });
});
