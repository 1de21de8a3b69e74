/** The door `jsm` in a real browser: old and present form as documented, unchanged but for address and key (contracts/jsm-chat.md). */
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { Host } from './host.ts';
import type { Tab } from './host.ts';
import { Rest } from './rest.ts';
import type { Key } from './program.ts';

const { KJUR } = createRequire(import.meta.url)('jsrsasign') as { KJUR: { jws: { JWS: { sign(alg: string, header: string, claims: string, secret: { utf8: string }): string } } } };

interface Refusal {
  message: string;
  code: string;
  reason: string;
  claim?: string;
  status: number;
  retryable: boolean;
}

interface ChatWidget extends HTMLElement {
  loginWithToken(token: string): Promise<object>;
  logout(): Promise<void>;
  open(): void;
  close(): void;
  show(): void;
  hide(): void;
}

declare const spartezSupportChat: { sso: { login(token: string): Promise<object>; logout(): Promise<void> } };

describe.skipIf(browserSkipped())('chat.js', () => {
  const host = Host.begin();
  let other: { key: Key; rest: Rest };

  beforeAll(async () => {
    const app = await host.parlor.createApp('Mosses');
    await host.parlor.command('app', 'set', app.id, 'portal=11');
    const [key, api] = await Promise.all([host.parlor.createKey(app, 'jsm'), host.parlor.createKey(app, 'api')]);
    other = { key, rest: new Rest(host.parlor.url, app, api) };
  });

  /** The documented sample: seconds with a fraction, good for five minutes. */
  function tokenOf(email: string, key = host.key, life = 300): string {
    const iat = Date.now() / 1000 - (life < 0 ? 3600 : 0);
    return KJUR.jws.JWS.sign('HS256', JSON.stringify({ alg: 'HS256', typ: 'JWT' }), JSON.stringify({ email, displayName: 'Ana', iat, exp: iat + Math.abs(life) }), { utf8: key.secret });
  }

  const address = (name: string) => `${host.newcomer(name)}@example.com`;

  const script = () => `<script src="${host.parlor.url}/chat.js"></script>`;

  /** The documented snippet of the old form. */
  const global = (members: string) => `<script>window.spartezSupportChat = { portal: 10, cloud: { jiraId: '5e3', jiraUrl: 'https://x.invalid', urls: { rest: 'https://x.invalid', ws: 'wss://x.invalid' } }, ${members} };</script>${script()}`;

  const usersBy = async (email: string, rest = host.rest) =>
    (await rest.call<{ users: { id: string; number: number }[] }>('GET', `/users?filter%5Bidentities.email%5D=${encodeURIComponent(email)}`)).users;

  /** All that the person with the address has written. */
  async function texts(email: string, rest = host.rest): Promise<(string | undefined)[]> {
    const [user] = await usersBy(email, rest);
    if (!user) return [];
    const { conversations } = await rest.call<{ conversations: { id: string }[] }>('GET', `/conversations?filter%5BuserId%5D=${user.id}`);
    return (await Promise.all(conversations.map(({ id }) => rest.texts(id)))).flat();
  }

  const refusalOf = (tab: Tab, token: string) =>
    tab.page.evaluate(
      (bad) =>
        spartezSupportChat.sso.login(bad).then(
          () => null,
          (thrown: unknown) => (thrown instanceof Error ? { ...(thrown as object as Refusal), message: thrown.message } : null),
        ),
      token,
    );

  describe('the old form', () => {
    it('signs in from initCallback, which runs once, with the object as this', async () => {
      const email = address('ana');
      const tab = await host.visit(
        host.page(global(`initCallback: async function () { window.calls = (window.calls ?? 0) + 1; window.mine = this === window.spartezSupportChat; try { window.answer = await spartezSupportChat.sso.login('${tokenOf(email)}'); } catch (exception) { console.error(exception.message); } }`)),
      );
      await tab.page.waitForFunction(() => (window as unknown as { answer?: object }).answer);
      expect(await tab.page.evaluate(() => [(window as unknown as { calls: number }).calls, (window as unknown as { mine: boolean }).mine])).toEqual([1, true]);
      await tab.open();
      await tab.send('hello');
      expect(await texts(email)).toEqual(['hello']);
      expect(tab.errors).toEqual([]);
    });

    it('signs in by a call made before anything is ready; five within the first minute make one user', async () => {
      const email = address('five');
      const tokens = Array.from({ length: 5 }, () => `spartezSupportChat.sso.login('${tokenOf(email)}')`);
      const tab = await host.visit(host.page(`${global('')}<script>window.all = Promise.all([${tokens.join()}])</script>`));
      expect(await tab.page.evaluate(async () => (await (window as unknown as { all: Promise<object[]> }).all).every(Boolean))).toBe(true);
      expect(await usersBy(email)).toHaveLength(1);
    });

    it.each([
      ['expired', (email: string) => tokenOf(email, host.key, -300), { reason: 'token_expired', claim: 'exp' }, /expired/],
      ['signed with another secret', (email: string) => tokenOf(email, { ...host.key, secret: 'of-another-project-altogether-0123456789' }), { reason: 'signature_invalid' }, /signature|secret/i],
      ['no token', () => 'undefined', { reason: 'malformed' }, /./],
    ])('says in exception.message why a token is refused: %s', async (_, token, members, says) => {
      const tab = await host.visit(host.page(global('')));
      const refusal = await refusalOf(tab, token(address('bad')));
      expect(refusal).toMatchObject({ ...members, code: 'invalid_auth', status: 401, retryable: false });
      expect(refusal?.message).toMatch(says);
    });

    it('goes on with the session on the next page, until sso.logout, after which nothing is left', async () => {
      const email = address('tess');
      const browser = await host.newBrowser();
      const url = host.page(global(''));
      const tab = await host.visit(url, browser);
      await tab.page.evaluate((token) => spartezSupportChat.sso.login(token), tokenOf(email));
      await tab.open();
      await tab.send('a secret of Tess');
      await tab.page.reload();
      await tab.open();
      await tab.said('a secret of Tess').waitFor();
      await tab.page.evaluate(() => spartezSupportChat.sso.logout());
      expect(await tab.everything()).not.toContain('of Tess');
      const again = await host.visit(url, browser);
      await again.open();
      await again.send('of somebody new');
      expect(await again.everything()).not.toContain('of Tess');
      expect(await texts(email)).toEqual(['a secret of Tess']);
    });

    it('takes the place of what is in its container', async () => {
      const tab = await host.visit(host.page('', `<div id="place"><p>Loading the chat</p></div>${global("container: 'place', locale: 'en-us', chatClass: 'mine'")}`));
      await tab.send('inside');
      expect(await tab.page.locator('#place').innerText()).not.toContain('Loading');
      expect(await tab.page.locator('#place iframe').count()).toBe(1);
      expect(await tab.launcher.count()).toBe(0);
    });

    it('waits after the page has loaded as long as delay says, and the calls wait with it', async () => {
      const tab = await host.visit(host.page(`${global("delay: 400, iconClass: 'icon', chatClass: 'window'")}<script>window.signedIn = spartezSupportChat.sso.login('${tokenOf(address('slow'))}')</script>`));
      await tab.page.evaluate(() => (window as unknown as { signedIn: Promise<object> }).signedIn);
      const [loaded, asked] = await tab.page.evaluate(() => [
        (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).loadEventStart,
        performance.getEntriesByType('resource').find(({ name }) => name.includes('/sdk/v1/config?portal=10'))?.startTime ?? 0,
      ]);
      expect((asked ?? 0) - (loaded ?? 0)).toBeGreaterThanOrEqual(395);
      expect(await tab.page.locator('#parlor').getAttribute('class')).toBe('icon window');
    });

    it('hands on what the page says of its visitor', async () => {
      const tab = await host.visit(host.page(global("meta: [{ render: true, name: 'plan', value: 'gold' }, { render: false, name: 'cart', value: 3 }]")));
      await tab.page.evaluate((token) => spartezSupportChat.sso.login(token), tokenOf(address('meta')));
      expect(tab.info()).toEqual({ currentUrl: tab.page.url(), 'meta.render': 'plan', 'meta.plan': 'gold', 'meta.cart': '3' });
    });

    it('says which portal there is no app of, and what to do', async () => {
      const tab = await host.visit(host.page(`<script>window.spartezSupportChat = { portal: 404 };</script>${script()}`));
      await expect.poll(() => tab.errors.length).toBe(1);
      expect(tab.errors[0]).toMatch(/portal 404.*set with: parlor app set APP portal=404/);
      expect(await refusalOf(tab, 'x')).toMatchObject({ code: 'app_not_found', status: 404 });
    });
  });

  it('does nothing on a page that asks for nothing', async () => {
    const tab = await host.visit(host.page(script()));
    expect(await tab.page.evaluate(() => [typeof spartezSupportChat.sso.login, document.getElementById('parlor')])).toEqual(['function', null]);
    expect(await tab.page.evaluate(() => performance.getEntriesByType('resource').length)).toBe(1);
  });

  describe('<chat-widget>', () => {
    const element = (attributes = '') => `<chat-widget src="${host.parlor.url}" project="10" ${attributes}></chat-widget>`;
    const widget = (tab: Tab) => tab.page.locator('chat-widget').first();

    it('runs onload once, whether it is set before the chat is ready or after', async () => {
      const email = address('onload');
      const set = (name: string) => `document.querySelector('chat-widget').onload = async () => { window.${name} = (window.${name} ?? 0) + 1; await document.querySelector('chat-widget').loginWithToken('${tokenOf(email)}'); window.done = true; };`;
      for (const html of [`${element()}<script>${set('runs')}</script>${script()}`, `${script()}${element()}<script>${set('runs')}</script>`]) {
        const tab = await host.visit(host.page('', html));
        await tab.page.waitForFunction(() => (window as unknown as { done?: boolean }).done);
        await tab.page.evaluate((late) => {
          const chat = document.querySelector('chat-widget') as ChatWidget;
          chat.onload = () => chat.setAttribute('data-late', late);
        }, 'ran');
        await expect.poll(() => widget(tab).getAttribute('data-late')).toBe('ran');
        expect(await tab.page.evaluate(() => (window as unknown as { runs: number }).runs)).toBe(1);
      }
      expect(await usersBy(email)).toHaveLength(1);
    });

    it('signs in by a call made right after it was made, and tells of it', async () => {
      const email = address('made');
      const tab = await host.visit(host.page(script()));
      const heard = await tab.page.evaluate(
        async ([src, token]) => {
          const chat = document.createElement('chat-widget') as ChatWidget;
          const names: string[] = [];
          for (const name of ['load', 'login', 'logout']) chat.addEventListener(name, () => names.push(name));
          chat.setAttribute('src', src);
          chat.setAttribute('project', '10');
          const signedIn = chat.loginWithToken(token);
          document.body.append(chat);
          await signedIn;
          await chat.logout();
          return names;
        },
        [host.parlor.url, tokenOf(email)] as const,
      );
      expect(heard).toEqual(['load', 'login', 'logout']);
      expect(await usersBy(email)).toHaveLength(1);
    });

    it('tells of a refusal, to the caller and as an event', async () => {
      const tab = await host.visit(host.page('', element() + script()));
      const told = await widget(tab).evaluate(async (chat: ChatWidget) => {
        const codes: string[] = [];
        chat.addEventListener('error', (event) => codes.push((event as unknown as CustomEvent<{ code: string }>).detail.code));
        await chat.loginWithToken('x').catch((error: unknown) => codes.push((error as { reason: string }).reason));
        return codes;
      });
      expect(told).toEqual(['invalid_auth', 'malformed']);
    });

    it('is not seen until login where the page wants that; opens, closes, shows and hides', async () => {
      const tab = await host.visit(host.page('', element('hide-until-login') + script()));
      await tab.page.waitForFunction(() => document.getElementById('parlor'));
      expect(await tab.launcher.isVisible()).toBe(false);
      await widget(tab).evaluate((chat: ChatWidget, token) => chat.loginWithToken(token), tokenOf(address('hidden')));
      await tab.launcher.waitFor();
      await widget(tab).evaluate((chat: ChatWidget) => chat.open());
      await tab.composer.waitFor();
      await widget(tab).evaluate((chat: ChatWidget) => chat.close());
      await tab.composer.waitFor({ state: 'hidden' });
      await widget(tab).evaluate((chat: ChatWidget) => chat.hide());
      await tab.launcher.waitFor({ state: 'hidden' });
      await widget(tab).evaluate((chat: ChatWidget) => chat.show());
      await tab.launcher.waitFor();
      await widget(tab).evaluate((chat: ChatWidget) => chat.logout());
      await tab.launcher.waitFor({ state: 'hidden' });
    });

    it('is drawn in its container, once somebody has signed in', async () => {
      const tab = await host.visit(host.page('', `<div id="place">Loading the chat</div>${element('container="place" hide-until-login')}${script()}`));
      await tab.page.waitForFunction(() => document.querySelector('#place')?.textContent === '');
      expect(await tab.page.locator('#place').isVisible()).toBe(false);
      await widget(tab).evaluate((chat: ChatWidget, token) => chat.loginWithToken(token), tokenOf(address('boxed')));
      await tab.composer.waitFor();
      expect(await tab.page.locator('#place').isVisible()).toBe(true);
    });

    it('counts what is unread', async () => {
      const email = address('unread');
      const tab = await host.visit(host.page('', element() + script()));
      await widget(tab).evaluate(async (chat: ChatWidget, token) => {
        chat.addEventListener('unread', (event) => chat.setAttribute('data-unread', String((event as CustomEvent<{ count: number }>).detail.count)));
        await chat.loginWithToken(token);
      }, tokenOf(email));
      await tab.open();
      await tab.send('are you there?');
      await widget(tab).evaluate((chat: ChatWidget) => chat.close());
      const [user] = await usersBy(email);
      const { conversations } = await host.rest.call<{ conversations: { id: string }[] }>('GET', `/conversations?filter%5BuserId%5D=${user?.id}`);
      await host.rest.say(conversations[0]?.id ?? '', 'yes');
      await expect.poll(() => widget(tab).getAttribute('data-unread')).toBe('1');
    });

    it('for two portals is two chats, which do not cover each other and end with their elements', async () => {
      const emails = [address('fern'), address('moss')] as const;
      const tab = await host.visit(host.page('', `${element()}<chat-widget project="11"></chat-widget>${script()}`));
      await expect.poll(() => tab.launcher.count()).toBe(2);
      const [first, second] = await Promise.all([tab.launcher.nth(0).boundingBox(), tab.launcher.nth(1).boundingBox()]);
      expect(Math.abs((first?.y ?? 0) - (second?.y ?? 0))).toBe(72);
      await tab.page.evaluate(
        async (tokens) => {
          const chats = [...document.querySelectorAll<ChatWidget>('chat-widget')];
          await Promise.all(chats.map((chat, i) => chat.loginWithToken(tokens[i] ?? '')));
        },
        [tokenOf(emails[0]), tokenOf(emails[1], other.key)],
      );
      expect([await usersBy(emails[0]), await usersBy(emails[1], other.rest), await usersBy(emails[0], other.rest)].map((users) => users.length)).toEqual([1, 1, 0]);
      await tab.page.evaluate(() => document.querySelector('chat-widget')?.remove());
      await expect.poll(() => tab.launcher.count()).toBe(1);
      expect(await tab.page.locator('iframe[title="Chat"]').count()).toBe(1);
    });

    it('and the old form of the same portal are one chat', async () => {
      const email = address('both');
      const tab = await host.visit(host.page('', element() + global('')));
      await tab.page.evaluate((token) => spartezSupportChat.sso.login(token), tokenOf(email));
      expect([await tab.launcher.count(), await tab.page.locator('iframe[title="Chat"]').count()]).toEqual([1, 1]);
      await widget(tab).evaluate((chat: ChatWidget) => chat.remove());
      await tab.open();
      await tab.send('still here');
      expect(await texts(email)).toEqual(['still here']);
    });
  });
});
