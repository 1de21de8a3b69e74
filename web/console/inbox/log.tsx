import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { Span } from '../../ui/span.ts';
import { daysBetween } from '../../ui/time.ts';
import type { Entry } from '../api/inbox.ts';
import { Icon } from '../parts/icon.tsx';
import { locale, texts } from '../strings/index.ts';
import { inView } from './bodies.ts';
import { useInbox } from './context.ts';
import { HappeningRow, MessageRow, NoteRow } from './log-rows.tsx';
import { PendingRow } from './pending-row.tsx';
import { rowsOf } from './rows.ts';
import type { Row } from './rows.ts';
import type { Thread } from './thread.ts';
import { Typists } from './typists.tsx';

const nearEndPx = 40;
const nearStartPx = 300;
/** How many rows come when one nears the first or the last that is drawn. */
const stepOfSpan = 50;
/** How many rows are drawn below what was looked for, where there are as many. */
const belowReached = 75;
/** How long it stands out what was looked for. */
const reachedMs = 4_000;

/**
 * The conversation from top to end, of a long one the part that one is at ({@link Span}). The view keeps to the end while one is there,
 * and keeps still while older messages come above or anything grows.
 */
export function Log({ thread, entry }: { thread: Thread; entry: Entry | undefined }): JSX.Element {
  const inbox = useInbox();
  const { thread: words, inbox: inboxWords } = texts.value;
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const anchor = useRef<{ row: Element | undefined; place: number }>({ row: undefined, place: 0 });
  const [isAway, setAway] = useState(false);
  const [, redraw] = useReducer((count: number, _: void) => count + 1, 0);
  const rows = rowsOf(thread.items.value, thread.outbox.pending.value);
  const span = useMemo(() => new Span(), [thread]);
  const { value: reached } = thread.reached;
  useMemo(() => {
    const place = rows.findIndex((row) => (row.kind === 'message' ? row.message.id : row.kind === 'note' && row.note.id) === reached);
    if (place >= 0) span.move(rows, place + belowReached - rows.indexOf(span.of(rows).at(-1) as Row));
  }, [reached]);
  const drawn = span.of(rows);
  const newest = thread.lastNumber;
  const lastOwn = rows.findLast((row) => row.kind === 'message' && row.message.author.type === 'business');

  // Observers call what was made with an earlier picture.
  const all = useRef(rows);
  all.current = rows;
  const move = (by: number): boolean => {
    const moves = span.move(all.current, by);
    if (moves) redraw();
    return moves;
  };
  const toEnd = () => {
    isAtEnd.current = true;
    if (!move(Infinity)) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  const keep = () => {
    const element = scroller.current;
    const { row, place } = anchor.current;
    if (!element) return;
    if (isAtEnd.current) toEnd();
    else if (row?.isConnected) element.scrollTop += placeOf(row, element) - place;
    // A log that is not as high as its window cannot be scrolled.
    const isShort = element.scrollHeight <= element.clientHeight;
    if (isShort || (!isAtEnd.current && element.scrollTop < nearStartPx)) goUp();
  };
  const goUp = () => {
    if (!move(-stepOfSpan)) void thread.loadOlder();
  };
  const scrolled = () => {
    // The browser tells of the last scrolling when the log may be gone.
    const element = scroller.current;
    if (!element) return;
    const { top } = element.getBoundingClientRect();
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    isAtEnd.current = span.isAtEnd && below < nearEndPx;
    // The line of a day is another one when older messages of that day come.
    const row = [...element.querySelectorAll('.log > :not(.day)')].find((one) => one.getBoundingClientRect().bottom > top);
    anchor.current = { row, place: row ? placeOf(row, element) : 0 };
    setAway(!isAtEnd.current);
    if (element.scrollTop < nearStartPx) goUp();
    else if (below < nearStartPx) move(stepOfSpan);
    if (isAtEnd.current) read();
  };
  const read = () => {
    if (entry && isAtEnd.current && document.visibilityState === 'visible' && newest > Math.min(entry.businessReadNumber, entry.ownNumber ?? 0)) inbox.read(entry, newest);
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    const row = element?.querySelector('.reached');
    if (!element || !row) return undefined;
    isAtEnd.current = false;
    row.scrollIntoView({ block: 'center' });
    anchor.current = { row, place: placeOf(row, element) };
    const timer = setTimeout(() => (thread.reached.value = undefined), reachedMs);
    return () => clearTimeout(timer);
  }, [reached]);
  useLayoutEffect(keep, [rows.length, drawn[0]?.key, drawn.at(-1)?.key, thread.typists.all.value.size]);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(keep);
    for (const watched of [scroller.current, scroller.current?.firstElementChild]) if (watched) observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [newest, entry?.businessReadNumber, entry?.ownNumber]);
  useEffect(() => {
    inView.value = thread.items.value.flatMap((item) => (item.kind === 'message' ? item.message : []));
  }, [thread.items.value]);
  // What somebody sends themselves they want to see.
  const sending = thread.outbox.pending.value.length;
  useLayoutEffect(() => {
    if (sending > 0) toEnd();
  }, [sending]);

  return (
    <div class="log-place">
      <div class="scroller" ref={scroller} onScroll={scrolled}>
        <div class="log" role="log" tabIndex={0} aria-label={words.log} aria-live="off" aria-busy={thread.isLoadingOlder.value}>
          {drawn.map((row) => (
            <LogRow key={row.key} row={row} thread={thread} seenUpTo={row === lastOwn ? entry?.readNumber : undefined} entry={entry} />
          ))}
          <Typists key="typists" thread={thread} />
        </div>
      </div>
      {thread.isLoadingOlder.value && <p class="above">{inboxWords.earlier}</p>}
      {isAway && (
        <button type="button" class="button to-end" onClick={toEnd}>
          <Icon name="down" />
          {words.toEnd}
        </button>
      )}
    </div>
  );
}

function LogRow({ row, thread, seenUpTo, entry }: { row: Row; thread: Thread; seenUpTo: number | undefined; entry: Entry | undefined }): JSX.Element {
  switch (row.kind) {
    case 'day':
      return <p class="day">{dayName(row.at)}</p>;
    case 'message':
      return <MessageRow row={row} seenUpTo={seenUpTo} person={entry?.person} isReached={row.message.id === thread.reached.value} />;
    case 'note':
      return <NoteRow row={row} isReached={row.note.id === thread.reached.value} />;
    case 'happening':
      return <HappeningRow row={row} />;
    case 'pending':
      return <PendingRow pending={row.pending} outbox={thread.outbox} />;
  }
}

function placeOf(row: Element, scroller: Element): number {
  return row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}

function dayName(at: number): string {
  const days = daysBetween(at, Date.now());
  const { thread } = texts.value;
  if (days === 0) return thread.today;
  if (days === 1) return thread.yesterday;
  const year = new Date(at).getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(locale.value, { weekday: 'long', day: 'numeric', month: 'long', year }).format(at);
}
