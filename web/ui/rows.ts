import type { Entry, Message } from '../sdk/index.ts';
import { daysBetween } from './time.ts';

/** What stands in the log, from the first line to the last. */
export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'new'; key: string }
  | { kind: 'message'; key: string; message: Message; own: boolean; opens: boolean; closes: boolean }
  | { kind: 'entry'; key: string; entry: Entry; opens: boolean; closes: boolean };

export interface RowsOf {
  messages: readonly Message[];
  entries: readonly Entry[];
  /** The signed-in user's id. */
  me: string | undefined;
  /** The number of the last message read before the person looked; absent: no divider. */
  readBefore?: number;
}

const togetherMs = 3 * 60_000;

/**
 * Puts messages and what is still on its way into one run: day lines where the day changes, one divider before the first
 * unread, and messages of one author within three minutes grouped. What the server has already is not shown twice.
 */
export function rowsOf({ messages, entries, me, readBefore }: RowsOf): Row[] {
  const rows: Row[] = [];
  const arrived = new Set(messages.map((message) => message.clientMessageId));
  let lastAt: number | undefined;
  let divided = readBefore === undefined;
  for (const message of messages) {
    const at = Date.parse(message.received);
    const own = message.author.type === 'user' && message.author.userId === me;
    if (lastAt === undefined || daysBetween(lastAt, at) !== 0) rows.push({ kind: 'day', key: `day-${message.id}`, at });
    if (!divided && !own && message.number > (readBefore ?? 0)) {
      divided = true;
      rows.push({ kind: 'new', key: 'new' });
    }
    rows.push({ kind: 'message', key: message.clientMessageId ?? message.id, message, own, opens: true, closes: true });
    lastAt = at;
  }
  for (const entry of entries) {
    if (arrived.has(entry.id)) continue;
    if (lastAt === undefined || daysBetween(lastAt, entry.writtenAt) > 0) rows.push({ kind: 'day', key: `day-${entry.id}`, at: entry.writtenAt });
    rows.push({ kind: 'entry', key: entry.id, entry, opens: true, closes: true });
    lastAt = entry.writtenAt;
  }
  return grouped(rows);
}

function grouped(rows: Row[]): Row[] {
  for (let i = 1; i < rows.length; i++) {
    const [before, row] = [rows[i - 1], rows[i]];
    if (!before || !row || !('opens' in before) || !('opens' in row) || !together(before, row)) continue;
    before.closes = false;
    row.opens = false;
  }
  return rows;
}

type Spoken = Extract<Row, { opens: boolean }>;

function together(a: Spoken, b: Spoken): boolean {
  return authorOf(a) === authorOf(b) && Math.abs(timeOf(b) - timeOf(a)) < togetherMs;
}

function authorOf(row: Spoken): string {
  if (row.kind === 'entry' || row.own) return 'own';
  const { type, userId, displayName } = row.message.author;
  return [type, userId, displayName].join(' ');
}

function timeOf(row: Spoken): number {
  return row.kind === 'entry' ? row.entry.writtenAt : Date.parse(row.message.received);
}
