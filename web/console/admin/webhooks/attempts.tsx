import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { locale } from '../../strings/index.ts';
import type { Attempt } from '../api.ts';
import { Waiting, useLoaded } from '../parts/loaded.tsx';
import { exactly } from '../times.ts';
import { adminTexts } from '../words.ts';
import { cureOf } from './cures.ts';

const test = 'webhook:test';

/** The last requests to a webhook, and a test event that says at once what comes back. */
export function Attempts({ path, close }: { path: string; close(): void }): JSX.Element {
  const { api } = useConsole();
  const { attempts: words } = adminTexts.value;
  const loaded = useLoaded<{ attempts: Attempt[] }>(`${path}/attempts`);
  const all = loaded.value?.attempts;
  const [tested, setTested] = useState<Attempt | undefined>();
  const { run, isBusy, problem } = useAction(async () => {
    setTested(undefined);
    setTested((await api.call<{ attempt: Attempt }>('POST', `${path}/test`)).attempt);
    await loaded.load();
  });
  return (
    <Dialog title={words.title} close={close} wide>
      <div class="stack">
        <div class="deed">
          <p class="quiet">{words.testLead}</p>
          <button type="button" class="button main" aria-disabled={isBusy} onClick={() => void run()}>{words.sendTest}</button>
        </div>
        <div role="status">
          {isBusy && !tested && <p class="quiet late">{words.sending}</p>}
          {tested && <Verdict attempt={tested} />}
        </div>
        <Trouble problem={problem} />
        {!all && <Waiting of={loaded} title={words.failed} />}
        {all?.length === 0 && <p class="quiet">{words.none}</p>}
        {!!all?.length && (
          <>
            <p class="quiet">{words.lead}</p>
            <ul class="letters attempts" aria-label={words.title}>
              {all.map((attempt, place) => <AttemptRow key={`${attempt.requestId} ${attempt.at}`} attempt={attempt} isLast={place === 0 && !tested} />)}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  );
}

function Verdict({ attempt }: { attempt: Attempt }): JSX.Element {
  const { attempts: words } = adminTexts.value;
  const isTold = attempt.outcome === 'told';
  const cure = cureOf(attempt.status);
  return (
    <div class={isTold ? 'verdict' : 'verdict bad'}>
      <Icon name={isTold ? 'check' : 'alert'} />
      <div>
        <p><strong>{answered(attempt)}</strong></p>
        {!attempt.status && attempt.error && <p>{attempt.error}</p>}
        {cure && <p>{words.cures[cure]}</p>}
      </div>
    </div>
  );
}

/** One request. What to do about it stands with the last one alone: that of an hour ago may be done. */
function AttemptRow({ attempt, isLast }: { attempt: Attempt; isLast: boolean }): JSX.Element {
  const { attempts: words } = adminTexts.value;
  const { types, events, number, at, outcome, status, error, requestId } = attempt;
  const cure = cureOf(status);
  return (
    <li>
      <div>
        <p>
          <span class={`badge ${{ told: 'good', failed: 'late', dead: 'bad' }[outcome]}`}>{answered(attempt)}</span>
          {types.includes(test) && <span class="badge">{words.isTest}</span>}
          <code>{types.join(', ')}</code>
        </p>
        <p class="quiet">
          {[exactly(at), words.events(events), number > 1 && words.tried(number), outcome === 'failed' && words.again].filter(Boolean).join(' · ')} · <code>{requestId}</code>
        </p>
        {!status && error && <p class="mistake">{error}</p>}
        {cure && isLast && <p>{words.cures[cure]}</p>}
      </div>
    </li>
  );
}

function answered({ outcome, status, tookMs }: Attempt): string {
  const { attempts: words } = adminTexts.value;
  const ms = new Intl.NumberFormat(locale.value, { style: 'unit', unit: 'millisecond', unitDisplay: 'short' }).format(tookMs);
  if (!status) return words.unanswered(ms);
  return outcome === 'told' ? words.taken(status, ms) : words.refused(status, ms);
}
