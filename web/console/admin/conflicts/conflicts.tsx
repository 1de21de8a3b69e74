import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useConsole } from '../../console.ts';
import { Empty } from '../../parts/empty.tsx';
import { say } from '../../parts/toasts.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { addressOf } from '../../router.ts';
import { countConflicts } from '../../shell/open-conflicts.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import type { Conflict } from '../api.ts';
import { Waiting } from '../parts/loaded.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { adminTexts } from '../words.ts';
import { ConflictCard } from './conflict-card.tsx';
import { useConflicts } from './use-conflicts.ts';

/** Addresses with which one user came and which are another's, and what to do about each. */
export function Conflicts({ app, item }: AdminProps): JSX.Element {
  const { api, router } = useConsole();
  const { conflicts: words } = adminTexts.value;
  const status = item === 'settled' ? 'settled' : 'open';
  const { page, load, problem, without } = useConflicts(app.id, status);
  const list = useRef<HTMLDivElement>(null);
  const place = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (place.current === undefined) return;
    // What had the focus is gone with its card: the next one has it.
    const cards = list.current?.querySelectorAll<HTMLElement>('article');
    (cards?.[Math.min(place.current, cards.length - 1)] ?? list.current)?.focus();
    place.current = undefined;
  });
  const gone = (conflict: Conflict, said?: string) => {
    place.current = page?.conflicts.indexOf(conflict);
    if (said) say(said);
    without(conflict);
    void countConflicts(api, app.id);
  };
  return (
    <>
      <PageHeader title={texts.value.nav.admin.conflicts} />
      <div class="page">
        <p class="quiet lead">{words.lead}</p>
        <Tabs
          label={words.status}
          tabs={{ open: words.open, settled: words.settled }}
          chosen={status}
          choose={(name) => router.go(addressOf({ page: 'conflicts', app: app.id, item: name === 'settled' ? name : undefined }), 'replace')}
          panel="conflicts"
        />
        <div id="conflicts" ref={list} class="conflicts" role="tabpanel" aria-label={words[status]} tabIndex={-1}>
          {!page && <Waiting of={{ problem, load: () => load() }} title={words.failed} />}
          {page?.conflicts.map((conflict) => <ConflictCard key={conflict.id} app={app} conflict={conflict} gone={(said) => gone(conflict, said)} />)}
          {page?.conflicts.length === 0 && !page.cursor && (
            <Empty icon="clash" title={status === 'open' ? words.none : words.noneSettled}>
              <p>{status === 'open' ? words.noneLead : words.noneSettledLead}</p>
            </Empty>
          )}
        </div>
        {page && <Trouble problem={problem} />}
        {page?.cursor && <button type="button" class="button more" onClick={() => void load(page.cursor)}>{texts.value.common.more}</button>}
      </div>
    </>
  );
}
