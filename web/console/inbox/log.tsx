import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { daysBetween } from '../../ui/time.ts';
import type { Entry } from '../api/inbox.ts';
import { Icon } from '../parts/icon.tsx';
import { locale, texts } from '../strings/index.ts';
import { inView } from './bodies.ts';
import { HappeningRow, MessageRow, NoteRow, PendingRow } from './log-rows.tsx';
import { rowsOf } from './rows.ts';
import type { Row } from './rows.ts';
import type { Thread } from './thread.ts';
import { Typists } from './typists.tsx';

const nearEndPx = 40;
const nearStartPx = 300;

/**
 * The conversation from top to end. The view keeps to the end while one is there, and keeps still while older messages come above or
 * anything grows.
 */
export function Log({ thread, entry }: { thread: Thread; entry: Entry | undefined }): JSX.Element {
  const { thread: words, inbox } = texts.value;
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const anchor = useRef<{ row: Element | undefined; place: number }>({ row: undefined, place: 0 });
  const [isAway, setAway] = useState(false);
  const rows = rowsOf(thread.items.value, thread.pending.value);
  const newest = thread.lastNumber;
  const lastOwn = rows.findLast((row) => row.kind === 'message' && row.message.author.type === 'business');

  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  const keep = () => {
    const element = scroller.current;
    const { row, place } = anchor.current;
    if (!element) return;
    if (isAtEnd.current) toEnd();
    else if (row?.isConnected) element.scrollTop += placeOf(row, element) - place;
  };
  const scrolled = () => {
    // The browser tells of the last scrolling when the log may be gone.
    const element = scroller.current;
    if (!element) return;
    const { top } = element.getBoundingClientRect();
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx;
    const row = [...element.querySelectorAll('.log > *')].find((one) => one.getBoundingClientRect().bottom > top);
    anchor.current = { row, place: row ? placeOf(row, element) : 0 };
    setAway(!isAtEnd.current);
    if (element.scrollTop < nearStartPx) void thread.loadOlder();
    if (isAtEnd.current) read();
  };
  const read = () => {
    if (entry && isAtEnd.current && document.visibilityState === 'visible' && newest > entry.businessReadNumber) thread.markRead(newest);
  };

  useLayoutEffect(keep, [rows.length, rows[0]?.key, thread.typists.value.size]);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(keep);
    for (const watched of [scroller.current, scroller.current?.firstElementChild]) if (watched) observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [newest, entry?.businessReadNumber]);
  useEffect(() => {
    inView.value = thread.items.value.flatMap((item) => (item.kind === 'message' ? item.message : []));
  }, [thread.items.value]);
  // What somebody sends themselves they want to see.
  const sending = thread.pending.value.length;
  useLayoutEffect(() => {
    if (sending > 0) toEnd();
  }, [sending]);

  return (
    <div class="log-place">
      <div class="scroller" ref={scroller} onScroll={scrolled}>
        <div class="log" role="log" tabIndex={0} aria-label={words.log} aria-live="off" aria-busy={thread.isLoadingOlder.value}>
          {rows.map((row) => (
            <LogRow key={row.key} row={row} thread={thread} seenUpTo={row === lastOwn ? entry?.readNumber : undefined} entry={entry} />
          ))}
          <Typists key="typists" thread={thread} />
        </div>
      </div>
      {thread.isLoadingOlder.value && <p class="above">{inbox.earlier}</p>}
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
      return <MessageRow row={row} seenUpTo={seenUpTo} person={entry?.person} />;
    case 'note':
      return <NoteRow row={row} />;
    case 'happening':
      return <HappeningRow row={row} />;
    case 'pending':
      return <PendingRow pending={row.pending} thread={thread} />;
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
