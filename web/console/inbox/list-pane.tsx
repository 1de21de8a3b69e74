import { h } from 'preact';
import type { JSX } from 'preact';
import { Empty } from '../parts/empty.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { MenuButton } from '../shell/page-header.tsx';
import { texts } from '../strings/index.ts';
import { useInbox } from './context.ts';
import { EntryRow } from './entry-row.tsx';
import { nameOfView } from './inbox-page.tsx';
import type { InboxPlace } from './inbox-page.tsx';
import type { Inbox } from './inbox.ts';
import { Results } from './results.tsx';
import { ViewMenu } from './saved-views.tsx';
import { SearchField } from './search-field.tsx';

/** One line where there is room for all of it, two where there is not. */
const rowHeight = (width: number) => (width >= 560 ? 36 : 56);

export function ListPane({ place }: { place: InboxPlace }): JSX.Element {
  const desk = useInbox();
  const { list } = desk;
  const { inbox } = texts.value;
  const { view, conversation, team } = place;
  const entries = list.entries.value;
  const count = place.saved ? undefined : team ? list.teamCounts.value[team] : list.counts.value?.[view];
  const isGone = isTeamGone(place, desk);
  const current = entries.findIndex((entry) => entry.conversation === conversation);
  return (
    <section class="pane list-pane" aria-label={inbox.conversations}>
      <header class="page-header">
        <MenuButton />
        <h1 class="cut" dir="auto">{nameOfView(place, desk)}</h1>
        {count !== undefined && <span class="quiet">{inbox.count(count)}</span>}
        <span class="space" />
        <ViewMenu place={place} />
      </header>
      <SearchField place={place} />
      {place.query ? (
        <Results place={place} />
      ) : entries.length > 0 && !isGone ? (
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
        <Nothing place={place} isGone={isGone} />
      )}
    </section>
  );
}

/** Whether the view asks for a team that there is no more. */
function isTeamGone({ team, saved }: InboxPlace, { saved: all, colleagues: { teams, areTeamsKnown } }: Inbox): boolean {
  const asked = team ?? all.value.find(({ id }) => id === saved)?.team;
  return !!asked && areTeamsKnown.value && !teams.value.some(({ id }) => id === asked);
}

function Nothing({ place, isGone }: { place: InboxPlace; isGone: boolean }): JSX.Element {
  const { list } = useInbox();
  const { inbox, common, savedViews, teams } = texts.value;
  if (isGone) {
    return (
      <Empty icon="team" title={teams.goneTitle}>
        <p>{place.saved ? teams.goneFromView : teams.goneLead}</p>
      </Empty>
    );
  }
  if (list.state.value === 'loading') return <Skeleton />;
  if (list.state.value === 'failed') {
    return (
      <Empty icon="offline" title={inbox.loadFailed}>
        <Trouble problem={list.problem.value} />
        <button type="button" class="button" onClick={() => void list.refresh()}>{common.tryAgain}</button>
      </Empty>
    );
  }
  const [icon, title, lead] = place.team
    ? (['team', teams.emptyTitle, teams.emptyLead] as const)
    : place.saved
      ? (['star', savedViews.emptyTitle, savedViews.emptyLead] as const)
      : ([place.view, inbox.emptyTitles[place.view], inbox.emptyLeads[place.view]] as const);
  return (
    <Empty icon={icon} title={title}>
      <p>{lead}</p>
    </Empty>
  );
}

/** What will be there, in grey, where it takes long enough to be noticed. */
export function Skeleton(): JSX.Element {
  return (
    <div class="skeleton" role="status" aria-label={texts.value.common.loading}>
      {Array.from({ length: 8 }, (_, i) => (
        <span key={i} />
      ))}
    </div>
  );
}
