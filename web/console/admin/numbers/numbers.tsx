import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useConsole } from '../../console.ts';
import { Empty } from '../../parts/empty.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { locale, texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import { csvOf } from '../csv.ts';
import { useLoaded, Waiting } from '../parts/loaded.tsx';
import { saveFile } from '../save.ts';
import { adminTexts } from '../words.ts';
import { Charts } from './charts.tsx';
import { dayName } from './days.ts';
import { durationIn } from './durations.ts';
import type { AgentFigures, Figures, Numbers } from './figures.ts';
import { goodPart, workMeasures } from './figures.ts';
import { RatingsSection } from './ratings.tsx';
import { SpanChooser } from './span-chooser.tsx';
import { itemOf, queryOf, spanOf } from './span.ts';
import { agentsTable, daysTable } from './tables.ts';
import type { Say } from './tables.ts';

const inFile: Say = {
  seconds: (seconds) => (seconds === undefined ? '' : String(seconds)),
  good: ({ ratings }) => String(ratings?.good ?? 0),
};

const inWords: Say = {
  seconds: (seconds) => (seconds === undefined ? '–' : durationIn(locale.value, seconds)),
  good: (figures) => {
    const part = goodPart(figures);
    return part === undefined ? '–' : new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: 0 }).format(part);
  },
};

const isNothing = ({ opened, answered, closed, ratings }: Figures) => !opened && !answered && !closed && !ratings;

/** How much comes in, how fast it is answered and done, and by whom. */
export function NumbersPage({ app, item }: AdminProps): JSX.Element {
  const { router } = useConsole();
  const { numbers: words } = adminTexts.value;
  const span = spanOf(item);
  const loaded = useLoaded<Numbers>(`apps/${app.id}/numbers?${queryOf(span)}`);
  const numbers = loaded.problem ? undefined : loaded.value;
  return (
    <>
      <PageHeader title={texts.value.nav.admin.numbers} />
      <div class="page numbers">
        <p class="quiet lead">{words.lead}</p>
        <SpanChooser span={span} shown={numbers} choose={(to) => router.go({ page: 'numbers', app: app.id, item: itemOf(to) }, 'replace')} />
        {numbers ? <Report app={app.id} numbers={numbers} /> : <Waiting of={loaded} title={words.failed} />}
      </div>
    </>
  );
}

function Report({ app, numbers }: { app: string; numbers: Numbers }): JSX.Element {
  const { numbers: words } = adminTexts.value;
  const { all, before, days, agents, agentDays } = numbers;
  if (isNothing(all) && isNothing(before)) return <Empty icon="chart" title={words.empty}><p>{words.emptyLead}</p></Empty>;
  const nameOf = ({ agent }: AgentFigures) => (agent ? agent.name || words.former : words.programs);
  const name = `${app}-${numbers.from}-${numbers.to}`;
  const saveDays = () => saveFile(`numbers-${name}.csv`, 'text/csv', csvOf(daysTable(days, words.csv, inFile)));
  const saveAgents = () => saveFile(`agents-${name}.csv`, 'text/csv', csvOf(agentsTable(agentDays, words.csv, inFile, nameOf)));
  return (
    <>
      <section aria-label={texts.value.nav.admin.numbers}>
        <p class="quiet">{words.zone(numbers.timeZone)} · {words.before(days.length)}</p>
        <Charts numbers={numbers} measures={workMeasures} />
      </section>
      <section class="subject">
        <header>
          <div>
            <h2>{words.agents}</h2>
            <p class="quiet">{words.agentsLead}</p>
          </div>
          <button type="button" class="button" disabled={agentDays.length === 0} onClick={saveAgents}>{words.saveAgents}</button>
        </header>
        {agents.length === 0 ? <p class="nothing">{words.nobody}</p> : <Table label={words.agents} rows={agentsTable(agents, words.columns, inWords, nameOf)} />}
      </section>
      <section class="subject">
        <header>
          <h2>{words.days}</h2>
          <button type="button" class="button" onClick={saveDays}>{words.saveDays}</button>
        </header>
        <details>
          <summary>{words.showDays}</summary>
          <Table label={words.days} rows={daysTable(days, words.columns, inWords, dayName)} />
        </details>
      </section>
      <RatingsSection app={app} numbers={numbers} />
    </>
  );
}

/** Rows below their names; it scrolls alone where it is wider than the page. */
function Table({ label, rows: [names = [], ...rows] }: { label: string; rows: string[][] }): JSX.Element {
  return (
    <div class="figures" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>{names.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(([name = '', ...cells]) => (
            <tr key={name}>
              <th scope="row" dir="auto">{name}</th>
              {cells.map((cell, i) => <td key={i}>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
