import { seen } from '../ready.ts';
import type { Stage, Story } from '../stage.ts';
import { now } from '../still.ts';
import { shortTalk } from './talk.ts';

const hour = 60 * 60_000;

/** Nobody is there to answer. */
export const hours: Record<string, Story> = {
  'hours/away': async (stage) => {
    shortTalk(stage);
    await away(stage, { open: false, turnsAt: new Date(now + 64 * hour).toISOString() });
  },
  'hours/away-at-first': (stage) => away(stage, { open: false, turnsAt: new Date(now + 2 * hour).toISOString() }),
  'hours/away-for-long': async (stage) => {
    stage.ana('Is anybody there?');
    await away(stage, { open: false });
  },
};

async function away(stage: Stage, availability: object): Promise<void> {
  const { fetch } = globalThis;
  globalThis.fetch = (asked, ...rest) => (typeof asked === 'string' && asked.endsWith('/availability') ? Promise.resolve(Response.json(availability)) : fetch(asked, ...rest));
  await stage.open();
  await seen('.away');
}
