import type { Page } from '../api/inbox.ts';
import { say } from '../parts/toasts.tsx';
import { sayProblem } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';
import type { Inbox } from './inbox.ts';

/** The conversation that comes after the one that is shown among those that wait, or the first of them. */
export function after(current: string | undefined, waiting: readonly string[]): string | undefined {
  const next = waiting[waiting.indexOf(current ?? '') + 1] ?? waiting[0];
  return next === current ? undefined : next;
}

/** Who waits next, asked of the server, as the list may be another one; says so where nobody else does. */
export async function nextWaiting(inbox: Inbox): Promise<string | undefined> {
  try {
    const { entries } = await inbox.get<Page>('inbox?view=waiting&limit=100');
    const next = after(inbox.thread.value?.conversation, entries.map(({ conversation }) => conversation));
    if (!next) say(texts.value.inbox.noneWaiting);
    return next;
  } catch (reason) {
    sayProblem(reason);
    return undefined;
  }
}
