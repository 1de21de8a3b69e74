import { signal } from '@preact/signals';
import type { Api } from '../api/client.ts';
import type { Entry, EntryChange, LiveEvent } from '../api/inbox.ts';
import type { Agent } from '../api/people.ts';
import { asProblem } from '../api/problem.ts';
import { say, sayTrouble } from '../parts/toasts.tsx';
import { wordsOf } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';
import { List } from './list.ts';
import { Live } from './live.ts';
import type { Socket } from './live.ts';
import { notify } from './notices.ts';
import { Thread } from './thread.ts';

export interface InboxOptions {
  api: Api;
  app: string;
  /** Who is signed in. */
  me: { id: string; name: string };
  dial(app: string): Socket;
  /** Shows a conversation, where somebody wants to see what they were told of. */
  visit(conversation: string): void;
  /** The role in the app has ended, or the session. */
  ended(): void;
}

const countsAfterMs = 1_000;

/** The inbox of an app: what is to be answered, kept in step with the server. */
export class Inbox {
  readonly list: List;
  readonly live: Live;
  readonly thread = signal<Thread | undefined>(undefined);
  /** Who can be asked to answer; empty until it is known. */
  readonly agents = signal<readonly Agent[]>([]);
  readonly #options: InboxOptions;
  #wasReady = false;
  #counting: ReturnType<typeof setTimeout> | undefined;
  readonly #wanted = new Set<string>();

  constructor(options: InboxOptions) {
    const { api, app, me } = options;
    this.#options = options;
    this.list = new List(api, app, me.id);
    this.live = new Live({ dial: () => options.dial(app), heard: (event) => this.#heard(event), ended: () => options.ended() });
  }

  get me(): InboxOptions['me'] {
    return this.#options.me;
  }

  get app(): string {
    return this.#options.app;
  }

  begin(): void {
    this.live.open();
    void this.list.count().catch(() => undefined);
    void this.#options.api.get<{ agents: Agent[] }>(`apps/${this.app}/agents`).then(({ agents }) => (this.agents.value = agents), () => undefined);
  }

  end(): void {
    clearTimeout(this.#counting);
    this.live.close();
  }

  /** Opens a conversation, or none. */
  open(conversation: string | undefined): void {
    this.list.keep(conversation);
    if (this.thread.value?.conversation === conversation) return;
    const thread = conversation ? new Thread(this.#options.api, this.app, conversation) : undefined;
    this.thread.value = thread;
    void thread?.open().then((entry) => entry && this.list.put(entry));
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.#options.api.get(`apps/${this.app}/${path}`);
  }

  /** Changes the entry at once, says so with a way back, and takes it back by itself where the server refuses. */
  async change(entry: Entry, change: EntryChange, words: string): Promise<void> {
    const back: EntryChange = { status: entry.status, assignee: entry.assignee?.id ?? null, tags: entry.tags, ...(entry.status === 'snoozed' && { snoozedUntil: entry.snoozedUntil }) };
    const undoing = Object.fromEntries(Object.keys(change).map((name) => [name, back[name as keyof EntryChange]])) as EntryChange;
    say(words, () => void this.#put(this.list.get(entry.conversation) ?? entry, undoing));
    await this.#put(entry, change);
  }

  async #put(entry: Entry, change: EntryChange): Promise<void> {
    this.list.put(this.#changed(entry, change));
    try {
      const answer = await this.#options.api.call<{ entry: Entry }>('PATCH', `apps/${this.app}/inbox/${entry.conversation}`, { ...change, ...this.#seen(entry, change) });
      this.list.put(answer.entry);
    } catch (reason) {
      this.list.put(entry);
      sayTrouble(wordsOf(asProblem(reason), texts.value));
    }
    this.#countSoon();
  }

  /** Nothing is put away in which a user wrote what was not seen. */
  #seen({ conversation }: Entry, { status }: EntryChange): { seen?: number } {
    const { value: thread } = this.thread;
    const isSeen = status && status !== 'open' && thread?.conversation === conversation && thread.state.value === 'still';
    return isSeen ? { seen: thread.lastNumber } : {};
  }

  #changed(entry: Entry, { assignee, ...rest }: EntryChange): Entry {
    const changed = { ...entry, ...rest };
    if (assignee === undefined) return changed;
    const to = this.agents.value.find(({ id }) => id === assignee);
    return { ...changed, assignee: to && { id: to.id, name: to.name } };
  }

  #heard(event: LiveEvent): void {
    if (event.type === 'ready') return this.#ready();
    if (event.type === 'entry') {
      this.list.put(event.entry);
      return this.#countSoon();
    }
    if (!('conversation' in event)) return;
    const { conversation } = event;
    const { value: thread } = this.thread;
    if (conversation === thread?.conversation) thread.apply(event);
    if (!/typing|item/.test(event.type) && !this.list.apply(event) && event.type !== 'conversation.removed') void this.#fetchEntry(conversation);
    if (event.type === 'message') {
      notify(event, this.list.get(conversation), this.#options);
      this.#countSoon();
    }
  }

  /** After a gap everything is asked for that could have changed in it. */
  #ready(): void {
    if (this.#wasReady) {
      void this.list.refresh();
      void this.thread.value?.catchUp();
      const { value: thread } = this.thread;
      if (thread) void this.#fetchEntry(thread.conversation);
    }
    this.#wasReady = true;
  }

  async #fetchEntry(conversation: string): Promise<void> {
    if (this.#wanted.has(conversation)) return;
    this.#wanted.add(conversation);
    const answer = await this.get<{ entry: Entry }>(`inbox/${conversation}`).catch(() => undefined);
    this.#wanted.delete(conversation);
    if (answer) this.list.put(answer.entry);
  }

  /** Much may happen in a second; the numbers are asked for once. */
  #countSoon(): void {
    this.#counting ??= setTimeout(() => {
      this.#counting = undefined;
      void this.list.count().catch(() => undefined);
    }, countsAfterMs);
  }
}
