import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { say } from '../../parts/toasts.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import type { Merge } from '../api.ts';
import { useLoaded } from '../parts/loaded.tsx';
import { exactly } from '../times.ts';
import { adminTexts } from '../words.ts';

/** Which users were made one, and how to take them apart again. Where there are none, nothing is said of it. */
export function Merges({ app, changes, undone }: { app: AppRole; changes: number; undone(): void }): JSX.Element | null {
  const { api } = useConsole();
  const { users: words } = adminTexts.value;
  const { value, load, problem: unloaded } = useLoaded<{ merges: Merge[] }>(`apps/${app.id}/merges`);
  const { run, isBusy, problem } = useAction(async ({ id }: Merge) => {
    await api.call('POST', `apps/${app.id}/merges/${id}/undo`);
    say(words.undone);
    undone();
  });
  useEffect(() => {
    if (changes) void load();
  }, [changes]);
  if (!value?.merges.length && !unloaded) return null;
  return (
    <section class="subject" aria-labelledby="merges">
      <header>
        <div>
          <h2 id="merges">{words.mergesTitle}</h2>
          <p class="quiet">{words.mergesLead}</p>
        </div>
      </header>
      <Trouble problem={problem ?? unloaded} />
      <ul class="rows">
        {value?.merges.map((merge) => (
          <li key={merge.id}>
            <div class="key-name">
              <p><code class="cut">{merge.discardedExternalId ?? merge.discardedUserId}</code> → <code class="cut">{merge.survivingUserId}</code></p>
              <p class="quiet">{merge.undoneAt ? words.undoneAt(exactly(merge.undoneAt)) : words.mergedAt(exactly(merge.createdAt), merge.createdBy)}</p>
            </div>
            {!merge.undoneAt && <button type="button" class="button" aria-disabled={isBusy} onClick={() => void run(merge)}>{texts.value.common.undo}</button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
