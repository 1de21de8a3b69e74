import { batch, computed, signal } from '@preact/signals';
import type { Api } from '../api/client.ts';
import type { Counts, Entry, LiveEvent, Page, SavedView, TeamCounts } from '../api/inbox.ts';
import { asProblem } from '../api/problem.ts';
import type { Problem } from '../api/problem.ts';
import type { View } from '../router.ts';
import { belongs, inOrder, isTaken, moved } from './entries.ts';

const pageSize = 50;
/** How many entries are known before some are forgotten. */
const mostKnown = 2_000;

/** The conversations of a view, as many of them as were asked for, and everything else that is known of others. */
export class List {
  readonly view = signal<View>('waiting');
  readonly counts = signal<Counts | undefined>(undefined);
  readonly teamCounts = signal<TeamCounts>({});
  readonly state = signal<'loading' | 'still' | 'failed'>('loading');
  readonly problem = signal<Problem | undefined>(undefined);
  readonly #entries = signal<ReadonlyMap<string, Entry>>(new Map());
  readonly #order = signal<readonly string[]>([]);
  readonly #api: Api;
  readonly #path: string;
  readonly #me: string;
  /** The saved view, or that of a team, that is shown in the place of the other: its id, and what it takes, as far as that is known. */
  #saved: { id: string; view: SavedView | undefined } | undefined;
  #cursor: string | undefined;
  #isHeld = false;
  /** The conversation that one is in: it stays in the list where it was, whatever becomes of it. */
  #kept: string | undefined;
  /** Answers to what was asked before this are late. */
  #asked = 0;
  /** What was told since the view was asked for, which its answer may not know. */
  readonly #fresh = new Map<string, Entry>();
  /** What was removed since then, and may still be in its answer. */
  readonly #gone = new Set<string>();

  constructor(api: Api, app: string, me: string) {
    this.#api = api;
    this.#path = `apps/${app}/inbox`;
    this.#me = me;
  }

  readonly entries = computed(() => this.#order.value.flatMap((id) => this.#entries.value.get(id) ?? []));

  get(conversation: string): Entry | undefined {
    return this.#entries.value.get(conversation);
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  async show(view: View, saved?: string, filter?: SavedView): Promise<void> {
    const isOther = view !== this.view.value || saved !== this.#saved?.id;
    this.#saved = saved ? { id: saved, view: filter } : undefined;
    if (isOther) {
      batch(() => {
        this.view.value = view;
        this.#order.value = [];
        this.#cursor = undefined;
      });
    }
    await this.refresh();
  }

  /** The view anew, as long as it was: what is shown stays until then. False where the server could not be asked. */
  async refresh(): Promise<boolean> {
    const wanted = Math.max(pageSize, this.#order.value.length);
    return this.#load(async () => {
      let page = await this.#page(Math.min(100, wanted));
      const entries = [...page.entries];
      while (page.cursor && entries.length < wanted) {
        page = await this.#page(100, page.cursor);
        entries.push(...page.entries);
      }
      return { ...page, entries };
    }, (page) => this.#replace(page));
  }

  async loadMore(): Promise<void> {
    const cursor = this.#cursor;
    if (!cursor || this.state.value === 'loading') return;
    await this.#load(() => this.#page(pageSize, cursor), (page) => this.#append(page));
  }

  /** An entry as the server has it, or as it will be if all goes well. */
  put(told: Entry): void {
    const entry = this.#own(told);
    if (this.state.value === 'loading') {
      this.#fresh.set(entry.conversation, entry);
      this.#gone.delete(entry.conversation);
    }
    batch(() => {
      this.#know([entry]);
      this.#place(entry);
    });
  }

  /** False where nothing is known of its conversation. */
  apply(event: LiveEvent & { conversation: string }): boolean {
    const entry = this.get(event.conversation);
    if (event.type === 'conversation.removed') this.remove(event.conversation);
    else if (entry) this.put(moved(entry, event));
    return !!entry;
  }

  remove(conversation: string): void {
    this.#fresh.delete(conversation);
    if (this.state.value === 'loading') this.#gone.add(conversation);
    const entries = new Map(this.#entries.value);
    entries.delete(conversation);
    batch(() => {
      this.#entries.value = entries;
      this.#order.value = this.#order.value.filter((id) => id !== conversation);
    });
  }

  keep(conversation: string | undefined): void {
    this.#kept = conversation;
    if (this.state.value === 'still') this.#settle();
  }

  /** As long as the pointer is on the list nothing moves in it: what changes, changes in its place. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (!isHeld) this.#settle();
  }

  /** The numbers beside the views, which are those of the server. */
  async count(): Promise<void> {
    this.#counted(await this.#page(1));
  }

  async #load(fetch: () => Promise<Page>, take: (page: Page) => void): Promise<boolean> {
    const asked = ++this.#asked;
    this.state.value = 'loading';
    this.#fresh.clear();
    this.#gone.clear();
    try {
      const page = await fetch();
      if (asked !== this.#asked) return true;
      batch(() => {
        take({ ...page, entries: page.entries.filter(({ conversation }) => !this.#gone.has(conversation)) });
        this.#cursor = page.cursor;
        this.#counted(page);
        this.state.value = 'still';
        for (const entry of this.#fresh.values()) this.#place(entry);
        this.#fresh.clear();
      });
      return true;
    } catch (reason) {
      if (asked !== this.#asked) return true;
      this.problem.value = asProblem(reason);
      this.state.value = 'failed';
      this.#fresh.clear();
      return false;
    }
  }

  #counted({ counts, teams }: Page): void {
    this.counts.value = counts;
    this.teamCounts.value = teams;
  }

  #page(limit: number, cursor?: string): Promise<Page> {
    const query = new URLSearchParams({ view: this.#saved?.id ?? this.view.value, limit: String(limit), ...(cursor && { cursor }) });
    return this.#api.get<Page>(`${this.#path}?${query}`);
  }

  #replace({ entries }: Page): void {
    this.#know(entries);
    this.#order.value = entries.map(({ conversation }) => conversation);
  }

  #append({ entries }: Page): void {
    this.#know(entries);
    this.#order.value = [...new Set([...this.#order.value, ...entries.map(({ conversation }) => conversation)])];
  }

  #know(entries: readonly Entry[]): void {
    const known = new Map(this.#entries.value);
    for (const entry of entries) {
      const { conversation } = entry;
      known.delete(conversation);
      known.set(conversation, this.#fresh.get(conversation) ?? this.#own(entry));
    }
    this.#entries.value = known.size > mostKnown ? this.#forgetful(known) : known;
  }

  /** Without those that were heard of longest ago, unless they are shown: the console is open for days. */
  #forgetful(known: Map<string, Entry>): Map<string, Entry> {
    const kept = new Set([...this.#order.value, this.#kept]);
    const others = [...known.keys()].filter((conversation) => !kept.has(conversation));
    for (const conversation of others.slice(0, -mostKnown / 2)) known.delete(conversation);
    return known;
  }

  /** With how far oneself has read, which an answer may not know yet, and which does not go back. */
  #own(entry: Entry): Entry {
    const known = this.get(entry.conversation)?.ownNumber;
    const ownNumber = known === undefined ? entry.ownNumber : Math.max(known, entry.ownNumber ?? 0);
    return { ...entry, ownNumber };
  }

  /** Puts one entry into its place among the others, or only behind them while the list is held. */
  #place(entry: Entry): void {
    const order = this.#order.value;
    const { conversation } = entry;
    const was = order.indexOf(conversation);
    const isHere = this.#belongs(entry) && (was >= 0 || this.#isReached(entry));
    if (this.#isHeld) {
      if (isHere && was < 0 && this.view.value === 'waiting') this.#order.value = [...order, conversation];
      return;
    }
    if (!isHere && (was < 0 || conversation === this.#kept)) return;
    // What has words stands in the order in which they were said, which the server knows.
    if (this.#saved?.view?.query && isHere) return;
    const others = was < 0 ? order : order.toSpliced(was, 1);
    const to = isHere ? this.#placeAmong(others, entry) : -1;
    if (!isHere) this.#order.value = others;
    else if (to !== was) this.#order.value = others.toSpliced(to, 0, conversation);
  }

  #belongs(entry: Entry): boolean {
    if (!this.#saved) return belongs(entry, this.view.value, this.#me);
    const { view } = this.#saved;
    const isThere = this.#order.value.includes(entry.conversation);
    return view ? isTaken(entry, view, this.#me) && (!view.query || isThere) : isThere;
  }

  /** By halves: the others are in order. */
  #placeAmong(others: readonly string[], entry: Entry): number {
    const compare = inOrder(this.view.value);
    let [low, high] = [0, others.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.get(others[middle] ?? '');
      if (other && compare(other, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What lies behind the last one that was fetched comes with the next page. */
  #isReached(entry: Entry): boolean {
    const last = this.get(this.#order.value.at(-1) ?? '');
    return !this.#cursor || !last || inOrder(this.view.value)(entry, last) <= 0;
  }

  /** Puts everything known into its place. */
  #settle(): void {
    const order = this.#order.value;
    const shown = new Set(order);
    if (this.#saved?.view?.query) return;
    const isHere = (entry: Entry) => this.#belongs(entry) && (shown.has(entry.conversation) || this.#isReached(entry));
    const settled = [...this.#entries.value.values()].filter(isHere).sort(inOrder(this.view.value)).map(({ conversation }) => conversation);
    const place = this.#kept === undefined ? -1 : order.indexOf(this.#kept);
    if (this.#kept !== undefined && place >= 0 && !settled.includes(this.#kept)) settled.splice(place, 0, this.#kept);
    this.#order.value = settled;
  }
}
