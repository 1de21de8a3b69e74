import type { Happening, Item, Message, Note } from '../api/inbox.ts';
import { daysBetween } from '../../ui/time.ts';
import { keyOf } from './items.ts';
import type { Pending } from './outbox.ts';

/** What stands in the log, from the first line to the last. */
export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'message'; key: string; at: number; message: Message; opens: boolean; closes: boolean }
  | { kind: 'note'; key: string; at: number; note: Note }
  | { kind: 'happening'; key: string; at: number; happening: Happening }
  | { kind: 'pending'; key: string; at: number; pending: Pending };

const togetherMs = 3 * 60_000;

/** Day lines where the day changes; messages of one author within three minutes are together, unless something else stands between them. */
export function rowsOf(items: readonly Item[], pending: readonly Pending[]): Row[] {
  const rows: Row[] = [];
  const push = (row: Row) => {
    const before = rows.at(-1);
    if (!before || daysBetween(before.at, row.at) > 0) rows.push({ kind: 'day', key: `day ${row.key}`, at: row.at });
    const last = rows.at(-1);
    if (row.kind === 'message' && last?.kind === 'message' && authorOf(last.message) === authorOf(row.message) && row.at - last.at < togetherMs) {
      last.closes = false;
      row.opens = false;
    }
    rows.push(row);
  };
  for (const item of items) push(rowOf(item));
  for (const one of pending) push({ kind: 'pending', key: one.id, at: one.writtenAt, pending: one });
  return rows;
}

function rowOf(item: Item): Row {
  const at = Date.parse(item.at);
  const key = keyOf(item);
  switch (item.kind) {
    case 'message':
      return { kind: 'message', key: item.message.clientMessageId ?? key, at, message: item.message, opens: true, closes: true };
    case 'note':
      return { kind: 'note', key: item.note.sentId || key, at, note: item.note };
    case 'happening':
      return { kind: 'happening', key, at, happening: item.happening };
  }
}

function authorOf({ author: { type, userId, displayName } }: Message): string {
  return [type, userId, displayName].join(' ');
}
