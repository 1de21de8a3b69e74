import type { Author } from '../../sdk/index.ts';
import type { Look, Messenger } from '../model.ts';
import { rowsOf } from '../rows.ts';
import type { Row } from '../rows.ts';
import { Span } from '../span.ts';
import { counted } from '../strings/index.ts';
import { dayName } from '../time.ts';
import { Icon } from '../icons.tsx';
import { Later } from './later.ts';
import { EntryRow, MessageRow } from './message.tsx';
import type { Typing } from './typing.tsx';
import { Welcome } from './welcome.tsx';
import { h } from '../view/h.ts';

/** A text has its type and itself. */
const plainMembers = 2;
const nearEndPx = 40;
const nearStartPx = 160;
const stepOfSpan = 50;

/**
 * The messages of the conversation in view, of many a part ({@link Span}). The view keeps to the end while the person is there, and
 * keeps still while others, and the note that they are loading, come and go above.
 */
export class Log {
  readonly #model: Messenger;
  /** What scrolls; before anything is drawn, an element that nobody sees. */
  #element: HTMLElement = document.createElement('div');
  #span = new Span();
  readonly #resized = new ResizeObserver(() => this.#follow());
  #rows: Row[] = [];
  readonly #typing: Later<{ Typing: typeof Typing }>;
  #clientHeight = 0;
  #before: { conversation?: string; last?: string; newest: number; bubble?: Element; place: number; height: number } = { newest: 0, place: 0, height: 0 };

  constructor(model: Messenger) {
    this.#model = model;
    document.addEventListener('visibilitychange', () => this.#look());
    const isRich = () => model.entries.some(({ file }) => file) || model.messages.some(({ content }) => Object.keys(content).length > plainMembers);
    this.#typing = new Later(model, () => this.#typist, () => import('./typing.tsx'));
    new Later(model, isRich, async () => (model.rich = new (await import('../rich/rich.tsx')).Rich(model)));
    new Later(model, () => model.look.opened, async () => (await import('./opened.ts')).goOn(model));
  }

  picture(): JSX.Element {
    const model = this.#model;
    const { strings, client } = model.options;
    const { look, conversation, conversationId, messages, entries } = model;
    if (conversationId !== this.#before.conversation) this.#span = new Span();
    this.#rows = rowsOf({ messages, entries, me: client.user?.id, readBefore: look.readBefore });
    const lastOwn = this.#rows.findLast((row) => row.kind === 'entry' || (row.kind === 'message' && row.own));
    const typist = this.#typist;
    return (
      <div class="thread">
        <div class="scroller" drawn={(element) => this.#drawn(element)} onscroll={() => this.#scrolled()}>
          {look.history === 'loading' && <p class="above" role="status">{strings.fetchingHistory}</p>}
          {look.history === 'failed' && (
            <p class="above">
              {strings.fetchHistoryError} <button class="link" onclick={() => void model.loadOlder()}>{strings.clickToRetry}</button>
            </p>
          )}
          {this.#rows.length === 0 && !conversation?.hasMore && <Welcome model={model} />}
          <div class="log" role="log" aria-live="off" tabindex={0} aria-label={strings.messages} aria-busy={look.history === 'loading'}>
            {this.#span.of(this.#rows).map((row) => (
              <LogRow key={row.key} row={row} model={model} isLast={row === lastOwn} />
            ))}
          </div>
          {model.rich?.below()}
          {typist && this.#typing.part?.Typing({ model, author: typist })}
        </div>
        {!look.atEnd && (
          <button class="jump" onclick={() => this.#toEnd('smooth')}>
            <Icon name="down" />
            {look.unseen > 0 ? counted(strings, 'messageIndicatorTitle', look.unseen) : strings.jumpToLatest}
          </button>
        )}
      </div>
    );
  }

  /** Who is typing in the conversation in view. */
  get #typist(): Author | undefined {
    const { conversationId, options } = this.#model;
    return conversationId === undefined ? undefined : options.client.store.typing(conversationId);
  }

  #drawn(element: HTMLElement): void {
    const model = this.#model;
    if (element !== this.#element) this.#begin(element);
    // Without messages there is no place to keep: a layout for that alone would cost the first opening much of its time.
    if (!this.#rows[0]) return;
    const before = this.#before;
    const last = this.#rows.at(-1) as Row;
    const newest = last.kind === 'message' ? last.message.number : 0;
    const conversation = model.conversationId;
    const { clientHeight, scrollHeight: height } = element;
    this.#before = { ...before, conversation, last: last.key, newest: Math.max(newest, conversation === before.conversation ? before.newest : 0) };
    this.#measure();
    if (conversation !== before.conversation || (last.key !== before.last && last.kind === 'entry')) return this.#toEnd();
    if (!model.look.atEnd) {
      const moved = before.bubble?.isConnected ? this.#placeOf(before.bubble) - before.place : height - before.height;
      if (moved && clientHeight) element.scrollTop += moved;
      if (newest > before.newest) model.set({ unseen: model.look.unseen + 1 });
    }
    this.#follow();
    if (clientHeight && element.scrollTop < nearStartPx && !model.look.atEnd) this.#move(-stepOfSpan);
  }

  /** Notes what is in sight, to find it again. What is hidden has no measures: those of before count on. */
  #measure(): void {
    const { clientHeight, scrollHeight: height } = this.#element;
    const { top } = this.#element.getBoundingClientRect();
    const bubble = [...this.#element.querySelectorAll('.bubble')].find((one) => one.getBoundingClientRect().bottom > top);
    if (clientHeight) Object.assign(this.#before, { bubble, place: this.#placeOf(bubble), height });
  }

  /** Draws others of the rows; false where there are none on that side. */
  #move(by: number, look?: Partial<Look>): boolean {
    const moves = this.#span.move(this.#rows, by);
    if (moves) this.#model.set(look ?? {});
    return moves;
  }

  /** How far below the top of all that scrolls. */
  #placeOf(bubble: Element | undefined): number {
    const { scrollTop } = this.#element;
    return bubble ? bubble.getBoundingClientRect().top - this.#element.getBoundingClientRect().top + scrollTop : 0;
  }

  #begin(element: HTMLElement): void {
    this.#element = element;
    this.#before = { newest: 0, place: 0, height: 0 };
    this.#resized.disconnect();
    for (const watched of [element, ...element.children]) this.#resized.observe(watched);
  }

  #toEnd(behavior: ScrollBehavior = 'instant'): void {
    if (this.#move(Infinity, { atEnd: true, unseen: 0 })) return;
    this.#element.scrollTo({ top: this.#element.scrollHeight, behavior });
    this.#look();
  }

  /** Keeps the end in sight where it was. */
  #follow(): void {
    if (this.#model.look.atEnd) this.#toEnd();
    else this.#look();
  }

  #scrolled(): void {
    const model = this.#model;
    this.#look();
    this.#measure();
    const { scrollTop, scrollHeight, clientHeight } = this.#element;
    const { conversation, look } = model;
    if (scrollTop < nearStartPx) {
      if (!this.#move(-stepOfSpan) && conversation?.hasMore && look.history === 'still') void model.loadOlder();
    } else if (scrollHeight - scrollTop - clientHeight < nearStartPx) this.#move(stepOfSpan);
  }

  /** Finds out what the person has in sight, and tells the model where that changed. */
  #look(): void {
    const model = this.#model;
    const { scrollHeight, scrollTop, clientHeight } = this.#element;
    if (!clientHeight || !model.look.opened) return;
    // A view that became smaller was not scrolled by the person.
    const resized = clientHeight !== this.#clientHeight;
    this.#clientHeight = clientHeight;
    if (resized && model.look.atEnd) return this.#toEnd();
    const atEnd = this.#span.isAtEnd && !model.conversation?.hasNewer && scrollHeight - scrollTop - clientHeight < nearEndPx;
    if (atEnd !== model.look.atEnd) model.set({ atEnd, unseen: 0 });
    if (atEnd && document.visibilityState === 'visible') model.markRead();
  }
}

function LogRow({ row, model, isLast }: { row: Row; model: Messenger; isLast: boolean }): JSX.Element {
  const { strings, locale } = model.options;
  switch (row.kind) {
    case 'day':
      return <div class="day">{dayName(row.at, Date.now(), locale, strings)}</div>;
    case 'new':
      return <div class="day divider">{strings.newMessages}</div>;
    case 'entry':
      return <EntryRow model={model} row={row} isLast={isLast} />;
    case 'message':
      return <MessageRow model={model} row={row} isLast={isLast} />;
  }
}
