import type { Api } from '../api/client.ts';
import type { Entry, EntryChange, Named } from '../api/inbox.ts';
import { say } from '../parts/toasts.tsx';
import { sayProblem } from '../parts/trouble.tsx';
import type { Colleagues } from './colleagues.ts';
import type { List } from './list.ts';
import type { Thread } from './thread.ts';

interface ChangesOptions {
  api: Api;
  app: string;
  list: List;
  colleagues: Colleagues;
  /** The conversation that is shown. */
  thread(): Thread | undefined;
  /** What the server counts may be another number. */
  made(): void;
}

/** What takes a change back. A time until which it is put off goes with that status alone; a team says who answers, which is taken back with it. */
function undoingOf(change: EntryChange, { status, snoozedUntil, team, assignee, tags }: Entry): EntryChange {
  return {
    ...(change.status && { status, ...(status === 'snoozed' && { snoozedUntil }) }),
    ...(change.team !== undefined && { team: team?.id ?? null }),
    ...((change.team !== undefined || change.assignee !== undefined) && { assignee: assignee?.id ?? null }),
    ...(change.tags && { tags }),
  };
}

/** What an agent does with entries: they change at once, and back where the agent, or the server, wants it so. */
export class Changes {
  readonly #options: ChangesOptions;
  /** Changes follow one another: the answer to what was undone must not come after that to the undoing. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ChangesOptions) {
    this.#options = options;
  }

  /** Changes the entry at once, says so with a way back, and takes it back by itself where the server refuses. */
  async make(entry: Entry, change: EntryChange, words: string): Promise<void> {
    const undoing = undoingOf(change, entry);
    say(words, () => void this.#put(this.#now(entry), undoing, change));
    await this.#put(entry, change, undoing);
  }

  /** What happened meanwhile stays where a change is taken back. */
  async #put(entry: Entry, change: EntryChange, undoing: EntryChange): Promise<void> {
    const { api, app, list, made } = this.#options;
    list.put(this.#changed(entry, change));
    const body = { ...change, ...this.#seen(entry, change) };
    const answer = this.#turn.then(() => api.call<{ entry: Entry }>('PATCH', `apps/${app}/inbox/${entry.conversation}`, body));
    const turn = (this.#turn = answer.catch(() => undefined));
    try {
      const { entry: told } = await answer;
      // What was changed once more is shown as it will be.
      if (turn === this.#turn) list.put(told);
    } catch (reason) {
      list.put(this.#changed(this.#now(entry), undoing));
      sayProblem(reason);
    }
    made();
  }

  #now(entry: Entry): Entry {
    return this.#options.list.get(entry.conversation) ?? entry;
  }

  /** Nothing is put away in which a user wrote what was not seen. */
  #seen({ conversation }: Entry, { status }: EntryChange): { seen?: number } {
    const thread = this.#options.thread();
    const isSeen = status && status !== 'open' && thread?.conversation === conversation && thread.state.value === 'still';
    return isSeen ? { seen: thread.lastNumber } : {};
  }

  #changed(entry: Entry, { team, assignee, ...rest }: EntryChange): Entry {
    const { agents, teams } = this.#options.colleagues;
    const named = (all: readonly Named[], wanted: string | null) => {
      const found = all.find(({ id }) => id === wanted);
      return found && { id: found.id, name: found.name };
    };
    return {
      ...entry,
      ...rest,
      ...(team !== undefined && { team: named(teams.value, team) }),
      ...(assignee !== undefined && { assignee: named(agents.value, assignee) }),
    };
  }
}
