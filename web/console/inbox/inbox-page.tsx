import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useConsole } from '../console.ts';
import { useKeys } from '../keys.ts';
import { Empty } from '../parts/empty.tsx';
import { Icon } from '../parts/icon.tsx';
import { Separator, widthOf } from '../parts/separator.tsx';
import type { Place } from '../router.ts';
import { isMenuOpen } from '../shell/open.ts';
import { texts } from '../strings/index.ts';
import { useInbox } from './context.ts';
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
  const { view, conversation, panel } = place;
  useEffect(() => void inbox.list.show(view), [inbox, view]);
  useEffect(() => inbox.open(conversation), [inbox, conversation]);
  useInboxTitle(view);

  const showPanel = (shown: boolean) => {
    localStorage.setItem(storedAs, shown ? 'shown' : 'hidden');
    router.go({ ...place, panel: shown }, 'replace');
  };
  const step = (by: number) => {
    const entries = inbox.list.entries.value;
    const at = entries.findIndex((entry) => entry.conversation === conversation);
    const next = entries[at < 0 ? 0 : at + by];
    if (next) router.go({ ...place, conversation: next.conversation, panel: panel || (!conversation && isPanelLiked()) });
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: ({ target }) => isInList(target) && (step(1), true),
    ArrowUp: ({ target }) => isInList(target) && (step(-1), true),
    i: () => conversation && showPanel(!panel),
    Escape: () => !isMenuOpen.value && !!conversation && (router.go({ ...place, conversation: undefined, panel: false }), true),
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
        {thread && conversation ? (
          <Conversation key={conversation} thread={thread} place={place} showPanel={showPanel} />
        ) : (
          <section class="pane conversation-pane">
            <Empty icon="inbox" title={words.chooseTitle}>
              <p>{words.chooseLead}</p>
            </Empty>
          </section>
        )}
        {panel && conversation && <Separator pane="panel" label={panes.panel} bounds={panelBounds} isAfter />}
        {panel && conversation && <PersonPanel key={conversation} conversation={conversation} place={place} close={() => showPanel(false)} />}
      </div>
    </div>
  );
}

/** Whether the panel was there when a conversation was looked at last. */
export function isPanelLiked(): boolean {
  return localStorage.getItem(storedAs) !== 'hidden' && innerWidth >= 1100;
}

function isInList(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.list-pane') !== null;
}

/** How many wait stands in the title, where one sees it from another tab. */
function useInboxTitle(view: InboxPlace['view']): void {
  const { list } = useInbox();
  const { inbox, product } = texts.value;
  const waiting = list.counts.value?.waiting ?? 0;
  const name = `${inbox.views[view]} · ${product}`;
  useEffect(() => {
    document.title = waiting > 0 ? inbox.waitingTitle(waiting, name) : name;
  }, [waiting, name]);
}
