/** The list of conversations of somebody who has many, and who is seen to answer. */
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { Hosted } from './hosted.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('somebody with many conversations', () => {
  const world = World.begin();

  it('finds one by its name or its last line, also among those that were not fetched yet', async () => {
    const ana = world.newcomer();
    await world.rest.createUser(ana);
    for (let i = 1; i <= 34; i++) await world.rest.createConversation(ana, { displayName: `Order ${i}` });
    const { id } = await world.rest.createConversation(ana, { displayName: 'Returns' });
    await world.rest.say(id, 'Your LAMP is on its way back');
    const visitor = await world.visitAs(ana);
    await visitor.open();
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    const items = visitor.chat.getByRole('list', { name: 'Conversations' }).getByRole('listitem');
    const field = visitor.chat.getByRole('searchbox', { name: 'Search conversations' });
    await field.fill('lamp');
    await expect.poll(() => items.count()).toBe(1);
    await items.getByText('Returns').waitFor();
    // Of the first made, the list has not come yet when it is opened.
    await field.fill(' 1  order');
    await expect.poll(() => items.locator('.name').allTextContents()).toEqual(expect.arrayContaining(['Order 1', 'Order 10', 'Order 21', 'Order 31']));
    await field.fill('nothing of this kind');
    await visitor.chat.getByRole('status').getByText('Nothing found').waitFor();
    await field.fill('order 7');
    await items.getByText('Order 7').click();
    await visitor.composer.waitFor();
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    expect(await field.inputValue()).toBe('order 7');
    await field.fill('');
    await expect.poll(() => items.count()).toBe(35);
  });

  it('has no search where a look is enough', async () => {
    const ben = world.newcomer();
    await world.rest.createUser(ben);
    for (let i = 1; i <= 10; i++) await world.rest.createConversation(ben);
    const visitor = await world.visitAs(ben);
    await visitor.open();
    await visitor.chat.getByRole('button', { name: 'Back to conversations' }).click();
    await expect.poll(() => visitor.chat.getByRole('listitem').count()).toBe(10);
    expect(await visitor.chat.getByRole('searchbox').count()).toBe(0);
  });

  it('sees who answers: the last three, by their pictures and names', async () => {
    const kai = world.newcomer();
    await world.rest.createUser(kai);
    const { id } = await world.rest.createConversation(kai, { displayName: 'Order 7' });
    const visitor = await world.visitAs(kai);
    await visitor.open();
    const header = visitor.chat.locator('header');
    await header.getByText('We answer right here').waitFor();
    expect(await header.locator('.avatar').count()).toBe(1);
    for (const displayName of ['Ada', 'Kim', 'Lou', 'Kim', 'Max']) await world.rest.say(id, `Hello from ${displayName}`, { displayName });
    await header.getByText('Kim, Lou, and Max').waitFor();
    expect(await header.locator('.avatar').allTextContents()).toEqual(['K', 'L', 'M']);
    expect(await header.getByRole('heading', { level: 1 }).textContent()).toBe('Order 7');
  });
});

describe.skipIf(browserSkipped())('somebody with many conversations on the hosted page', () => {
  const hosted = Hosted.begin();

  it('has the search beside the conversation', async () => {
    const ana = hosted.newcomer('Ana');
    const visit = await hosted.visitAs(ana);
    for (let i = 1; i <= 12; i++) await hosted.rest.createConversation(ana.id, { displayName: `Order ${i}` });
    await visit.page.getByRole('searchbox').fill('order 11');
    await expect.poll(() => visit.page.locator('.item .name').allTextContents()).toEqual(['Order 11']);
    await visit.page.locator('.item').click();
    await visit.page.getByRole('heading', { level: 1, name: 'Order 11' }).waitFor();
  });
});
