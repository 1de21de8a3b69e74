/** Ways to the hosted page that a link alone does not show: forms, links for once, closed doors, and many at once. */
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { Hosted } from './hosted.ts';

describe.skipIf(browserSkipped())('a personal link', () => {
  const hosted = Hosted.begin();

  it('may come as a form of another site', async () => {
    const ana = hosted.newcomer('Ana');
    const visit = await hosted.visit('about:blank');
    await visit.page.setContent(
      `<form method="post" action="${hosted.address()}"><input name="externalAuthCode" value="${hosted.codeOf(ana)}"><button>Chat</button></form>`,
    );
    await visit.button('Chat').click();
    await visit.signOut.waitFor();
    expect(await visit.person.textContent()).toBe(ana.name);
    expect(visit.page.url()).toBe(hosted.address());
  });

  it('for once works once, and is not used up by looking at it', async () => {
    const app = await hosted.newApp('Once', 'anonymous=off', 'one_time_codes=on');
    const link = hosted.address(app, `?externalAuthCode=${hosted.codeOf(hosted.newcomer('Ana'), app, { expiresIn: '1h', jwtid: 'once-1' })}`);
    for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method })).status).toBe(200);
    const first = await hosted.visit(link);
    await first.signOut.waitFor();
    const second = await hosted.visit(link);
    await second.title.waitFor();
    expect((await second.page.getByRole('main').textContent())?.toLowerCase()).toContain('used');
    expect(await second.composer.count()).toBe(0);
  });

  it('through a door that is closed shows a page that says so', async () => {
    const app = await hosted.newApp('Closed', 'anonymous=off', 'doors=sdk,jsm');
    const visit = await hosted.visit(hosted.address(app, `#externalAuthCode=${hosted.codeOf(hosted.newcomer('Ana'), app)}`));
    await visit.title.waitFor();
    expect(await visit.page.getByRole('main').textContent()).toContain('door_closed');
    expect(await visit.composer.count()).toBe(0);
  });

  it('opened in fifty browsers at once, for the last seat, makes one user', async () => {
    const app = await hosted.newApp('Full', 'anonymous=off', 'seats=1');
    const last = hosted.newcomer('Last');
    const link = hosted.address(app, `#externalAuthCode=${hosted.codeOf(last, app)}`);
    const browsers = await Promise.all(Array.from({ length: 50 }, () => hosted.newBrowser({ viewport: { width: 400, height: 400 } })));
    for (const browser of browsers) browser.setDefaultTimeout(100_000); // fifty on one machine take a while
    const visits = await Promise.all(browsers.map((browser) => hosted.visit(link, browser)));
    await Promise.all(visits.map((visit) => visit.signOut.waitFor()));
    const second = await hosted.visit(hosted.address(app, `#externalAuthCode=${hosted.codeOf(hosted.newcomer('Second'), app)}`));
    await second.title.waitFor();
    expect((await second.page.getByRole('main').textContent())?.toLowerCase()).toContain('no seat');
    const apps = (await hosted.parlor.command('app', 'list')) as { id: string; seatsUsed: number }[];
    expect(apps.find(({ id }) => id === app.id)?.seatsUsed).toBe(1);
  }, 120_000);
});
