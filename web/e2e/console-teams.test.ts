/** Teams: set up by an admin, handed what users begin in turn, and given conversations, in real browsers. */
import { describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { Office, boss } from './office.ts';
import type { Desk } from './office.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('teams', () => {
  const world = World.begin();
  const office = new Office(world);

  /** A user who begins a conversation. */
  async function asks(text: string): Promise<string> {
    const id = world.newcomer('ana');
    const name = `Ana ${id}`;
    await world.rest.createUser(id, { givenName: name });
    const { id: conversation } = await world.rest.createConversation(id);
    await world.rest.say(conversation, text, { type: 'user', userExternalId: id });
    return name;
  }

  const view = ({ page }: Desk, name: string): Locator => page.getByRole('navigation').getByRole('link', { name });
  const entry = ({ page }: Desk, name: string): Locator => page.getByRole('list', { name: 'Conversations' }).getByRole('link').filter({ hasText: name });
  const names = ({ page }: Desk): Promise<string[]> => page.getByRole('list', { name: 'Teams' }).locator('strong').allTextContents();
  const has = (desk: Desk, name: string, count: string) => expect.poll(() => view(desk, name).textContent()).toBe(name + count);

  async function makeTeam(desk: Desk, name: string, rule: RegExp, ...members: string[]): Promise<void> {
    await desk.button('New team').click();
    await desk.dialog.getByLabel('Name').fill(name);
    await desk.dialog.getByRole('radio', { name: rule }).check();
    for (const member of members) await desk.dialog.getByRole('checkbox', { name: member }).check();
    await desk.button('Save').click();
    await desk.dialog.waitFor({ state: 'detached' });
  }

  async function turnAway(desk: Desk): Promise<void> {
    await desk.page.bringToFront();
    await desk.account.click();
    await desk.page.getByRole('menuitemcheckbox', { name: 'Away' }).click();
  }

  async function open(desk: Desk, name: string): Promise<void> {
    await entry(desk, name).click();
    await desk.heading(name).first().waitFor();
    await desk.page.getByRole('textbox', { name: 'Answer' }).waitFor();
  }

  it('are handed in turn what users begin, and shown, given and taken away again', async () => {
    const [lou, mia] = [office.newcomer('Lou'), office.newcomer('Mia')];
    const [atLou, atMia] = [await office.invite(lou), await office.invite(mia)];
    const desk = await office.signIn(boss, { bypassCSP: true });

    // An admin makes two teams, puts them into another order, and says where new conversations go.
    await view(desk, 'Teams').click();
    await desk.heading('No teams yet').waitFor();
    await makeTeam(desk, 'Support', /^In turn/, lou.name, mia.name);
    await makeTeam(desk, 'Sales', /^By hand/, lou.name);
    await desk.button('Actions for Sales').click();
    await desk.page.getByRole('menuitem', { name: 'Move up' }).click();
    await expect.poll(() => names(desk)).toEqual(['Sales', 'Support']);
    await desk.page.getByLabel('New conversations go to').selectOption('Support');
    await desk.page.getByRole('status').getByText('New conversations go to Support.').waitFor();
    await desk.page.reload();
    await expect.poll(() => names(desk)).toEqual(['Sales', 'Support']);
    expect(await barriers(desk.page)).toEqual([]);
    await desk.button(/^Support/).click();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.button('Cancel').click();

    // Each has the views of their own teams, without having loaded anything anew.
    await view(atMia, 'Support').waitFor();
    expect(await view(atMia, 'Sales').count()).toBe(0);
    await view(atLou, 'Sales').waitFor();

    // What users begin goes around, live.
    for (const text of ['One', 'Two', 'Three', 'Four']) await asks(text);
    await has(atLou, 'Mine', '2');
    await has(atMia, 'Mine', '2');
    await has(atMia, 'Support', '4');

    // Who is away is passed over, and colleagues see it; where nobody is there it waits for who comes back.
    await turnAway(atMia);
    await atMia.page.getByRole('status').getByText('You are away.').waitFor();
    const fifth = await asks('Five');
    await has(atLou, 'Mine', '3');
    await turnAway(atLou);
    await atLou.page.getByRole('status').getByText('You are away.').waitFor();
    const waiting = await asks('Is nobody there?');
    await view(atLou, 'Support').click();
    await entry(atLou, waiting).getByText('with the team Support').waitFor({ state: 'attached' });
    const elsewhere = await office.signIn(lou);
    await elsewhere.account.getByText('Away').waitFor();
    await turnAway(atLou);
    await elsewhere.account.getByText('Away').waitFor({ state: 'detached' });
    await entry(atLou, waiting).getByText(`answered by ${lou.name}`).waitFor({ state: 'attached' });
    await open(atLou, waiting);
    await atLou.page.getByRole('log').getByText('This came to the team Support').waitFor();
    await atLou.page.getByRole('log').getByText(`It was the turn of ${lou.name} in the team Support`).waitFor();

    // Given to a team by keyboard, and taken back: the person comes back with it.
    await desk.page.bringToFront();
    await view(desk, 'All open').click();
    await open(desk, fifth);
    await desk.page.keyboard.press('a');
    expect(await desk.page.getByRole('menuitemradio', { name: mia.name }).textContent()).toContain('Away');
    await desk.page.keyboard.press('End');
    await desk.page.keyboard.press('s');
    await desk.page.keyboard.press('Enter');
    await desk.page.getByRole('log').getByText(`${boss.name} gave this to the team Sales`).waitFor();
    await desk.button('With the team Sales').waitFor();
    await has(atLou, 'Sales', '1');
    await desk.page.keyboard.press('z');
    await desk.page.getByRole('log').getByText(`${boss.name} gave this to ${lou.name} of the team Support`).waitFor();
    await desk.button(`Answered by ${lou.name}`).waitFor();

    // By the palette, too.
    await has(atLou, 'Sales', '');
    await desk.page.keyboard.press('Control+k');
    await desk.page.getByRole('combobox', { name: 'Find and do' }).fill('team sales');
    await desk.page.getByRole('option', { name: 'Assign to the team Sales' }).waitFor();
    await desk.page.keyboard.press('Enter');
    await has(atLou, 'Sales', '1');

    // A view of a team that is removed says so, and its conversations are in none.
    await atLou.page.bringToFront();
    await view(atLou, 'Sales').click();
    await entry(atLou, fifth).waitFor();
    await atLou.button('Your views').click();
    await atLou.page.getByRole('menuitem', { name: 'New view…' }).click();
    await atLou.dialog.getByLabel('Name').fill('For sale');
    expect(await atLou.dialog.getByLabel('Team').evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text)).toBe('Sales');
    await atLou.button('Save').click();
    await atLou.heading('For sale').waitFor();
    await entry(atLou, fifth).waitFor();
    await desk.page.bringToFront();
    await view(desk, 'Teams').click();
    await desk.button('Actions for Sales').click();
    await desk.page.getByRole('menuitem', { name: 'Remove…' }).click();
    await desk.button('Remove').click();
    await expect.poll(() => names(desk)).toEqual(['Support']);
    await atLou.page.bringToFront();
    await atLou.heading('This team is gone').waitFor();
    await view(atLou, 'Sales').waitFor({ state: 'detached' });
    await view(atLou, 'All open').click();
    await open(atLou, fifth);
    await atLou.button('Assign').waitFor();
    expect(await atLou.page.getByText('Sales', { exact: true }).count()).toBe(0);
  });

  it('are above the link of a page, which stays in sight on a low window', async () => {
    const desk = await office.boss({ viewport: { width: 1280, height: 500 } });
    await view(desk, 'Teams').click();
    await makeTeam(desk, 'Night shift', /^By hand/, boss.name);
    await desk.page.reload();
    // Teams are known when the link is drawn already.
    await view(desk, 'Night shift').waitFor();
    const below = () => view(desk, 'Teams').evaluate((link) => link.getBoundingClientRect().bottom - (link.closest('.sidebar-scroll')?.getBoundingClientRect().bottom ?? 0));
    await expect.poll(below).toBeLessThanOrEqual(0);
  });
});
