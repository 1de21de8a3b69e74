import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import { moment } from '../../times.ts';
import type { Key, NewKey } from '../api.ts';
import { adminTexts } from '../words.ts';
import { nameOf } from './names.ts';
import { SecretDialog } from './secret.tsx';

const hour = 60 * 60;
const overlaps = { hour, day: 24 * hour, week: 7 * 24 * hour };
type Overlap = keyof typeof overlaps;

interface RotateProps {
  app: AppRole;
  of: Key;
  close(): void;
  rotated(old: Key, successor: Key): void;
}

/** A new secret in the place of one, which works on for a while, so that nobody is thrown out meanwhile. */
export function RotateDialog({ app, of, close, rotated }: RotateProps): JSX.Element {
  const { api } = useConsole();
  const { keys: words } = adminTexts.value;
  const [overlap, setOverlap] = useState<Overlap>('day');
  const [done, setDone] = useState<(NewKey & { until: string }) | undefined>();
  const { run, isBusy, problem } = useAction(async () => {
    const answer = await api.call<NewKey>('POST', `apps/${app.id}/keys/${of.id}/rotation`, { overlapSeconds: overlaps[overlap] });
    setDone({ ...answer, until: new Date(Date.now() + overlaps[overlap] * 1000).toISOString() });
  });
  // The row of the old key, which this window hangs on, changes when the window is closed.
  const stored = () => {
    close();
    if (done) rotated({ ...of, status: 'retiring', notAfter: done.until }, done.key);
  };
  if (done) return <SecretDialog key="secret" made={done} lead={words.rotatedLead(moment(done.until))} close={stored} />;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run();
  };
  return (
    <Dialog key="question" title={words.rotateTitle(nameOf(of))} close={close}>
      <form class="stack" onSubmit={submit}>
        <p class="quiet">{words.rotateLead}</p>
        <fieldset class="labelled">
          <legend>{words.overlapLabel}</legend>
          <div class="options">
            {(Object.keys(overlaps) as Overlap[]).map((one) => (
              <label key={one} class="option">
                <input type="radio" name="overlap" checked={one === overlap} onChange={() => setOverlap(one)} />
                <span>
                  <strong>{words.overlaps[one]}</strong>
                  <small>{words.overlapMeans[one]}</small>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <Trouble problem={problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{texts.value.common.cancel}</button>
          <button class="button main" aria-disabled={isBusy}>{words.rotate}</button>
        </footer>
      </form>
    </Dialog>
  );
}
