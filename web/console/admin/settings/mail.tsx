import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { say } from '../../parts/toasts.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useLoaded } from '../parts/loaded.tsx';
import { exactly } from '../times.ts';
import { adminTexts } from '../words.ts';

interface MailState {
  /** Absent: this server sends none. */
  from?: string;
  failures: { kind: string; userId?: string; at: string; reason: string; attempts: number }[];
}

/** Whether mail goes out, a test of it, and what could not be sent. */
export function MailState({ app }: { app: AppRole }): JSX.Element {
  const { api, session } = useConsole();
  const { settings: words } = adminTexts.value;
  const { value: state, problem: unread } = useLoaded<MailState>(`apps/${app.id}/mail`);
  const { run, isBusy, problem } = useAction(async () => {
    await api.call('POST', `apps/${app.id}/mail/test`);
    say(words.testSent(session.value?.agent.email ?? ''));
  });
  if (!state) return <Trouble problem={unread} />;
  if (state.from === undefined) return <p class="caution">{words.mailOff}</p>;
  return (
    <>
      <p class="quiet">{words.mailFrom(state.from)}</p>
      <p>
        <button type="button" class="button" aria-disabled={isBusy} onClick={() => void run()}>{words.sendTest}</button>
      </p>
      <Trouble problem={problem} />
      {state.failures.length > 0 && (
        <details>
          <summary>{words.mailFailures(state.failures.length)}</summary>
          <ul class="rows">
            {state.failures.map(({ kind, at, reason, attempts }) => (
              <li key={at + kind} class="failed-mail">
                <span>
                  <strong>{words.mailKinds[kind] ?? kind}</strong> {reason}
                </span>
                <span class="quiet">{words.mailTries(exactly(at), attempts)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
