/** Prints the figures of the messenger in docs/benchmarks.md. */
import { reading, receiving } from './memory.ts';
import type { Held } from './memory.ts';
import { newBrowser, opening } from './opening.ts';
import type { Opening } from './opening.ts';
import { Place } from './place.ts';

const repetitions = 5;
const messages = 1_000;

const place = await Place.open();
try {
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
    const range = (of: (one: Opening) => number | undefined) => {
      const sorted = all.map((one) => of(one) ?? NaN).sort((a, b) => a - b);
      return [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((ms) => Math.round(ms ?? NaN)).join(' / ');
    };
    const told = [`composer ${range((one) => one.interactive)}`, ...(hasHistory ? [`history ${range((one) => one.drawn)}`] : []), `longest task ${range((one) => one.longest)}`, `tasks over 50 ms ${range((one) => one.long)}`, `blocked ${range((one) => one.blocking)}`];
    console.info(`click of ${who}, cache ${cache}, ms at 4x throttle, least / median / most: ${told.join(', ')}`);
  }
}

function tellHeld(what: string, held: Held[]): void {
  for (const { messages: count, heapMB, nodes, drawn } of held) console.info(`${count} messages ${what}: ${heapMB.toFixed(1)} MB of JavaScript heap, ${nodes} nodes, ${drawn} messages drawn`);
}
