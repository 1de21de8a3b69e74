import { signal } from '@preact/signals';
import type { CannedReply } from '../../api/canned.ts';
import type { Problem } from '../../api/problem.ts';
import { asProblem } from '../../api/problem.ts';

/** The canned replies of an app, fetched when somebody wants one, and anew each time after. */
export class CannedReplies {
  readonly list = signal<readonly CannedReply[] | undefined>(undefined);
  readonly problem = signal<Problem | undefined>(undefined);
  readonly #fetch: () => Promise<{ cannedReplies: CannedReply[] }>;

  constructor(fetch: () => Promise<{ cannedReplies: CannedReply[] }>) {
    this.#fetch = fetch;
  }

  async load(): Promise<void> {
    try {
      this.list.value = (await this.#fetch()).cannedReplies;
      this.problem.value = undefined;
    } catch (reason) {
      this.problem.value = asProblem(reason);
    }
  }
}

/** Those that a word means: whose shortcut begins with it, then those that have it anywhere. */
export function meant(replies: readonly CannedReply[], query: string): CannedReply[] {
  const word = query.toLocaleLowerCase();
  const rank = ({ shortcut, title, text }: CannedReply) => {
    if (shortcut.startsWith(word)) return 0;
    if (`${shortcut} ${title}`.toLocaleLowerCase().includes(word)) return 1;
    return text.toLocaleLowerCase().includes(word) ? 2 : 3;
  };
  return replies
    .map((reply) => ({ reply, at: rank(reply) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .map(({ reply }) => reply);
}
