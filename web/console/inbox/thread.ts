import { batch, signal } from '@preact/signals';
import type { Api } from '../api/client.ts';
import type { Entry, Item, LiveEvent, ThreadPage } from '../api/inbox.ts';
import { Problem, asProblem } from '../api/problem.ts';
import { keyOf, merged } from './items.ts';
import { Outbox } from './outbox.ts';
import { Typing } from './typing.ts';

const pageSize = 50;
/** On the way to a message far back: what the server hands out at once, and how often it is asked before that is given up. */
const [stride, mostStrides] = [100, 100];

/** One conversation: everything that was said in it and happened to it, from some place on to the end. */
export class Thread {
  readonly items = signal<readonly Item[]>([]);
  readonly state = signal<'loading' | 'still' | 'failed'>('loading');
  readonly isLoadingOlder = signal(false);
  readonly problem = signal<Problem | undefined>(undefined);
  readonly typists = new Typing();
  readonly outbox: Outbox;
  readonly hasMore = signal(false);
  /** The id of what was looked for and is to be shown, for a moment. */
  readonly reached = signal<string | undefined>(undefined);
  readonly #api: Api;
  readonly #path: string;
  #before: string | undefined;
  #after = '';
  #older: Promise<void> | undefined;
  /** The number of the last change that was heard of. */
  #change = 0;

  constructor(
    api: Api,
    app: string,
    readonly conversation: string,
    /** Called where something could not be sent. */
    failed: () => void = () => undefined,
  ) {
    this.#api = api;
    this.#path = `apps/${app}/inbox/${conversation}`;
    this.outbox = new Outbox({
      api,
      path: this.#path,
      conversation,
      lastNumber: () => this.lastNumber,
      came: (item) => this.#come(item),
      answeredMeanwhile: () => this.catchUp(),
      failed,
    });
  }

  /** Where a file of this conversation goes. */
  get uploadsTo(): string {
    return `/console/v1/${this.#path}/attachments`;
  }

  /** The number of the newest message that is here: what an agent has seen who looks at the end. */
  get lastNumber(): number {
    return this.items.value.reduce((most, item) => (item.kind === 'message' ? Math.max(most, item.message.number) : most), 0);
  }

  /** Answers with the entry. What happened between the two answers is asked for once more. Where it was open before there is only what was missed to be fetched. */
  async open(): Promise<Entry | undefined> {
    if (this.state.value === 'still') {
      await this.catchUp();
      return undefined;
    }
    this.state.value = 'loading';
    try {
      const [{ entry }, page] = await Promise.all([this.#api.get<{ entry: Entry }>(this.#path), this.#api.get<ThreadPage>(`${this.#path}/thread?limit=${pageSize}`)]);
      this.#change = Math.max(this.#change, entry.change);
      batch(() => {
        this.#take(page);
        this.#after = page.after;
        this.state.value = 'still';
      });
      if (entry.lastNumber > this.lastNumber) await this.catchUp();
      return entry;
    } catch (reason) {
      this.#fail(asProblem(reason));
      return undefined;
    }
  }

  #fail(problem: Problem): void {
    batch(() => {
      this.problem.value = problem;
      this.state.value = 'failed';
    });
  }

  loadOlder(limit = pageSize): Promise<void> {
    this.#older ??= this.#loadOlder(limit).finally(() => (this.#older = undefined));
    return this.#older;
  }

  /** Has everything here from a message or a note on, and shows it. What is gone by now, or too far back, is not shown. */
  async reach(id: string): Promise<boolean> {
    const isHere = () => this.items.value.some((item) => keyOf(item) === id);
    for (let i = 0; i < mostStrides && !isHere() && this.#before; i++) {
      const before = this.#before;
      await this.loadOlder(stride);
      if (this.#before === before) return false;
    }
    if (isHere()) this.reached.value = id;
    return isHere();
  }

  async #loadOlder(limit: number): Promise<void> {
    if (!this.#before) return;
    this.isLoadingOlder.value = true;
    try {
      this.#take(await this.#api.get<ThreadPage>(`${this.#path}/thread?${new URLSearchParams({ before: this.#before, limit: String(limit) })}`));
    } catch {
      // Scrolling on asks again.
    } finally {
      this.isLoadingOlder.value = false;
    }
  }

  /** Fetches what was missed: everything that changed since what was fetched last. False where the server could not be asked. */
  async catchUp(): Promise<boolean> {
    if (this.state.value === 'failed') return this.#openAnew();
    const page = await this.#api.get<ThreadPage>(`${this.#path}/thread?${new URLSearchParams({ after: this.#after })}`).catch(() => undefined);
    if (!page) return false;
    if (page.reset) return this.#openAnew();
    this.#after = page.after;
    this.items.value = merged(this.items.value, page.items);
    for (const item of page.items) this.outbox.arrived(item);
    return true;
  }

  /** Where that comes to nothing, it is said in the place of the conversation. */
  async #openAnew(): Promise<true> {
    batch(() => {
      this.items.value = [];
      this.state.value = 'loading';
    });
    await this.open();
    return true;
  }

  apply(event: LiveEvent): void {
    this.#heard(event);
    switch (event.type) {
      case 'message':
        this.#come({ kind: 'message', at: event.message.received, message: event.message });
        this.typists.stop(event.message.author.userId ?? '');
        break;
      case 'message.removed':
        this.items.value = merged(this.items.value, [{ kind: 'removed', id: event.id }]);
        break;
      case 'messages.removed':
        this.items.value = this.items.value.filter((item) => item.kind !== 'message' || item.message.number > event.number);
        break;
      case 'conversation.removed':
        this.#fail(new Problem(404, 'not_found', ''));
        this.items.value = [];
        break;
      case 'item':
        this.#come(event.item);
        break;
      case 'typing':
        if (event.author.type === 'user') this.typists.tell(event.author.userId ?? '', event.active && { name: event.author.displayName ?? '', isAgent: false, isNote: false });
        break;
      case 'agent.typing':
        this.typists.tell(event.agent.id, event.active && { name: event.agent.name, isAgent: true, isNote: event.note });
        break;
    }
  }

  async markRead(number: number): Promise<void> {
    await this.#api.call('POST', `${this.#path}/read`, { number });
  }

  tellTyping(active: boolean, note: boolean): void {
    void this.#api.call('POST', `${this.#path}/typing`, { active, note }).catch(() => undefined);
  }

  #take({ items, before }: ThreadPage): void {
    batch(() => {
      this.#before = before;
      this.hasMore.value = before !== undefined;
      this.items.value = merged(items, this.items.value);
    });
  }

  #come(item: Item): void {
    batch(() => {
      this.outbox.arrived(item);
      this.items.value = merged(this.items.value, [item]);
    });
  }

  /** Each change of a conversation is the next one, or some were missed. */
  #heard(event: LiveEvent): void {
    const change = 'change' in event ? event.change : undefined;
    if (!change || change <= this.#change) return;
    const isNext = change === this.#change + 1;
    if (isNext || this.state.value !== 'still') this.#change = change;
    else void this.catchUp().then((isDone) => isDone && (this.#change = Math.max(this.#change, change)));
  }
}
