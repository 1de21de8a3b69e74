/** Who somebody is, and how that changes: nobody, somebody anonymous, one person, another one, nobody again. */
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { World } from './world.ts';
import type { Visitor } from './world.ts';

describe.skipIf(browserSkipped())('a person', () => {
  const world = World.begin();

  async function anonymous(text: string): Promise<Visitor> {
    const visitor = await world.visit();
    await visitor.began();
    await visitor.open();
    await visitor.send(text);
    return visitor;
  }

  it('who is anonymous exists from the first message on, and is known again after a reload', async () => {
    const before = await world.rest.createUser(world.newcomer('before'));
    const visitor = await world.visit();
    await visitor.began();
    await visitor.open();
    await visitor.composer.fill('only looking');
    expect((await visitor.user()).id).toBeUndefined();
    const after = await world.rest.createUser(world.newcomer('after'));
    expect(after.number - before.number, 'looking makes no user').toBe(1);
    await visitor.send('writing');
    const { id } = await visitor.user();
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    await visitor.page.reload();
    await visitor.open();
    await visitor.said('writing').waitFor();
    expect((await visitor.user()).id).toBe(id);
  });

  it('who signs in with an external id that is new keeps record and history', async () => {
    const visitor = await anonymous('before I signed in');
    const { id } = await visitor.user();
    const former = await visitor.session();
    const ana = world.newcomer('ana');
    await visitor.login(ana);
    expect(await visitor.user()).toMatchObject({ id, externalId: ana });
    await visitor.said('before I signed in').waitFor();
    await visitor.send('after I signed in');
    const [conversation, ...others] = await world.rest.conversationsOf(ana);
    expect(others).toEqual([]);
    expect(await world.rest.texts(conversation?.id ?? '')).toEqual(['before I signed in', 'after I signed in']);
    expect(await world.sessionLives(former.token), 'the anonymous session').toBe(false);
  });

  it('who signs in with an external id that is known has both histories, and the anonymous record is gone', async () => {
    const ana = world.newcomer('ana');
    const known = await world.rest.createUser(ana);
    const first = await world.rest.createConversation(ana);
    await world.rest.say(first.id, 'from long ago');
    const visitor = await anonymous('who am I?');
    const { id } = await visitor.user();
    await visitor.login(ana);
    expect(await visitor.user()).toMatchObject({ id: known.id, externalId: ana });
    expect(await world.rest.status('GET', `/users/${id}`)).toBe(404);
    const texts = await Promise.all((await world.rest.conversationsOf(ana)).map((one) => world.rest.texts(one.id)));
    expect(texts.sort()).toEqual([['from long ago'], ['who am I?']]);
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    const list = visitor.chat.getByRole('list', { name: 'Conversations' });
    await list.getByText('from long ago').waitFor();
    await list.getByText('who am I?').click();
    await visitor.said('who am I?').waitFor();
  });

  it('takes along what was typed and not yet sent when the sign-in came', async () => {
    const visitor = await anonymous('one');
    await visitor.composer.fill('half a sen');
    await visitor.login(world.newcomer('ana'));
    await visitor.said('one').waitFor();
    expect(await visitor.composer.inputValue()).toBe('half a sen');
  });

  it('sees nothing of the one before', async () => {
    const [ana, ben] = [world.newcomer('ana'), world.newcomer('ben')];
    const visitor = await world.visitAs(ana);
    await visitor.open();
    await visitor.send('a secret of Ana');
    await world.rest.say((await world.rest.conversationsOf(ana))[0]?.id ?? '', 'an answer to Ana');
    await visitor.said('an answer to Ana').waitFor();
    await visitor.composer.fill('a draft of Ana');
    const { token } = await visitor.session();
    await visitor.login(ben);
    expect(await visitor.user()).toMatchObject({ externalId: ben });
    await expect.poll(() => visitor.said('a secret of Ana').count()).toBe(0);
    expect(await visitor.composer.inputValue()).toBe('');
    expect(await visitor.everything()).not.toMatch(/of Ana|to Ana/);
    expect(await visitor.everything()).not.toContain(ana);
    expect(await world.sessionLives(token), "Ana's session").toBe(false);
    await visitor.send('hello from Ben');
    const [ofBen] = await world.rest.conversationsOf(ben);
    expect(await world.rest.texts(ofBen?.id ?? '')).toEqual(['hello from Ben']);
    await visitor.login(ana);
    await visitor.said('a secret of Ana').waitFor();
    expect(await visitor.everything()).not.toContain('hello from Ben');
  });

  it('who signs out is gone: here, in the other tab and on the server; the next message is that of somebody new', async () => {
    const ana = world.newcomer('ana');
    const visitor = await world.visitAs(ana);
    const tab = await world.visit(world.company.page(), visitor.page.context());
    await tab.untilUser(ana);
    await Promise.all([visitor.open(), tab.open()]);
    await visitor.send('a secret of Ana');
    await tab.said('a secret of Ana').waitFor();
    const { token, userId } = await visitor.session();
    expect(await world.sessionLives(token)).toBe(true);
    await visitor.logout();
    for (const one of [visitor, tab]) {
      await one.untilUser(undefined);
      await expect.poll(() => one.everything()).not.toMatch(/secret of Ana/);
      expect(await one.everything()).not.toContain(ana);
      expect(await one.conversations()).toEqual([]);
    }
    expect(await world.sessionLives(token)).toBe(false);
    expect(await visitor.frame.evaluate(() => Object.keys(localStorage))).toEqual([]);
    expect(await visitor.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    await visitor.send('somebody new');
    const somebody = await visitor.user();
    expect(somebody.externalId).toBeUndefined();
    expect(somebody.id).not.toBe(userId);
    await tab.said('somebody new').waitFor();
    const [ofAna] = await world.rest.conversationsOf(ana);
    expect(await world.rest.texts(ofAna?.id ?? '')).toEqual(['a secret of Ana']);
  });

  it('who signs out while Parlor cannot be reached is gone here at once, and on the server as soon as it can', async () => {
    const ana = world.newcomer('ana');
    const visitor = await world.visitAs(ana);
    await visitor.open();
    await visitor.send('a secret of Ana');
    const { token } = await visitor.session();
    world.wire.cut();
    await visitor.chat.getByText(/No connection/).waitFor();
    await visitor.logout();
    expect(await visitor.everything()).not.toMatch(/secret of Ana/);
    world.wire.mend();
    await expect.poll(() => world.sessionLives(token)).toBe(false);
  });
});
