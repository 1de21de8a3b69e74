import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useConsole } from '../../console.ts';
import { addressOf } from '../../router.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import type { AppSettings } from '../api.ts';
import { Waiting, useLoaded } from '../parts/loaded.tsx';
import { renameIn } from '../renaming.ts';
import { adminTexts } from '../words.ts';
import { configOf, drafts } from './draft.ts';
import type { Draft } from './draft.ts';
import { LookForm } from './look-form.tsx';
import type { Made } from './messages.ts';
import { Stage } from './stage.tsx';

/** What the chat looks like, beside the chat itself as it would be. */
export function Designer({ app }: AdminProps): JSX.Element {
  const { session } = useConsole();
  const { designer: words } = adminTexts.value;
  const loaded = useLoaded<AppSettings>(`apps/${app.id}/settings`);
  const saved = (answer: AppSettings) => {
    loaded.set(answer);
    renameIn(session, answer.app);
  };
  return (
    <>
      <PageHeader title={texts.value.nav.admin.designer}>
        <a class="button" href={`/chat/${app.id}`} target="_blank" rel="noreferrer">{words.openPage}</a>
      </PageHeader>
      <div class="page designer">
        <p class="quiet lead">
          {words.lead} <a href={addressOf({ page: 'keys', app: app.id })}>{words.toSnippet}</a>
        </p>
        {loaded.value ? <Desk key={app.id} app={app} now={loaded.value} saved={saved} /> : <Waiting of={loaded} title={words.failed} />}
      </div>
    </>
  );
}

function Desk({ app, now, saved }: AdminProps & { now: AppSettings; saved(answer: AppSettings): void }): JSX.Element {
  const { session } = useConsole();
  const mine = `${session.value?.agent.id} ${app.id}`;
  const [draft, setDraft] = useState<Draft>(() => drafts.get(mine) ?? { texts: {} });
  const [made, setMade] = useState<Record<'light' | 'dark', Made> | undefined>();
  useEffect(() => void drafts.set(mine, draft), [mine, draft]);
  return (
    <div class="designer-desk">
      <LookForm app={app} now={now} draft={draft} edit={setDraft} saved={saved} made={made} />
      <Stage config={configOf(draft, now)} setMade={setMade} />
    </div>
  );
}
