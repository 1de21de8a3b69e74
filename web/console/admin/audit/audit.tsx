import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import type { AuditEntry } from '../api.ts';
import { csvOf } from '../csv.ts';
import { Waiting } from '../parts/loaded.tsx';
import { saveFile } from '../save.ts';
import { exactly } from '../times.ts';
import { adminTexts } from '../words.ts';
import { actorOf, detailOf, matches } from './entries.ts';

interface Page {
  entries: AuditEntry[];
  cursor?: string;
}

/** Who did what in an app, and when. */
export function Audit({ app }: AdminProps): JSX.Element {
  const { api } = useConsole();
  const { audit: words } = adminTexts.value;
  const { nav } = texts.value;
  const [page, setPage] = useState<Page | undefined>();
  const [filter, setFilter] = useState('');
  const { run: load, isBusy, problem } = useAction(async (cursor?: string) => {
    const answer = await api.get<Page>(`apps/${app.id}/audit?${new URLSearchParams({ limit: '100', ...(cursor && { cursor }) })}`);
    setPage((before) => (cursor && before ? { ...answer, entries: [...before.entries, ...answer.entries] } : answer));
  });
  useEffect(() => void load(), []);
  const shown = (page?.entries ?? []).filter((entry) => matches(entry, filter));
  const save = () => {
    const rows = shown.map((entry) => [entry.at, actorOf(entry, words.kinds), entry.action, entry.target ?? '', detailOf(entry)]);
    saveFile(`audit-${app.id}.csv`, 'text/csv', csvOf([words.columns, ...rows]));
  };
  return (
    <>
      <PageHeader title={nav.admin.audit}>
        <button type="button" class="button" disabled={shown.length === 0} onClick={save}>{words.save}</button>
      </PageHeader>
      <div class="page audit">
        <p class="quiet lead">{words.lead}</p>
        {!page && <Waiting of={{ problem, load: () => load() }} title={words.failed} />}
        {page?.entries.length === 0 && (
          <Empty icon="log" title={words.empty}>
            <p>{words.emptyLead}</p>
          </Empty>
        )}
        {page && page.entries.length > 0 && (
          <>
            <Field label={words.filter} hint={page.cursor ? words.filterHint(page.entries.length) : undefined} value={filter} onValue={setFilter} autocomplete="off" />
            <table>
              <thead>
                <tr>{words.columns.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
              </thead>
              <tbody>{shown.map((entry, i) => <Row key={`${entry.at} ${i}`} entry={entry} />)}</tbody>
            </table>
            {shown.length === 0 && <p class="quiet">{words.noneFound(filter.trim())}</p>}
            {page.cursor && <button type="button" class="button more" aria-disabled={isBusy} onClick={() => void load(page.cursor)}>{words.older}</button>}
          </>
        )}
      </div>
    </>
  );
}

function Row({ entry }: { entry: AuditEntry }): JSX.Element {
  const { audit: words } = adminTexts.value;
  const [, who, what, on, detail] = words.columns;
  return (
    <tr>
      <td><time dateTime={entry.at}>{exactly(entry.at)}</time></td>
      <td data-label={who} dir="auto">{actorOf(entry, words.kinds)}</td>
      <td data-label={what}>
        {words.actions[entry.action] ?? entry.action}
        {words.actions[entry.action] && <code class="quiet">{entry.action}</code>}
      </td>
      <td data-label={on}>{entry.target && <code>{entry.target}</code>}</td>
      <td data-label={detail} class="quiet">{detailOf(entry)}</td>
    </tr>
  );
}
