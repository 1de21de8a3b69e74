import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { answerWithinMs } from '../api/client.ts';
import type { Api } from '../api/client.ts';
import type { Entry, LiveEvent, SavedView } from '../api/inbox.ts';
import type { Rules } from '../../ui/files/rules.ts';
import { asProblem, problemOf } from '../api/problem.ts';
import { sayTrouble } from '../parts/toasts.tsx';
import { texts } from '../strings/index.ts';
import { Changes } from './changes.ts';
import { Colleagues } from './colleagues.ts';
import { List } from './list.ts';
import { Live } from './live.ts';
import type { Socket } from './live.ts';
import { notify } from './notices.ts';
import { Search } from './search.ts';
import { Thread } from './thread.ts';
import { Threads } from './threads.ts';
import { nameOf } from './words.ts';
import { CannedReplies } from './writing/canned.ts';
import { Trays } from './writing/trays.ts';

export interface InboxOptions {
  api: Api;
  app: string;
  /** Who is signed in, under the name that they have now. */
  me(): { id: string; name: string };
  dial(app: string): Socket;
  /** Shows a conversation, where somebody wants to see what they were told of. */
  visit(conversation: string): void;
  /** The role in the app has ended, or the session. */
  ended(): void;
}

/** How soon the numbers are asked for after something happened, and how often at most. */
const countsAfterMs = 100;
const countsEveryMs = 1_000;
/** When the server is asked again that could not be asked after a gap. */
const againAfterMs = 5_000;

/** The inbox of an app: what is to be answered, kept in step with the server. */
export class Inbox {
  readonly list: List;
  readonly search: Search;
  readonly live: Live;
  readonly threads: Threads;
  readonly colleagues: Colleagues;
  readonly changes: Changes;
  readonly trays = new Trays(async () => {
    const answer = await fetch(`/sdk/v1/apps/${this.app}/uploads`, { signal: AbortSignal.timeout(answerWithinMs) });
    if (!answer.ok) throw await problemOf(answer);
    return (await answer.json()) as Rules;
  });
  readonly canned = new CannedReplies(() => this.get('canned-replies'));
  /** The views that one keeps, the oldest first. */
  readonly saved = signal<readonly SavedView[]>([]);
  readonly #options: InboxOptions;
  #wasReady = false;
  #counting: ReturnType<typeof setTimeout> | undefined;
  #countedAt = 0;
  #mending: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;
  /** Entries that are asked for, and whether something has happened to them since. */
  readonly #wanted = new Map<string, boolean>();
  /** Up to which message one has read each conversation. */
  readonly #read = new Map<string, number>();

  constructor(options: InboxOptions) {
    const { api, app } = options;
    this.#options = options;
    this.list = new List(api, app, this.me.id);
    this.search = new Search(api, app);
    this.threads = new Threads((conversation) => new Thread(api, app, conversation, () => this.#unsent(conversation)));
    this.colleagues = new Colleagues({ api, app, changed: (isTeamGone) => this.#colleaguesChanged(isTeamGone) });
    this.changes = new Changes({ api, app, list: this.list, colleagues: this.colleagues, thread: () => this.thread.value, made: () => this.#countSoon() });
    this.live = new Live({ dial: () => options.dial(app), heard: (event) => this.#heard(event), ended: () => options.ended() });
  }

  get me(): ReturnType<InboxOptions['me']> {
    return this.#options.me();
  }

  get app(): string {
    return this.#options.app;
  }

  /** The conversation that is shown. */
  get thread(): ReadonlySignal<Thread | undefined> {
    return this.threads.shown;
  }

  begin(): void {
    addEventListener('beforeunload', this.#left);
    this.live.open();
    this.#learn();
  }

  end(): void {
    this.#isOver = true;
    removeEventListener('beforeunload', this.#left);
    clearTimeout(this.#counting);
    this.colleagues.end();
    clearTimeout(this.#mending);
    this.live.close();
  }

  /** Opens a conversation, or none. */
  open(conversation: string | undefined): void {
    this.list.keep(conversation);
    if (this.thread.value?.conversation === conversation) return;
    void this.threads.show(conversation)?.open().then((entry) => entry && this.list.put(entry));
  }

  async saveView({ id, ...view }: SavedView): Promise<void> {
    const answer = await this.#options.api.call<{ view: SavedView }>('PUT', `apps/${this.app}/views/${id}`, view);
    const isThere = this.saved.value.some((one) => one.id === id);
    this.saved.value = isThere ? this.saved.value.map((one) => (one.id === id ? answer.view : one)) : [...this.saved.value, answer.view];
  }

  async removeView({ id }: SavedView): Promise<void> {
    await this.#options.api.call('DELETE', `apps/${this.app}/views/${id}`);
    this.saved.value = this.saved.value.filter((one) => one.id !== id);
  }

  /** Notes that one has seen everything up to a message, once: drawing the entry anew may have it said again. */
  read({ conversation }: Entry, number: number): void {
    if ((this.#read.get(conversation) ?? 0) >= number) return;
    this.#read.set(conversation, number);
    const entry = this.list.get(conversation);
    if (entry) this.list.put({ ...entry, ownNumber: number });
    // What the server has not heard of is said again, as soon as the entry is drawn anew.
    void this.thread.value?.markRead(number).catch(() => this.#read.delete(conversation));
    this.#countSoon();
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.#options.api.get(`apps/${this.app}/${path}`);
  }

  #heard(event: LiveEvent): void {
    if (event.type === 'ready') return this.#ready();
    if (event.type === 'colleagues') return this.colleagues.askSoon();
    // Of what is about no conversation, and of what is not known here, nothing follows.
    if (!('conversation' in event || 'entry' in event)) return;
    const about = event.type === 'entry' ? event.entry.conversation : event.conversation;
    if (this.#wanted.has(about)) this.#wanted.set(about, true);
    if (event.type === 'entry') {
      // What all agents are told does not say how far oneself has read.
      if (!this.list.get(event.entry.conversation)) void this.#fetchEntry(event.entry.conversation);
      else this.list.put(event.entry);
      return this.#countSoon();
    }
    const { conversation } = event;
    const { value: thread } = this.thread;
    if (conversation === thread?.conversation) thread.apply(event);
    const isKnown = /typing|item/.test(event.type) || this.list.apply(event) || event.type === 'conversation.removed';
    const fetched = isKnown ? undefined : this.#fetchEntry(conversation);
    if (event.type === 'message') {
      // Whom it concerns is known with the entry.
      void Promise.resolve(fetched).then(() => notify(event, this.list.get(conversation), { me: this.me, visit: this.#options.visit }));
      this.#countSoon();
    }
  }

  #ready(): void {
    if (this.#wasReady) void this.#mend();
    this.#wasReady = true;
  }

  /** After a gap everything is asked for that could have changed in it, until there is an answer. */
  async #mend(): Promise<void> {
    clearTimeout(this.#mending);
    this.#learn();
    const { value: thread } = this.thread;
    if (thread) void this.#fetchEntry(thread.conversation);
    const done = await Promise.all([this.list.refresh(), thread?.catchUp() ?? true]);
    if (!done.every(Boolean) && !this.#isOver) this.#mending = setTimeout(() => void this.#mend(), againAfterMs);
  }

  /** What is seldom another one: colleagues, and views of one's own. */
  #learn(): void {
    void this.list.count().catch(() => undefined);
    void this.get<{ views: SavedView[] }>('views').then(({ views }) => (this.saved.value = views), () => undefined);
    void this.colleagues.ask();
  }

  /** An answer may be from before what happened since it was asked for: then it is asked for once more. */
  async #fetchEntry(conversation: string): Promise<void> {
    if (this.#wanted.has(conversation)) return;
    this.#wanted.set(conversation, false);
    const answer = await this.get<{ entry: Entry }>(`inbox/${conversation}`).catch((reason: unknown) => asProblem(reason));
    const isOld = this.#wanted.get(conversation);
    this.#wanted.delete(conversation);
    if ('entry' in answer) this.list.put(answer.entry);
    else if (answer.status === 404) this.list.remove(conversation);
    if (isOld) await this.#fetchEntry(conversation);
  }

  /** Says what could not be sent where nobody sees it. */
  #unsent(conversation: string): void {
    const entry = this.list.get(conversation);
    if (conversation !== this.thread.value?.conversation) sayTrouble(texts.value.inbox.unsent(entry ? nameOf(entry, texts.value) : ''));
  }

  /** Asks before the page goes with what is not sent. */
  readonly #left = (event: BeforeUnloadEvent) => {
    if (this.threads.hasUnsent) event.preventDefault();
  };

  /** Of a team that is gone, entries have none any more. */
  #colleaguesChanged(isTeamGone: boolean): void {
    if (isTeamGone) void this.list.refresh();
    this.#countSoon();
  }

  /** Much may happen in a second; the numbers are asked for once in it. */
  #countSoon(): void {
    this.#counting ??= setTimeout(() => {
      this.#counting = undefined;
      this.#countedAt = Date.now();
      void this.list.count().catch(() => undefined);
    }, Math.max(countsAfterMs, this.#countedAt + countsEveryMs - Date.now()));
  }
}
