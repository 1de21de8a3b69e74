import type { Item, ThreadPage } from '../api/inbox.ts';

/** An item of a thread, or that one is not there any more. */
export type Change = ThreadPage['items'][number];

/** Both, each item once and in the order of time; of one item the later state. What was removed is not there any more. */
export function merged(before: readonly Change[], more: readonly Change[]): Item[] {
  const all = new Map<string, Item>();
  for (const item of [...before, ...more]) {
    if (item.kind === 'removed') all.delete(item.id);
    else all.set(keyOf(item), item);
  }
  return [...all.values()].sort(inTime);
}

export function keyOf(item: Item): string {
  if (item.kind === 'message') return item.message.id;
  return item.kind === 'note' ? item.note.id : item.happening.id;
}

function inTime(a: Item, b: Item): number {
  if (a.kind === 'message' && b.kind === 'message') return a.message.number - b.message.number;
  return Date.parse(a.at) - Date.parse(b.at);
}
