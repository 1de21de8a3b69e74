import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Problem } from '../../api/problem.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Icon } from '../../parts/icon.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import { Waiting, useLoaded } from '../parts/loaded.tsx';
import { adminTexts } from '../words.ts';
import { Holidays } from './holidays.tsx';
import { placeOf } from './hours.ts';
import type { Hours, HoursShown } from './hours.ts';
import { Preview } from './preview.tsx';
import { Week } from './week.tsx';

/** When somebody of the app is there to answer. */
export function BusinessHours({ app }: AdminProps): JSX.Element {
  const { hours: words } = adminTexts.value;
  const loaded = useLoaded<HoursShown>(`apps/${app.id}/business-hours`);
  return (
    <>
      <PageHeader title={texts.value.nav.admin.hours} />
      <div class="page">
        <p class="quiet lead">{words.lead}</p>
        {loaded.value ? <Form app={app} now={loaded.value} saved={loaded.set} /> : <Waiting of={loaded} title={words.failed} />}
      </div>
    </>
  );
}

function Form({ app, now, saved }: AdminProps & { now: HoursShown; saved(answer: HoursShown): void }): JSX.Element {
  const { api } = useConsole();
  const { hours: words } = adminTexts.value;
  const { common } = texts.value;
  const [edited, setEdited] = useState<Hours | undefined>();
  const [isSaved, setSaved] = useState(false);
  const { week, holidays } = edited ?? now;
  const { run, isBusy, problem } = useAction(async () => {
    saved(await api.call<HoursShown>('PUT', `apps/${app.id}/business-hours`, { week, holidays }));
    // What was changed meanwhile is still to be saved.
    setEdited((now) => (now === edited ? undefined : now));
    setSaved(true);
  });
  const edit = (change: Partial<Hours>) => {
    setSaved(false);
    setEdited({ week, holidays, ...change });
  };
  const place = placeOf(problem?.field);
  const said = wordsAt(problem);
  return (
    <form
      class="settings hours"
      onSubmit={(event) => {
        event.preventDefault();
        if (edited) void run();
      }}
    >
      <Preview hours={now} />
      <section class="subject" aria-labelledby="week">
        <header>
          <div>
            <h2 id="week">{words.week}</h2>
            <p class="quiet">{words.weekLead(now.timeZone.replaceAll('_', ' '))}</p>
          </div>
        </header>
        <Week value={week} onValue={(value) => edit({ week: value })} fault={typeof place === 'string' ? { day: place, words: said } : undefined} />
        {Object.values(week).every((day) => day.length === 0) && <p class="caution">{words.always}</p>}
      </section>
      <section class="subject" aria-labelledby="holidays">
        <header>
          <div>
            <h2 id="holidays">{words.holidays}</h2>
            <p class="quiet">{words.holidaysLead}</p>
          </div>
        </header>
        <Holidays value={holidays} onValue={(value) => edit({ holidays: value })} fault={typeof place === 'number' ? { at: place, words: said } : undefined} />
      </section>
      <Trouble problem={place === undefined ? problem : undefined} />
      <footer class="keep">
        <button class="button main" disabled={!edited} aria-disabled={isBusy}>{common.save}</button>
        <span class="saved" role="status">{isSaved && !edited && <span><Icon name="check" />{common.saved}</span>}</span>
      </footer>
    </form>
  );
}

/** A problem with a field begins with its name, and where it is shown says that already. */
function wordsAt(problem: Problem | undefined): string {
  const words = problem?.message.replace(/^[\w.[\]]+: /, '') ?? '';
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
