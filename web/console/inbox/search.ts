import { batch, signal } from '@preact/signals';
import type { Api } from '../api/client.ts';
import type { FoundPage, FoundSaid } from '../api/inbox.ts';
import { asProblem } from '../api/problem.ts';
import type { Problem } from '../api/problem.ts';

/** Messages and notes that have the words of a query, the newest first. What was found before stays until there is an answer. */
export class Search {
  readonly found = signal<readonly FoundSaid[]>([]);
  /** What was looked for. */
  readonly query = signal('');
  readonly state = signal<'loading' | 'still' | 'failed'>('still');
  readonly problem = signal<Problem | undefined>(undefined);
  readonly #api: Api;
  readonly #path: string;
  #cursor: string | undefined;
  /** Answers to what was asked before this are late. */
  #asked = 0;

  constructor(api: Api, app: string) {
    this.#api = api;
    this.#path = `apps/${app}/inbox/search`;
  }

  async look(query: string): Promise<void> {
    await this.#load(query, undefined, ({ found }) => found);
  }

  async loadMore(): Promise<void> {
    if (this.#cursor && this.state.value === 'still') await this.#load(this.query.value, this.#cursor, ({ found }) => [...this.found.value, ...found]);
  }

  async #load(query: string, cursor: string | undefined, take: (page: FoundPage) => readonly FoundSaid[]): Promise<void> {
    const asked = ++this.#asked;
    this.state.value = 'loading';
    try {
      const page = isSomething(query) ? await this.#api.get<FoundPage>(`${this.#path}?${new URLSearchParams({ query, ...(cursor && { cursor }) })}`) : { found: [] };
      if (asked !== this.#asked) return;
      batch(() => {
        this.found.value = take(page);
        this.query.value = query;
        this.#cursor = page.cursor;
        this.state.value = 'still';
      });
    } catch (reason) {
      if (asked !== this.#asked) return;
      this.problem.value = asProblem(reason);
      this.state.value = 'failed';
    }
  }
}

/** There is no looking for what has neither letter nor number. */
export function isSomething(query: string): boolean {
  return /[\p{L}\p{N}]/u.test(query);
}
