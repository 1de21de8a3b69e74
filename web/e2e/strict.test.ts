/** Pages whose policy admits Parlor's scripts, frame and requests, and nothing else: not one report comes from page or chat, whatever the chat does. */
import { createRequire } from 'node:module';
import type { BrowserContext } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Smooch as SmoochAPI } from '../widget/api.ts';
import { browserSkipped } from './browser.ts';
import { tokenOf } from './company.ts';
import { Host } from './host.ts';
import type { Tab } from './host.ts';
import { everything } from './rich.ts';

declare const Smooch: SmoochAPI;

const { sign } = createRequire(import.meta.url)('jsonwebtoken') as { sign(claims: object, secret: string, options?: object): string };

interface Door {
  name: string;
  script: string;
  /** What the page's own script says, which stands in a file of its own. */
  own?: string;
  /** Of the element of Parlor's script. */
  attributes?: string;
  body?: string;
  /** Ends the chat. */
  end(): void;
}

describe.skipIf(browserSkipped())('the strictest page', () => {
  const host = Host.begin();

  const doorsOf = (id: string): Door[] => [
    {
      name: 'Smooch.init',
      script: 'smooch',
      own: `Smooch.init({ integrationId: '${host.app.integrationId}', externalId: '${id}', jwt: '${tokenOf(id, host.key)}', customColors: { brandColor: '0a7a55' }, buttonIconUrl: '/none', displayStyle: 'tab', backgroundImageUrl: '/none', fixedHeader: true });`,
      end: () => Smooch.destroy(),
    },
    {
      name: 'chat.js',
      script: 'chat',
      own: `Parlor.login('${sign({ email: `${id}@example.com` }, host.key.secret, { expiresIn: 300 })}');`,
      body: '<chat-widget project="10"></chat-widget>',
      end: () => document.querySelector('chat-widget')?.remove(),
    },
    {
      name: 'widget.js',
      script: 'widget',
      attributes: `data-external-auth-code="${sign({ user: { id } }, host.key.secret, { expiresIn: '7 days' })}" data-button-text="Ask us"`,
      end: () => undefined,
    },
    {
      name: '<parlor-chat>',
      script: 'widget',
      body: `<parlor-chat app="${host.app.id}" door="sdk" token="${tokenOf(id, host.key)}" brand-color="7a0a55" theme="dark"></parlor-chat>`,
      end: () => document.querySelector('parlor-chat')?.remove(),
    },
  ];
  const names = ['Smooch.init', 'chat.js', 'widget.js', '<parlor-chat>'];

  const policies = {
    'of origins': () => `default-src 'self'; script-src 'self' ${host.parlor.url}; frame-src ${host.parlor.url}; connect-src ${host.parlor.url}`,
    'of origins and trusted types': () => `${policies['of origins']()}; require-trusted-types-for 'script'; trusted-types 'none'`,
  };
  const kinds = Object.keys(policies) as (keyof typeof policies)[];

  /** A browser that tells what any document reports, and of requests to anybody else. */
  async function watched(): Promise<{ browser: BrowserContext; reports: string[]; asked: string[] }> {
    const browser = await host.newBrowser();
    const reports: string[] = [];
    const asked: string[] = [];
    await browser.exposeBinding('tellOfReport', ({ frame }, text: string) => reports.push(`${new URL(frame.url()).pathname}: ${text}`));
    await browser.addInitScript(() => {
      const { tellOfReport } = window as unknown as { tellOfReport(text: string): void };
      addEventListener('securitypolicyviolation', (event) => tellOfReport(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`), true);
      new ReportingObserver((found) => found.forEach((report) => tellOfReport(JSON.stringify(report))), { buffered: true }).observe();
    });
    browser.on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin === host.parlor.url) asked.push(url.pathname);
      else if (url.protocol !== 'blob:' && url.origin !== host.url) reports.push(`request to ${url.href}`);
    });
    return { browser, reports, asked };
  }

  function pageOf({ script, own, attributes = '', body = '' }: Door, policy: string): string {
    const ours = `<script defer src="${host.parlor.url}/${script}.js" ${attributes}></script>`;
    return host.page(ours + (own ? `<script defer src="${host.script(own)}"></script>` : ''), body, policy);
  }

  /** The conversation of the person whose external id or address begins so. */
  async function conversationOf(id: string): Promise<string> {
    const [byAddress] = (await host.rest.call<{ users: { id: string }[] }>('GET', `/users?filter%5Bidentities.email%5D=${id}@example.com`)).users;
    const filter = byAddress ? `userId%5D=${byAddress.id}` : `userExternalId%5D=${id}`;
    const { conversations } = await host.rest.call<{ conversations: { id: string }[] }>('GET', `/conversations?filter%5B${filter}`);
    return conversations[0]?.id ?? '';
  }

  /** Everything that a chat does on a page. */
  async function live(tab: Tab, id: string): Promise<void> {
    await tab.page.locator('#parlor .launcher').click();
    await tab.send('hello');
    const name = await conversationOf(id);
    const contents = everything();
    for (const content of contents) await host.rest.call('POST', `/conversations/${name}/messages`, { author: { type: 'business', displayName: 'Kim' }, content });
    await expect.poll(() => tab.log.locator('.message').count()).toBe(contents.length + 1);
    await tab.chat.getByRole('button', { name: 'To the shop' }).click();
    await tab.log.getByText('To the shop').last().waitFor();
    await tab.chat.getByRole('button', { name: 'Make the chat larger' }).click();
    await tab.chat.getByRole('button', { name: 'Back to conversations' }).click();
    await tab.chat.getByRole('list', { name: 'Conversations' }).waitFor();
    await tab.chat.getByRole('button', { name: 'Close chat' }).click();
    await host.rest.sign(name, 'typing:start');
    await host.rest.say(name, 'an answer');
    await tab.page.locator('.peek').getByText('an answer').waitFor();
    await tab.page.locator('.badge').getByText('1').waitFor();
  }

  it.each(kinds.flatMap((kind) => names.map((name) => [name, kind] as const)))('by %s, with a policy %s, has nothing to report', async (name, kind) => {
    const id = host.newcomer('ana');
    const door = doorsOf(id).find((one) => one.name === name) as Door;
    const { browser, reports } = await watched();
    const tab = await host.visit(pageOf(door, policies[kind]()), browser);
    await live(tab, id);
    await tab.page.reload();
    await tab.page.locator('#parlor .launcher').click();
    await tab.said('an answer').waitFor();
    await tab.page.evaluate(door.end);
    expect(reports).toEqual([]);
    expect(await tab.page.evaluate(() => document.cookie)).toBe('');
  });

  it.each(kinds)('with a policy %s, in Arabic, asks strangers first, and has nothing to report', async (kind) => {
    const { browser, reports } = await watched();
    const options = { integrationId: host.app.integrationId, prechatCapture: { enabled: true }, locale: 'ar', customText: { headerText: 'فيرن' } };
    // As Smooch's own loader: the page's script waits for the messenger to announce itself.
    const own = host.script(`window.__onWebMessengerHostReady__ = (messenger) => { window.began = messenger.init(${JSON.stringify(options)}); };`);
    const tab = await host.visit(host.page(`<script src="${own}"></script><script defer src="${host.parlor.url}/smooch.js"></script>`, '', policies[kind]()), browser);
    await tab.page.locator('#parlor .launcher').click();
    const chat = tab.page.frameLocator('#parlor iframe');
    await chat.locator('form.form input').first().fill('Ana');
    await chat.locator('form.form input[type="email"]').fill('ana@example.com');
    await chat.locator('form.form input[type="email"]').press('Enter');
    await chat.locator('textarea').waitFor();
    await expect.poll(() => tab.page.evaluate(() => Smooch.getConversations().length)).toBe(1);
    await tab.page.evaluate(() => Smooch.destroy());
    expect(reports).toEqual([]);
  });

  it.each(names)('by %s fetches the script and one configuration before intent', async (name) => {
    const door = doorsOf(host.newcomer('ana')).find((one) => one.name === name) as Door;
    const { browser, reports, asked } = await watched();
    // Nobody has signed in.
    const quiet: Door = { ...door, own: name === 'Smooch.init' ? `Smooch.init({ integrationId: '${host.app.integrationId}' })` : undefined, attributes: '', body: door.body?.replace(/ (door|token)="[^"]*"/g, '') };
    const tab = await host.visit(pageOf(quiet, policies['of origins']()), browser);
    await tab.launcher.waitFor();
    await tab.page.waitForLoadState('networkidle');
    expect(asked).toHaveLength(2);
    expect(asked).toEqual([`/${door.script}.js`, expect.stringMatching(/^\/sdk\/v1\/.*config$/) as string]);
    expect(reports).toEqual([]);
  });

  it('is watched: what the policy forbids is seen, in page and chat', async () => {
    const id = host.newcomer('ana');
    const { browser, reports } = await watched();
    const tab = await host.visit(pageOf(doorsOf(id)[3] as Door, policies['of origins']()), browser);
    await tab.open();
    const forbidden = () => {
      const paragraph = document.createElement('p');
      paragraph.setAttribute('style', 'color: red');
      document.body.append(paragraph);
    };
    for (const frame of tab.page.frames()) await frame.evaluate(forbidden);
    await expect.poll(() => reports.filter((report) => report.includes('style-src')).map((report) => report.split('/')[1])).toEqual(expect.arrayContaining(['frame', expect.stringMatching(/^page-/)]));
    host.faults.length = 0;
  });
});
