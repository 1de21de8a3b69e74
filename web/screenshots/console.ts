import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Desk } from './desk.ts';

/** Pages that are shown as they come, and what is there when they are. */
const pages: [path: string, name: string, there: (page: Page) => Promise<unknown>][] = [
  ['keys', 'keys', (page) => page.getByRole('heading', { name: 'Web SDK' }).waitFor()],
  ['numbers', 'numbers', (page) => page.getByRole('figure').first().waitFor()],
  ['settings', 'settings', (page) => page.getByRole('form').first().waitFor()],
  ['designer', 'designer', (page) => page.frameLocator('iframe').frameLocator('iframe').getByRole('heading').first().waitFor()],
  ['users', 'users', (page) => page.getByText('Ana Almeida').waitFor()],
  ['conflicts', 'conflicts', (page) => page.getByRole('article').waitFor()],
  ['teams', 'teams', (page) => page.getByText('Plants and care').last().waitFor()],
  ['webhooks', 'webhooks', (page) => page.getByText('stock.fernhill.example').waitFor()],
  ['audit', 'audit', (page) => page.locator('table, .rows').first().waitFor()],
];

/** The inbox with a conversation and its person, and the pages of admins, light and dark. */
export async function pictureConsole(office: Desk, options: BrowserContextOptions, save: (name: string, picture: Buffer) => Promise<void>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const name = colorScheme === 'light' ? 'console' : 'console-dark';
    const take = async (page: Page, called = name) => {
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await save(called, await page.screenshot());
      // A call that is told otherwise may be under way.
      await page.unrouteAll({ behavior: 'wait' });
      await page.context().close();
    };
    const inbox = await office.visit('inbox/open', { ...options, colorScheme });
    await office.answer(inbox);
    await inbox.getByRole('button', { name: 'About this person' }).click();
    await inbox.getByRole('complementary', { name: 'Person' }).getByText('customerSince').waitFor();
    await take(inbox);

    const doctor = await office.visit('doctor', { ...options, colorScheme });
    await doctor.getByRole('textbox', { name: 'Token' }).fill(office.expired());
    await doctor.getByRole('button', { name: 'Check the token' }).click();
    await doctor.getByText('expired').first().waitFor();
    await take(doctor, `${name}-doctor`);

    for (const [path, called, there] of pages) {
      const page = await office.visit(path, { ...options, colorScheme });
      await there(page);
      await take(page, `${name}-${called}`);
    }
  }
}
