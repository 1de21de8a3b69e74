/** The hosted page: personal links, the cookie, and what people see who are not let in. */
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { Hosted, plainAddress } from './hosted.ts';
import type { Visit } from './hosted.ts';
import { carousel, form } from './rich.ts';

/** What everybody may read who looks over the tab's shoulder: requests with their headers, sockets, storage, addresses. */
async function traces(visit: Visit): Promise<string[]> {
  const requests = visit.requests.map(async (request) => `${request.method()} ${request.url()} ${JSON.stringify(await request.allHeaders())} ${request.postData() ?? ''}`);
  const inside = await visit.page.evaluate(() => [location.href, document.cookie, new XMLSerializer().serializeToString(document)]);
  return [...(await Promise.all(requests)), ...visit.spoken, JSON.stringify(await visit.stored()), ...inside];
}

describe.skipIf(browserSkipped())('a personal link', () => {
  const hosted = Hosted.begin();

  it.each([
    ['query', (code: string) => `?from=mail&externalAuthCode=${code}#top`, 1],
    ['fragment', (code: string) => `?from=mail#externalAuthCode=${code}&top`, 0],
  ])('with the code in the %s signs in without a click, and the code goes into one body and nowhere else', async (_, rest, inAddress) => {
    const ana = hosted.newcomer('Ana');
    const code = hosted.codeOf(ana);
    const browser = await hosted.newBrowser();
    await browser.addInitScript(() => {
      const [asked, ask] = [[] as string[], fetch];
      Object.assign(window, { asked, fetch: (...how: Parameters<typeof fetch>) => (asked.push(location.href), ask(...how)) });
    });
    const visit = await hosted.visit(hosted.address(hosted.open, rest(code)), browser);
    await visit.signOut.waitFor();
    expect(await visit.person.textContent()).toBe(ana.name);
    await visit.send('by link');
    const clean = hosted.address(hosted.open, '?from=mail#top');
    expect(visit.page.url()).toBe(clean);
    const from = await visit.page.evaluate(() => (window as unknown as { asked: string[] }).asked);
    expect(new Set(from)).toEqual(new Set([clean]));
    const found = (await traces(visit)).filter((trace) => trace.includes(code));
    const posts = found.filter((trace) => trace.startsWith('POST '));
    expect(posts).toHaveLength(1);
    expect(posts[0]).toContain(`${hosted.parlor.url}/page/v1/apps/${hosted.open.id}/session {`);
    expect(found.filter((trace) => trace.startsWith(`GET ${clean.split('?')[0]}?from=mail&externalAuthCode=`))).toHaveLength(inAddress);
    expect(found).toHaveLength(1 + inAddress);
    expect((await traces(visit)).filter((trace) => trace.includes('"referer"'))).toEqual([]);
    await visit.page.goBack();
    expect(visit.page.url()).toBe('about:blank');
  });

  it('is not needed again: the page loaded anew shows the same person, from a cookie that scripts do not see', async () => {
    const visit = await hosted.visitAs(hosted.newcomer('Ana'));
    await visit.send('before the reload');
    await visit.page.reload();
    await visit.log.getByText('before the reload').waitFor();
    await visit.signOut.waitFor();
    const [cookie] = await visit.page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax' });
    expect((await traces(visit)).filter((trace) => trace.includes(cookie?.value ?? '') && !trace.startsWith('GET ') && !trace.startsWith('POST '))).toEqual([]);
    expect(visit.requests.filter((request) => request.method() === 'POST')).toHaveLength(1);
  });

  it('leads to cards and forms that look as they do in the widget', async () => {
    const ana = hosted.newcomer('Ana');
    const visit = await hosted.visitAs(ana);
    await visit.send('anything new?');
    const [conversation] = await hosted.rest.conversationsOf(ana.id);
    for (const content of [carousel, form]) await hosted.rest.call('POST', `/conversations/${conversation?.id}/messages`, { author: { type: 'business', displayName: 'Kim' }, content });
    const card = visit.log.getByRole('list', { name: '4 cards' }).getByRole('listitem').first();
    await card.getByRole('button', { name: 'Take Red shoe' }).waitFor();
    const outside = await card.evaluate((one) => {
      const { left, right } = one.getBoundingClientRect();
      return [...one.querySelectorAll('.action')].filter((action) => action.getBoundingClientRect().left < left + 8 || action.getBoundingClientRect().right > right - 8).length;
    });
    expect(outside).toBe(0);
    expect(await visit.log.getByText('Who are you?').evaluate((title) => getComputedStyle(title).textAlign)).toBe('start');
  });

  it('opened on the page itself is taken, though nothing is loaded', async () => {
    const ana = hosted.newcomer('Ana');
    const visit = await hosted.visit();
    await visit.composer.waitFor();
    await visit.page.goto(hosted.address(hosted.open, `#externalAuthCode=${hosted.codeOf(ana)}`));
    await visit.signOut.waitFor();
    expect(visit.page.url()).toBe(hosted.address());
    expect(visit.requests.filter((request) => request.isNavigationRequest())).toHaveLength(1);
  });

  it('takes along what was written without it', async () => {
    const visit = await hosted.visit();
    await visit.composer.waitFor();
    expect(visit.spoken).toEqual([]);
    await visit.send('written by nobody known');
    expect(await visit.signOut.count()).toBe(0);
    const ana = hosted.newcomer('Ana');
    const again = await hosted.visitAs(ana, hosted.open, visit.page.context());
    await again.log.getByText('written by nobody known').waitFor();
    await visit.signOut.waitFor();
    await visit.log.getByText('written by nobody known').waitFor();
    expect(await hosted.rest.conversationsOf(ana.id)).toHaveLength(1);
  });

  it.each([
    ['has expired', 'expired', () => hosted.codeOf(hosted.newcomer('Ana'), hosted.open, { expiresIn: -120 })],
    ['is signed by somebody else', 'not valid', () => hosted.signed({ user: hosted.newcomer('Ana') }, hosted.open, {}, 'x'.repeat(43))],
    ['was cut short', 'not valid', () => hosted.codeOf(hosted.newcomer('Ana')).slice(0, -9)],
    ['is empty', 'not valid', () => ''],
    ['names nobody by address', 'not found', () => hosted.signed({ email: 'nobody@example.com' })],
    ['names nobody by id', 'not found', () => hosted.signed({ id: 4711 })],
  ])('that %s shows a page that says "%s", and a way on', async (_, words, code) => {
    const visit = await hosted.visit(hosted.address(hosted.open, `#externalAuthCode=${code()}`));
    await visit.title.waitFor();
    expect((await visit.page.getByRole('main').textContent())?.toLowerCase()).toContain(words);
    expect(await visit.composer.count()).toBe(0);
    await visit.button('Chat without signing in').click();
    await visit.composer.waitFor();
    expect(await visit.signOut.count()).toBe(0);
  });

  it('that is refused leaves whoever is signed in where they are', async () => {
    const ana = hosted.newcomer('Ana');
    const visit = await hosted.visitAs(ana);
    await visit.send('of Ana');
    await visit.page.goto('about:blank');
    await visit.page.goto(hosted.address(hosted.open, '#externalAuthCode=nonsense'));
    await visit.button(`Stay signed in as ${ana.name}`).click();
    await visit.log.getByText('of Ana').waitFor();
  });

  it('takes a seat, and says so where there is no seat', async () => {
    await hosted.visitAs(hosted.newcomer('First'), hosted.closed);
    await hosted.parlor.command('app', 'set', hosted.closed.id, 'seats=1');
    const second = await hosted.visit(hosted.address(hosted.closed, `#externalAuthCode=${hosted.codeOf(hosted.newcomer('Second'), hosted.closed)}`));
    await second.title.waitFor();
    expect(await second.title.textContent()).toMatch(/no seat/i);
    expect(await second.composer.count()).toBe(0);
    await hosted.parlor.command('app', 'set', hosted.closed.id, 'seats=');
    await expect
      .poll(async () => {
        if (await second.button('Try again').isVisible()) await second.button('Try again').click();
        return second.signOut.isVisible();
      })
      .toBe(true);
  });
});

describe.skipIf(browserSkipped())('the link of another person', () => {
  const hosted = Hosted.begin();

  async function openedByAna() {
    const [ana, ben] = [hosted.newcomer('Ana'), hosted.newcomer('Ben')];
    const visit = await hosted.visitAs(ana);
    await visit.send('of Ana');
    await visit.composer.fill('half written by Ana');
    await visit.page.goto('about:blank');
    await visit.page.goto(hosted.address(hosted.open, `#externalAuthCode=${hosted.codeOf(ben)}`));
    await visit.page.getByRole('heading', { name: `Continue as ${ben.name}?` }).waitFor();
    expect(await visit.composer.count()).toBe(0);
    return { ana, ben, visit };
  }

  it('is asked about, and nobody is made by asking', async () => {
    const { ana, ben, visit } = await openedByAna();
    expect(await hosted.rest.status('GET', `/users/${ben.id}`)).toBe(404);
    await visit.button(`Stay signed in as ${ana.name}`).click();
    await visit.log.getByText('of Ana').waitFor();
    expect(await visit.composer.inputValue()).toBe('half written by Ana');
    expect(await hosted.rest.status('GET', `/users/${ben.id}`)).toBe(404);
  });

  it('changes who is signed in when that is wanted, and nothing of the former is left', async () => {
    const { ana, ben, visit } = await openedByAna();
    await visit.button(`Continue as ${ben.name}`).click();
    await visit.signOut.waitFor();
    expect(await visit.person.textContent()).toBe(ben.name);
    expect(await visit.composer.inputValue()).toBe('');
    await visit.send('of Ben');
    expect((await visit.page.locator('body').innerText()) + JSON.stringify(await visit.stored())).not.toMatch(new RegExp(`${ana.name}|${ana.id}|of Ana|by Ana`));
  });

  it('is followed by the other tabs', async () => {
    const [ana, ben] = [hosted.newcomer('Ana'), hosted.newcomer('Ben')];
    const first = await hosted.visitAs(ana);
    await first.send('of Ana');
    const second = await hosted.visit(hosted.address(hosted.open, `#externalAuthCode=${hosted.codeOf(ben)}`), first.page.context());
    await second.button(`Continue as ${ben.name}`).click();
    await second.signOut.waitFor();
    await expect.poll(() => first.person.textContent()).toBe(ben.name);
    expect(await first.log.textContent()).not.toContain('of Ana');
  });
});

describe.skipIf(browserSkipped())('signing out of the page', () => {
  const hosted = Hosted.begin();

  it('ends the session here, on the server and in the other tabs, and leaves nothing', async () => {
    const visit = await hosted.visitAs(hosted.newcomer('Ana'), hosted.closed);
    const other = await hosted.visit(hosted.address(hosted.closed), visit.page.context());
    await other.signOut.waitFor();
    await visit.send('of Ana');
    await visit.composer.fill('half written');
    const [cookie] = await visit.page.context().cookies();
    await visit.signOut.click();
    await visit.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await other.page.getByRole('heading', { name: 'You need a personal link' }).waitFor();
    expect(await visit.stored()).toEqual({});
    expect(await visit.page.context().cookies()).toEqual([]);
    const answer = await fetch(`${hosted.parlor.url}/page/v1/apps/${hosted.closed.id}/session`, { headers: { Cookie: `${cookie?.name}=${cookie?.value}` } });
    expect(answer.status).toBe(204);
    await visit.page.reload();
    await visit.page.getByRole('heading', { name: 'You need a personal link' }).waitFor();
  });

  it('without a connection is made good when the page is next opened', async () => {
    const visit = await hosted.visitAs(hosted.newcomer('Ana'), hosted.closed);
    const context = visit.page.context();
    await context.setOffline(true);
    await visit.signOut.click();
    await visit.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await visit.page.close();
    await context.setOffline(false);
    const again = await hosted.visit(hosted.address(hosted.closed), context);
    await again.page.getByRole('heading', { name: 'You need a personal link' }).waitFor();
    expect(await context.cookies()).toEqual([]);
    expect(await again.stored()).toEqual({});
  });

  it('happens by itself at the end of the token, and the page says so', async () => {
    const ana = hosted.newcomer('Ana');
    const visit = await hosted.visit(hosted.address(hosted.closed, `#externalAuthCode=${hosted.codeOf(ana, hosted.closed, { expiresIn: 4 })}`));
    await visit.send('as long as it lasts');
    await visit.page.getByRole('heading', { name: 'Your session has expired' }).waitFor();
    expect(await visit.composer.count()).toBe(0);
    await visit.page.goto('about:blank');
    await visit.page.goto(hosted.address(hosted.closed, `#externalAuthCode=${hosted.codeOf(ana, hosted.closed)}`));
    await visit.log.getByText('as long as it lasts').waitFor();
  });
});

describe.skipIf(browserSkipped())('without a link', () => {
  const hosted = Hosted.begin();

  it('the page of an app that does not exist says that it was not found', async () => {
    const visit = await hosted.visit(`${hosted.parlor.url}/chat/app_000000000000000000000000`);
    await visit.title.waitFor();
    expect(await visit.title.textContent()).toBe('This chat was not found');
  });

  it('the page over plain http says that it needs https, and asks for nothing', async () => {
    const visit = await hosted.visit(`${plainAddress}/#externalAuthCode=a.b.c`);
    await visit.page.getByRole('heading', { name: 'This chat needs https' }).waitFor();
    expect(visit.page.url()).toBe(`${plainAddress}/`);
    expect(visit.requests.filter((request) => ['fetch', 'xhr', 'websocket'].includes(request.resourceType()))).toEqual([]);
    expect(await visit.composer.count()).toBe(0);
  });

  it('the page says that the server cannot be reached, and comes back when it can', async () => {
    const browser = await hosted.newBrowser();
    await browser.route('**/sdk/v1/**', (route) => route.abort());
    const visit = await hosted.visit(hosted.address(), browser);
    await visit.page.getByRole('heading', { name: 'The chat cannot be reached' }).waitFor();
    await browser.unroute('**/sdk/v1/**');
    await visit.button('Try again').click();
    await visit.composer.waitFor();
    expect(await visit.page.title()).toBe('Fernhill');
  });

  it('a stranger is nothing to complain of: the console stays empty', async () => {
    const browser = await hosted.newBrowser();
    const said: string[] = [];
    browser.on('console', (message) => said.push(message.text()));
    const visit = await hosted.visit(hosted.address(), browser);
    await visit.composer.waitFor();
    expect(said).toEqual([]);
  });

  it('nobody is made by looking, and one person by writing', async () => {
    const visit = await hosted.visit();
    await visit.composer.waitFor();
    expect(visit.requests.filter((request) => request.method() !== 'GET')).toEqual([]);
    await visit.send('first');
    await visit.send('second');
    await visit.page.reload();
    await visit.log.getByText('second').waitFor();
    expect(visit.requests.filter((request) => request.method() === 'POST')).toHaveLength(1);
  });
});
