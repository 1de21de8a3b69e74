import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { say } from '../../parts/toasts.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { moment } from '../../times.ts';
import type { DeadLetter } from '../api.ts';
import { Waiting, useLoaded } from '../parts/loaded.tsx';
import { adminTexts } from '../words.ts';

/** What a webhook was not told, the oldest first, to be sent again one by one or as a whole. */
export function DeadLetters({ path, isOn, close }: { path: string; isOn: boolean; close(): void }): JSX.Element {
  const { api } = useConsole();
  const { webhooks: words } = adminTexts.value;
  const loaded = useLoaded<{ deadLetters: DeadLetter[] }>(`${path}?page[size]=25`);
  const letters = loaded.value?.deadLetters;
  const { run, isBusy, problem } = useAction(async (eventId?: string) => {
    const { replayed } = await api.call<{ replayed: number }>('POST', `${path}/replay`, eventId ? { eventId } : {});
    say(words.replayed(replayed));
    await loaded.load();
  });
  return (
    <Dialog title={words.letters} close={close} wide>
      <div class="stack">
        {!letters && <Waiting of={loaded} title={words.lettersFailed} />}
        {letters?.length === 0 && <p class="quiet">{words.lettersNone}</p>}
        {!!letters?.length && (
          <>
            <p class="quiet">{words.lettersLead}</p>
            <ul class="letters" aria-label={words.letters}>
              {letters.map(({ id, type, createdAt, diedAt, reason }) => (
                <li key={id}>
                  <div>
                    <code>{type}</code>
                    <p class="quiet">{[words.happened(moment(createdAt)), words.givenUp(moment(diedAt))].join(' · ')}</p>
                    <p class="mistake">{reason}</p>
                  </div>
                  <button type="button" class="button" disabled={!isOn} aria-disabled={isBusy} onClick={() => void run(id)}>{words.replay}</button>
                </li>
              ))}
            </ul>
            {!isOn && <p class="caution">{words.disabled}</p>}
            <Trouble problem={problem} />
            <footer>
              <button type="button" class="button main" disabled={!isOn} aria-disabled={isBusy} onClick={() => void run()}>{words.replayAll}</button>
            </footer>
          </>
        )}
      </div>
    </Dialog>
  );
}
