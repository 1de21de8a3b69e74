import { h } from 'preact';
import type { JSX } from 'preact';
import { Empty } from '../parts/empty.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import type { Place } from '../router.ts';
import { MenuButton } from '../shell/page-header.tsx';
import { texts } from '../strings/index.ts';
import { useInbox } from './context.ts';
import { EntryRow } from './entry-row.tsx';

/** One line where there is room for all of it, two where there is not. */
const rowHeight = (width: number) => (width >= 560 ? 36 : 56);

export function ListPane({ place }: { place: Extract<Place, { page: 'inbox' }> }): JSX.Element {
  const { list } = useInbox();
  const { inbox } = texts.value;
  const { view, conversation } = place;
  const entries = list.entries.value;
  const counts = list.counts.value;
  const current = entries.findIndex((entry) => entry.conversation === conversation);
  return (
    <section class="pane list-pane" aria-label={inbox.conversations}>
      <header class="page-header">
        <MenuButton />
        <h1>{inbox.views[view]}</h1>
        {counts && <span class="quiet">{inbox.count(counts[view])}</span>}
      </header>
      {entries.length > 0 ? (
        <VirtualList
          items={entries}
          label={inbox.conversations}
          keyOf={(entry) => entry.conversation}
          rowHeight={rowHeight}
          current={current}
          row={(entry, i) => <EntryRow entry={entry} place={place} isStop={i === Math.max(0, current)} />}
          nearEnd={() => void list.loadMore()}
          held={(isHeld) => list.hold(isHeld)}
        />
      ) : (
        <Nothing view={view} />
      )}
    </section>
  );
}

function Nothing({ view }: { view: Extract<Place, { page: 'inbox' }>['view'] }): JSX.Element {
  const { list } = useInbox();
  const { inbox, common } = texts.value;
  if (list.state.value === 'loading') return <Skeleton />;
  if (list.state.value === 'failed') {
    return (
      <Empty icon="offline" title={inbox.loadFailed}>
        <Trouble problem={list.problem.value} />
        <button type="button" class="button" onClick={() => void list.refresh()}>{common.tryAgain}</button>
      </Empty>
    );
  }
  return (
    <Empty icon={view} title={inbox.emptyTitles[view]}>
      <p>{inbox.emptyLeads[view]}</p>
    </Empty>
  );
}

/** What will be there, in grey, where it takes long enough to be noticed. */
function Skeleton(): JSX.Element {
  return (
    <div class="skeleton" role="status" aria-label={texts.value.common.loading}>
      {Array.from({ length: 8 }, (_, i) => (
        <span key={i} />
      ))}
    </div>
  );
}
