/** The designer of the console, in a real browser: what is chosen there is seen before it is saved, and on pages afterwards. */
import type { FrameLocator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriers } from './axe.ts';
import { browserSkipped } from './browser.ts';
import { png } from './files.ts';
import { Office } from './office.ts';
import type { Desk } from './office.ts';
import { World } from './world.ts';

describe.skipIf(browserSkipped())('the designer at the console', () => {
  const world = World.begin();
  const office = new Office(world);

  const toDesigner = (desk: Desk) => desk.page.getByRole('link', { name: 'Appearance', exact: true }).click();
  const pageIn = (desk: Desk) => desk.page.frameLocator('iframe[title="Preview of the chat"]');
  const chatIn = (preview: FrameLocator) => preview.frameLocator('iframe');
  const colorOf = (preview: FrameLocator) => preview.getByRole('button', { name: /chat/i }).last().evaluate((button) => getComputedStyle(button).backgroundColor);
  const users = (desk: Desk) => desk.page.evaluate(async (app) => ((await (await fetch(`/console/v1/apps/${app}/users`)).json()) as { users: unknown[] }).users.length, world.app.id);

  it('shows what is chosen as it is chosen, and pages show it once it is saved', async () => {
    const desk = await office.boss({ bypassCSP: true });
    const before = await users(desk);
    await toDesigner(desk);
    const preview = pageIn(desk);
    const chat = chatIn(preview);
    await chat.getByRole('heading', { name: 'Hello!' }).waitFor();
    await desk.field('Colour').fill('0a7a55');
    await desk.page.getByText('It is used as it is, light and dark.').waitFor();

    await desk.field('Title').fill('Lamps & more');
    await desk.field('Colour').fill('#ffe600');
    await desk.field('Greeting').fill('Good day!');
    await desk.field('Introduction').fill('We read everything.');
    await desk.field('Words on the launcher').fill('Ask us');
    await desk.page.getByLabel('Position', { exact: true }).selectOption('start');
    await chat.getByRole('heading', { name: 'Good day!' }).waitFor();
    await chat.getByText('We read everything.').waitFor();
    await chat.getByRole('heading', { name: 'Lamps & more' }).waitFor();
    await expect.poll(() => colorOf(preview)).toBe('rgb(255, 230, 0)');
    await desk.page.getByText(/It is light: white words would be unreadable on it \(1\.2 to 1/).waitFor();
    await desk.page.getByText(/On a light ground it would hardly stand out: messages are darkened to/).waitFor();

    const chooser = desk.page.locator('input[type="file"]');
    await chooser.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') });
    await desk.page.getByText('An SVG can carry a program').waitFor();
    await chooser.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') });
    await desk.page.getByText('This is no picture that can be used.').waitFor();
    await chooser.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png(16, 16) });
    await expect.poll(() => chat.locator('.header .avatar img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(16);

    await desk.button('Conversation').click();
    await chat.getByText('That was quick. Thank you!').waitFor();
    expect(await desk.page.evaluate(() => document.activeElement?.textContent)).toBe('Conversation');
    await desk.button('Closed').click();
    await preview.getByRole('button', { name: 'Open chat: Ask us' }).click();
    await expect.poll(() => desk.button('Closed').getAttribute('aria-pressed')).toBe('false');
    await desk.button('Phone').click();
    // What is not saved waits while one looks elsewhere.
    await desk.page.getByRole('link', { name: 'Settings', exact: true }).click();
    await desk.heading('Settings').waitFor();
    await toDesigner(desk);
    expect(await desk.field('Greeting').inputValue()).toBe('Good day!');
    await chatIn(pageIn(desk)).getByRole('heading', { name: 'Good day!' }).waitFor();
    expect(await barriers(desk.page)).toEqual([]);
    expect(await users(desk)).toBe(before);
    await desk.button('Save').click();
    await desk.page.getByText('Saved', { exact: true }).waitFor();
    expect(await desk.page.getByRole('link', { name: 'Settings', exact: true }).count()).toBe(1);

    const visitor = await world.visit(world.company.page({ businessName: undefined }));
    const launcher = visitor.page.getByRole('button', { name: 'Open chat: Ask us' });
    await launcher.waitFor();
    expect(await launcher.evaluate((button) => getComputedStyle(button).backgroundColor)).toBe('rgb(255, 230, 0)');
    expect((await launcher.boundingBox())?.x).toBe(20);
    await launcher.click();
    await visitor.chat.getByRole('heading', { name: 'Good day!' }).waitFor();
    await visitor.chat.getByRole('heading', { name: 'Lamps & more' }).waitFor();
    await expect.poll(() => visitor.chat.locator('.header .avatar img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(16);

    await desk.page.getByRole('button', { name: 'Reset to Parlor’s look' }).click();
    await chatIn(pageIn(desk)).getByRole('heading', { name: 'Hello!' }).waitFor();
    await desk.button('Discard').click();
    await chatIn(pageIn(desk)).getByRole('heading', { name: 'Good day!' }).waitFor();
    await desk.page.getByRole('button', { name: 'Reset to Parlor’s look' }).click();
    await desk.button('Save').click();
    await desk.page.getByText('Saved', { exact: true }).waitFor();
    const config = (await (await fetch(`${world.parlor.url}/sdk/v1/apps/${world.app.id}/config`)).json()) as { app: { name: string } };
    expect(config).not.toHaveProperty('logo');
    expect(config).not.toHaveProperty('texts');
    expect(config.app.name).toBe('Lamps & more');
  });

  it('works by keyboard and on a phone, and says at its field what cannot be', async () => {
    const desk = await office.boss({ viewport: { width: 390, height: 844 } });
    await desk.page.goto(desk.page.url().replace(/inbox.*/, 'designer'));
    await chatIn(pageIn(desk)).locator('.welcome').waitFor();
    expect(await desk.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await desk.field('Higher by').fill('900');
    await desk.field('Higher by').press('Enter');
    await desk.page.getByText('Must be a whole number of pixels from 0 to 400').waitFor();
    expect(await desk.field('Higher by').getAttribute('aria-invalid')).toBe('true');
    // What one writes in keeps the focus, whatever opens in the preview.
    await desk.field('Greeting').focus();
    await desk.page.keyboard.type('Moin');
    await chatIn(pageIn(desk)).getByRole('heading', { name: 'Moin' }).waitFor();
    expect(await desk.field('Greeting').inputValue()).toBe('Moin');
    await desk.button('Skip the preview').focus();
    await desk.page.keyboard.press('Enter');
    expect(await desk.page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Nothing that you do in the preview/);
  });
});
