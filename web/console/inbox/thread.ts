import { batch, signal } from '@preact/signals';
import type { Api } from '../api/client.ts';
import type { Entry, Item, LiveEvent, Message, ThreadPage } from '../api/inbox.ts';
import { Problem, asProblem } from '../api/problem.ts';
import { drafts } from './drafts.ts';
import { contentOf } from './markdown.ts';
import type { Sending } from './writing/sending.ts';

/** Something on its way to the conversation. */
export interface Pending {
  id: string;
  kind: 'message' | 'note';
  /** Of a file: its name. */
  text: string;
  file?: Sending;
  writtenAt: number;
  state: 'sending' | 'failed' | 'guarded';
  problem?: Problem;
}

type Change = ThreadPage['items'][number];

const pageSize = 50;
/** On the way to a message far back: what the server hands out at once, and how often it is asked before that is given up. */
const [stride, mostStrides] = [100, 100];
/** A sign of writing is true for ten seconds at most. */
const typingMs = 10_000;

/** One conversation: everything that was said in it and happened to it, from some place on to the end. */
export class Thread {
  readonly items = signal<readonly Item[]>([]);
  readonly pending = signal<readonly Pending[]>([]);
  readonly state = signal<'loading' | 'still' | 'failed'>('loading');
  readonly isLoadingOlder = signal(false);
  readonly problem = signal<Problem | undefined>(undefined);
  /** Who writes: the user, and agents by their ids. */
  readonly typists = signal<ReadonlyMap<string, { name: string; isAgent: boolean; isNote: boolean }>>(new Map());
  readonly hasMore = signal(false);
  /** The id of what was looked for and is to be shown, for a moment. */
  readonly reached = signal<string | undefined>(undefined);
  /** What was not sent, and goes back to where it was written. */
  readonly handedBack = signal<Pending | undefined>(undefined);
  readonly #api: Api;
  readonly #path: string;
  readonly #failed: () => void;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** When everything that was sent before is there, or was given up. */
  #turn = Promise.resolve();
  #before: string | undefined;
  #after = '';
  #older: Promise<void> | undefined;
  /** The number of the last change that was heard of. */
  #change = 0;
  #isOver = false;

  constructor(
    api: Api,
    app: string,
    readonly conversation: string,
    /** Called where something could not be sent. */
    failed: () => void = () => undefined,
  ) {
    this.#api = api;
    this.#failed = failed;
    this.#path = `apps/${app}/inbox/${conversation}`;
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
  async reach(id: string): Promise<void> {
    const isHere = () => this.items.value.some((item) => keyOf(item) === id);
    for (let i = 0; i < mostStrides && !isHere() && this.#before; i++) {
      const before = this.#before;
      await this.loadOlder(stride);
      if (this.#before === before) return;
    }
    if (isHere()) this.reached.value = id;
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
    for (const item of page.items) this.#arrived(item);
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
        this.#stopTyping(event.message.author.userId ?? '');
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
        if (event.author.type === 'user') this.#typing(event.author.userId ?? '', event.active && { name: event.author.displayName ?? '', isAgent: false, isNote: false });
        break;
      case 'agent.typing':
        this.#typing(event.agent.id, event.active && { name: event.agent.name, isAgent: true, isNote: event.note });
        break;
    }
  }

  /** Sends an answer. Fails never: what became of it is seen in the thread. */
  async answer(text: string, given?: Pending): Promise<void> {
    await this.#answer({ id: given?.id ?? crypto.randomUUID(), kind: 'message', text, writtenAt: Date.now(), state: 'sending' }, given?.state === 'guarded');
  }

  /** Sends a file, as {@link answer} does a text. */
  async attach(file: Sending, given?: Pending): Promise<void> {
    await this.#answer({ id: given?.id ?? crypto.randomUUID(), kind: 'message', text: file.name, file, writtenAt: Date.now(), state: 'sending' }, given?.state === 'guarded');
  }

  /** Where a file of this conversation goes. */
  get uploadsTo(): string {
    return `/console/v1/${this.#path}/attachments`;
  }

  async note(text: string, given?: Pending): Promise<void> {
    const pending: Pending = { id: given?.id ?? crypto.randomUUID(), kind: 'note', text, writtenAt: Date.now(), state: 'sending' };
    this.#show(pending);
    await this.#try(pending, async () => {
      const { item } = await this.#api.call<{ item: Item }>('POST', `${this.#path}/notes`, { id: pending.id, text });
      this.#come(item);
    });
  }

  discard(id: string): void {
    this.pending.value.find((one) => one.id === id)?.file?.end();
    this.pending.value = this.pending.value.filter((one) => one.id !== id);
  }

  /** Gives what was not sent back to be written on. */
  handBack(pending: Pending): void {
    batch(() => {
      this.discard(pending.id);
      this.handedBack.value = pending;
    });
  }

  async markRead(number: number): Promise<void> {
    await this.#api.call('POST', `${this.#path}/read`, { number });
  }

  tellTyping(active: boolean, note: boolean): void {
    void this.#api.call('POST', `${this.#path}/typing`, { active, note }).catch(() => undefined);
  }

  /** Nobody looks at it any more: what could not be sent, and what cannot be from now on, is a draft again. */
  end(): void {
    this.#isOver = true;
    for (const pending of this.pending.value) if (pending.state !== 'sending') this.#keep(pending);
  }

  #keep({ kind, text, file }: Pending): void {
    if (!file) drafts.giveBack(this.conversation, kind === 'note' ? 'note' : 'answer', text);
  }

  /** Answers go one after the other: what was written after a large file is read after it. */
  async #answer(pending: Pending, anyway: boolean): Promise<void> {
    const seen = this.lastNumber;
    this.#show(pending);
    this.#turn = this.#turn.then(async () => {
      if (!this.#isPending(pending.id)) return;
      await this.#try(pending, async () => {
        const said = pending.file ? await pending.file.content() : contentOf(pending.text);
        const { message } = await this.#api.call<{ message: Message }>('POST', `${this.#path}/messages`, { id: pending.id, ...said, seen, ...(anyway && { anyway }) });
        this.#come({ kind: 'message', at: message.received, message });
      });
    });
    await this.#turn;
  }

  #show(pending: Pending): void {
    this.pending.value = [...this.pending.value.filter(({ id }) => id !== pending.id), pending];
  }

  #isPending(id: string): boolean {
    return this.pending.value.some((one) => one.id === id);
  }

  async #try(pending: Pending, send: () => Promise<void>): Promise<void> {
    try {
      await send();
    } catch (reason) {
      if (this.#isOver) return this.#keep(pending);
      const problem = asProblem(reason);
      const isGuarded = problem.code === 'answered_meanwhile';
      this.pending.value = this.pending.value.map((one) => (one.id === pending.id ? { ...pending, state: isGuarded ? 'guarded' : 'failed', problem } : one));
      this.#failed();
      if (isGuarded) await this.catchUp();
    }
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
      this.#arrived(item);
      this.items.value = merged(this.items.value, [item]);
    });
  }

  /** What was on its way from here is there. */
  #arrived(item: Change): void {
    const sent = item.kind === 'message' ? item.message.clientMessageId : item.kind === 'note' ? item.note.sentId : undefined;
    if (sent) this.discard(sent);
  }

  /** Each change of a conversation is the next one, or some were missed. */
  #heard(event: LiveEvent): void {
    const change = 'change' in event ? event.change : undefined;
    if (!change || change <= this.#change) return;
    const isNext = change === this.#change + 1;
    if (isNext || this.state.value !== 'still') this.#change = change;
    else void this.catchUp().then((isDone) => isDone && (this.#change = Math.max(this.#change, change)));
  }

  #typing(id: string, typist: { name: string; isAgent: boolean; isNote: boolean } | false): void {
    clearTimeout(this.#timers.get(id));
    if (!typist) return this.#stopTyping(id);
    this.typists.value = new Map(this.typists.value).set(id, typist);
    this.#timers.set(id, setTimeout(() => this.#stopTyping(id), typingMs));
  }

  #stopTyping(id: string): void {
    if (!this.typists.value.has(id)) return;
    const typists = new Map(this.typists.value);
    typists.delete(id);
    this.typists.value = typists;
  }
}

/** Both, each item once and in the order of time; of one item the later state. What was removed is not there any more. */
function merged(before: readonly Change[], more: readonly Change[]): Item[] {
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
