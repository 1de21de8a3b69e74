/** What goes on in a chat that has been opened, beside reading and writing: fetched then. */
import type { Messenger } from '../model.ts';
import { Announcer } from './announcer.ts';
import { Later } from './later.ts';

export function goOn(model: Messenger): void {
  const { client } = model.options;
  new Announcer(model);
  new Later(model, () => model.look.opened, async () => (model.attach = await (await import('../attach/attach.tsx')).attaching(model)));
  new Later(model, () => model.look.opened, async () => (await import('../hours/hours.tsx')).keepHours(model));
  new Later(model, () => model.look.opened && !model.extras.asks && !client.isKnown && client.store.list().length === 0, async () => (await import('../wishes/settled.ts')).askAsSettled(model));
  new Later(model, () => model.look.dropped || client.stopped, async () => (model.ends = await import('./ends.tsx')));
  new Later(model, () => !model.look.atEnd && model.messages.length > 300, async () => (await import('../far.ts')).readFar(model));
}
