/** Every story of the workshop, light and dark, zoomed, on a phone and from right to left: for axe, for the eye, for the finger. */
import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { framePolicy, serve } from '../workshop/server.ts';
import type { Workshop } from '../workshop/server.ts';
import { judge } from './axe.ts';
import { browserSkipped, launch } from './browser.ts';
import { unreadable } from './contrast.ts';
import { misplaced } from './geometry.ts';
import { Program } from './program.ts';
import { Seat, buildWorkshop, names } from './workshop.ts';

const frame = { width: 392, height: 680 };
/** What is left of a screen of 1280 × 800 at 200 %. */
const zoomed = { width: 392, height: 290 };
const phone = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true };

describe.skipIf(browserSkipped())('in the workshop', () => {
  let [folder, browser, workshop] = [] as unknown as [string, Browser, Workshop];
  let seats: Record<'mouse' | 'touch' | 'arabic', Seat>;

  beforeAll(async () => {
    [folder, browser] = await Promise.all([buildWorkshop(), launch()]);
    workshop = await serve(folder);
    const { url } = workshop;
    seats = {
      mouse: await Seat.take(browser, url, {}, { viewport: frame, bypassCSP: true }),
      touch: await Seat.take(browser, url, {}, phone),
      arabic: await Seat.take(browser, url, { lang: 'ar' }, { viewport: frame, bypassCSP: true }),
    };
  });

  afterAll(async () => {
    await browser?.close();
    workshop?.close();
    await rm(folder, { recursive: true });
  });

  /** What axe finds, and what cannot be read where axe cannot tell. Of the page around a launcher nothing is asked. */
  async function unfit(page: Page, story: string): Promise<string[]> {
    const { violations, undecided } = await judge(page, story.startsWith('launcher/') ? '#parlor' : undefined);
    return [...violations, ...(await unreadable(page, undecided))];
  }

  /** Light, dark, and with everything twice as large. */
  async function byMouse(story: string): Promise<Record<string, string[]>> {
    const seat = seats.mouse;
    await seat.turn({ ...frame, theme: 'light' });
    const page = await seat.see(story);
    const light = [...(await unfit(page, story)), ...(await misplaced(page, 24))];
    await seat.turn({ theme: 'dark' });
    const dark = await unfit(page, story);
    await seat.turn(zoomed);
    return { light, dark, zoomed: await misplaced(page, 24), complaints: [...seat.complaints] };
  }

  /** Under the policy as it is. */
  async function byTouch(story: string): Promise<Record<string, string[]>> {
    const page = await seats.touch.see(story);
    return { phone: await misplaced(page, 44), complaintsOnPhone: [...seats.touch.complaints] };
  }

  async function inArabic(story: string): Promise<Record<string, string[]>> {
    const page = await seats.arabic.see(story);
    return { arabic: [...(await unfit(page, story)), ...(await misplaced(page, 24))], complaintsInArabic: [...seats.arabic.complaints] };
  }

  it.each(names)('%s is right in every way of looking at it', async (story) => {
    const found: Record<string, string[]> = Object.assign({}, ...(await Promise.all([byMouse(story), byTouch(story), inArabic(story)])));
    expect(Object.fromEntries(Object.entries(found).filter(([, faults]) => faults.length > 0))).toEqual({});
  });

  it('the frame has the policy that Parlor gives it, but for who may embed it', async () => {
    const parlor = await Program.create();
    onTestFinished(() => parlor.stop());
    const app = await parlor.createApp('Fernhill');
    await parlor.serve();
    const policyOf = async (url: string) => (await fetch(url)).headers.get('content-security-policy')?.replace(/; frame-ancestors .*/, '');
    expect(await policyOf(`${parlor.url}/frame/${app.id}`)).toBe(framePolicy(parlor.url).replace(/; frame-ancestors .*/, ''));
    expect(await policyOf(`${workshop.url}/frame.html`)).toBe(framePolicy(workshop.url).replace(/; frame-ancestors .*/, ''));
  });
});
