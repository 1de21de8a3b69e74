import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { SavedView } from '../api/inbox.ts';
import { useConsole } from '../console.ts';
import { press, useKeys } from '../keys.ts';
import { Empty } from '../parts/empty.tsx';
import { Icon } from '../parts/icon.tsx';
import { Separator, widthOf } from '../parts/separator.tsx';
import { viewIn } from '../router.ts';
import type { Place } from '../router.ts';
import { isMenuOpen } from '../shell/open.ts';
import { texts } from '../strings/index.ts';
import { useInbox } from './context.ts';
import type { Inbox } from './inbox.ts';
import { Conversation } from './conversation.tsx';
import { ListPane } from './list-pane.tsx';
import { PersonPanel } from './person-panel.tsx';

export type InboxPlace = Extract<Place, { page: 'inbox' }>;

const listBounds = { least: 240, most: 720, usual: 340 };
const panelBounds = { least: 220, most: 480, usual: 280 };
const storedAs = 'parlor.console.panel';

/** The list, a conversation of it, and the person that it is with. */
export function InboxPage({ place }: { place: InboxPlace }): JSX.Element {
  const { router } = useConsole();
  const inbox = useInbox();
  const { view, conversation, panel, query } = place;
  const { team } = place;
  const ofTeam = useMemo<SavedView | undefined>(() => (team ? { id: viewIn(place), name: '', status: 'open', team } : undefined), [team]);
  const saved = inbox.saved.value.find(({ id }) => id === place.saved);
  const own = ofTeam ?? saved;
  useEffect(() => void inbox.list.show(view, ofTeam?.id ?? place.saved, own), [inbox, view, place.saved, own]);
  useEffect(() => void inbox.search.look(query ?? ''), [inbox, query]);
  useLayoutEffect(() => inbox.open(conversation), [inbox, conversation]);
  useInboxTitle(nameOfView(place, inbox) || texts.value.inbox.views[view]);

  const showPanel = (shown: boolean) => {
    localStorage.setItem(storedAs, shown ? 'shown' : 'hidden');
    router.go({ ...place, panel: shown }, 'replace');
  };
  const step = (by: number) => {
    const all = query ? inbox.search.found.value.map(({ entry, id }) => ({ conversation: entry.conversation, at: id })) : inbox.list.entries.value.map((entry) => ({ conversation: entry.conversation, at: undefined }));
    const here = all.findIndex((one) => one.conversation === conversation && one.at === (query ? place.at : undefined));
    const next = all[here < 0 ? 0 : here + by];
    if (next) router.go({ ...place, ...next, panel: panel || (!conversation && isPanelLiked()) });
  };
  const isFirst = useRef(true);
  useEffect(() => {
    // What had the focus is behind whoever goes on by keys: Enter would follow the link of a view, or of another conversation.
    if (!isFirst.current) document.querySelector<HTMLElement>('.list-pane .entry[aria-current]')?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [conversation, place.at]);
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: ({ target }) => isInList(target) && (step(1), true),
    ArrowUp: ({ target }) => isInList(target) && (step(-1), true),
    i: () => conversation && showPanel(!panel),
    Escape: () => !isMenuOpen.value && !!(conversation || query) && (router.go(conversation ? listOf(place) : { ...place, query: undefined }), true),
  });

  const widths = { '--list': `${widthOf('list', listBounds).value}px`, '--panel': `${widthOf('panel', panelBounds).value}px` };
  const thread = inbox.thread.value;
  const { panes, inbox: words } = texts.value;
  return (
    <div class="inbox" data-at={conversation ? (panel ? 'panel' : 'conversation') : 'list'} style={widths}>
      {inbox.live.isLost.value && (
        <p class="lost" role="status">
          <Icon name="offline" />
          {words.lost}
        </p>
      )}
      <div class="panes">
        <ListPane place={place} />
        <Separator pane="list" label={panes.list} bounds={listBounds} />
        {/* What is kept of one conversation is not for another: the thread comes a moment after its address. */}
        {thread && thread.conversation === conversation ? (
          <Conversation key={conversation} thread={thread} place={place} showPanel={showPanel} />
        ) : (
          <section class="pane conversation-pane">
            {!conversation && (
              <Empty icon="inbox" title={words.chooseTitle}>
                <p>{words.chooseLead}</p>
                {(inbox.list.counts.value?.waiting ?? 0) > 0 && (
                  <button type="button" class="button" aria-keyshortcuts="w" onClick={() => press('w')}>{words.nextWaiting}<kbd>w</kbd></button>
                )}
              </Empty>
            )}
          </section>
        )}
        {panel && conversation && <Separator pane="panel" label={panes.panel} bounds={panelBounds} isAfter />}
        {panel && conversation && <PersonPanel key={conversation} conversation={conversation} place={place} close={() => showPanel(false)} />}
      </div>
    </div>
  );
}

/** How the view of a place is called; empty where it is not known yet, or not any more. */
export function nameOfView({ saved, team, view }: InboxPlace, inbox: Inbox): string {
  if (saved) return inbox.saved.value.find(({ id }) => id === saved)?.name ?? '';
  return team ? (inbox.colleagues.teams.value.find(({ id }) => id === team)?.name ?? '') : texts.value.inbox.views[view];
}

/** The same place without the conversation. */
export function listOf(place: InboxPlace): InboxPlace {
  return { ...place, conversation: undefined, at: undefined, panel: false };
}

/** Whether the panel was there when a conversation was looked at last. */
export function isPanelLiked(): boolean {
  return localStorage.getItem(storedAs) !== 'hidden' && innerWidth >= 1100;
}

function isInList(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.list-pane') !== null;
}

/** How many wait stands in the title, where one sees it from another tab. */
function useInboxTitle(view: string): void {
  const { list } = useInbox();
  const { inbox, product } = texts.value;
  const waiting = list.counts.value?.waiting ?? 0;
  const name = `${view} · ${product}`;
  useEffect(() => {
    document.title = waiting > 0 ? inbox.waitingTitle(waiting, name) : name;
  }, [waiting, name]);
}
