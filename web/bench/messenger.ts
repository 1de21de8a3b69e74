/** Prints the figures of messenger and console in docs/benchmarks.md. */
import { inbox } from './console.ts';
import type { Scrolled } from './console.ts';
import { reading, receiving } from './memory.ts';
import type { Held } from './memory.ts';
import { newBrowser, opening } from './opening.ts';
import type { Opening } from './opening.ts';
import { Place } from './place.ts';

const repetitions = 5;
const messages = 1_000;

const place = await Place.open();
try {
  await tellInbox();
  const person = await place.personWith(messages);
  await tellOpenings('a newcomer', place.page(), false);
  await tellOpenings(`somebody with ${messages} messages`, place.page(person), true);
  tellHeld('received in the open chat', await receiving(place, 'open', true));
  tellHeld('received while the chat is closed', await receiving(place, 'closed', false));
  tellHeld('read up to the first, at last back at the end', await reading(place));
} finally {
  await place.close();
}

/** Each time a new browser, which comes back once: then it has in its cache what it fetched. */
async function tellOpenings(who: string, url: string, hasHistory: boolean): Promise<void> {
  const openings: Record<'cold' | 'warm', Opening[]> = { cold: [], warm: [] };
  for (let i = 0; i < repetitions; i++) {
    const browser = await newBrowser(place);
    openings.cold.push(await opening(place, browser, url, hasHistory));
    openings.warm.push(await opening(place, browser, url, hasHistory));
    await browser.close();
  }
  for (const [cache, all] of Object.entries(openings)) {
    const range = (of: (one: Opening) => number | undefined) => rangeOf(all.map((one) => of(one) ?? NaN));
    const told = [`composer ${range((one) => one.interactive)}`, ...(hasHistory ? [`history ${range((one) => one.drawn)}`] : []), `longest task ${range((one) => one.longest)}`, `tasks over 50 ms ${range((one) => one.long)}`, `blocked ${range((one) => one.blocking)}`];
    console.info(`click of ${who}, cache ${cache}, ms at 4x throttle, least / median / most: ${told.join(', ')}`);
  }
}

async function tellInbox(): Promise<void> {
  const { opened, down, up } = await inbox(place);
  console.info(`click of a conversation of the console, until it is drawn, ms, least / median / most: ${rangeOf(opened.ms)}`);
  const tell = (way: string, { frames, long }: Scrolled) =>
    console.info(`10,000 conversations scrolled ${way}: ${frames.length} frames, ms apart, least / median / most: ${rangeOf(frames)}; above 34 ms: ${frames.filter((ms) => ms > 34).length}; tasks above 50 ms: ${long.length ? rangeOf(long) : 'none'}`);
  tell('down, fetched on the way', down);
  tell('up', up);
}

/** The least, the median and the most. */
function rangeOf(all: number[]): string {
  const sorted = [...all].sort((a, b) => a - b);
  return [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((ms) => Math.round(ms ?? NaN)).join(' / ');
}

function tellHeld(what: string, held: Held[]): void {
  for (const { messages: count, heapMB, nodes, drawn } of held) console.info(`${count} messages ${what}: ${heapMB.toFixed(1)} MB of JavaScript heap, ${nodes} nodes, ${drawn} messages drawn`);
}
