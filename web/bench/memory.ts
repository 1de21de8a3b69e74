/** What page and chat hold of ten thousand messages in one conversation. */
import type { CDPSession } from 'playwright-core';
import type { InitOptions, Smooch as SmoochAPI } from '../widget/api.ts';
import { Chat } from './place.ts';
import type { Place } from './place.ts';

declare const Smooch: SmoochAPI;

/** After how many messages it is measured. */
export const steps = [1_000, 2_000, 5_000, 10_000];
const all = 10_000;

export interface Held {
  messages: number;
  /** Of page and chat, after all garbage is collected. */
  heapMB: number;
  /** Nodes of both documents. */
  nodes: number;
  /** Messages in the document. */
  drawn: number;
}

/** Reads the whole history, from its end up to the first message, and goes back to the end: that is measured last. */
export async function reading(place: Place): Promise<Held[]> {
  const { chat, line } = await begin(place, await place.personWith(all));
  await chat.launcher.click();
  await chat.log.locator('.message').nth(20).waitFor();
  const held: Held[] = [];
  for (const step of steps) {
    await chat.frame.evaluate(async (most) => {
      const scroller = document.querySelector('.scroller') as HTMLElement;
      const first = () => Number(/^message (\d+)/.exec(document.querySelector('.bubble')?.textContent ?? '')?.[1]);
      while (first() > most) {
        scroller.scrollTop = 0;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }, all - step + 1);
    held.push(await measured(chat, line, step));
  }
  await chat.chat.getByRole('button', { name: 'Jump to latest' }).click();
  await chat.log.getByText(new RegExp(`^message ${all}\\b`)).waitFor();
  held.push(await measured(chat, line, all));
  await chat.page.context().close();
  return held;
}

/** Receives all while the chat is open, or closed. */
export async function receiving(place: Place, person: string, isOpen: boolean): Promise<Held[]> {
  await place.rest.createUser(person);
  const { id } = await place.rest.createConversation(person);
  const { chat, line } = await begin(place, person);
  if (isOpen) await chat.open();
  const held: Held[] = [];
  let sent = 0;
  for (const step of steps) {
    await place.say(id, step - sent, sent);
    sent = step;
    await chat.page.waitForFunction((count) => (window as unknown as { received: number }).received >= count, step);
    held.push(await measured(chat, line, step));
  }
  await chat.page.context().close();
  return held;
}

async function begin(place: Place, person: string): Promise<{ chat: Chat; line: CDPSession }> {
  const browser = await place.newBrowser();
  const chat = new Chat(await browser.newPage());
  await chat.page.goto(place.company.url);
  await chat.page.evaluate((options) => {
    // The page keeps a copy of each event that it hears: this one only counts.
    Smooch.off();
    const page = window as unknown as { received: number };
    page.received = 0;
    Smooch.on('message', () => page.received++);
    return Smooch.init(options as InitOptions);
  }, place.optionsOf(person));
  const line = await browser.newCDPSession(chat.page);
  await line.send('Performance.enable');
  return { chat, line };
}

async function measured(chat: Chat, line: CDPSession, messages: number): Promise<Held> {
  await line.send('HeapProfiler.collectGarbage');
  const { metrics } = await line.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? NaN;
  return { messages, heapMB: of('JSHeapUsedSize') / 2 ** 20, nodes: of('Nodes'), drawn: await chat.drawn() };
}
