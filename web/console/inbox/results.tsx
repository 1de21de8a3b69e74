import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import type { ExcerptPart, FoundSaid } from '../api/inbox.ts';
import { Empty } from '../parts/empty.tsx';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { addressOf } from '../router.ts';
import { texts } from '../strings/index.ts';
import { moment } from '../times.ts';
import { age } from './ages.ts';
import { useInbox } from './context.ts';
import type { InboxPlace } from './inbox-page.tsx';
import { Skeleton } from './list-pane.tsx';
import { nameOf } from './words.ts';

/** Two lines of what was said, or one where there is room for it. */
const rowHeight = (width: number) => (width >= 560 ? 36 : 76);

/** What was found, in the place of the list. */
export function Results({ place }: { place: InboxPlace }): JSX.Element {
  const { search } = useInbox();
  const { search: words } = texts.value;
  const found = search.found.value;
  const current = found.findIndex(({ id }) => id === place.at);
  const isAnswered = search.query.value === place.query && search.state.value === 'still';
  return (
    <>
      <p class="hidden" role="status">{isAnswered && words.count(found.length)}</p>
      {found.length > 0 ? (
        <VirtualList
          items={found}
          label={words.results}
          keyOf={({ id }) => id}
          rowHeight={rowHeight}
          current={current}
          row={(one, i) => <Result found={one} place={place} isStop={i === Math.max(0, current)} />}
          nearEnd={() => void search.loadMore()}
        />
      ) : (
        <Nothing query={place.query ?? ''} />
      )}
    </>
  );
}

function Nothing({ query }: { query: string }): JSX.Element {
  const { search } = useInbox();
  const { search: words, common } = texts.value;
  if (search.state.value === 'loading') return <Skeleton />;
  if (search.state.value === 'failed') {
    return (
      <Empty icon="offline" title={words.failed}>
        <Trouble problem={search.problem.value} />
        <button type="button" class="button" onClick={() => void search.look(query)}>{common.tryAgain}</button>
      </Empty>
    );
  }
  return (
    <Empty icon="search" title={words.noneTitle(query)}>
      <p>{words.noneLead}</p>
    </Empty>
  );
}

/** A message or a note with what was looked for. */
function Result({ found, place, isStop }: { found: FoundSaid; place: InboxPlace; isStop: boolean }): JSX.Element {
  const { search } = texts.value;
  const { entry, kind, id, at, by, name, excerpt } = found;
  const time = Date.parse(at);
  return (
    <a
      class="entry result"
      href={addressOf({ ...place, conversation: entry.conversation, at: id })}
      aria-current={id === place.at || undefined}
      tabIndex={isStop ? 0 : -1}
    >
      <span class="entry-who">
        <span class="cut"><bdi>{nameOf(entry, texts.value)}</bdi></span>
      </span>
      <span class="entry-line">
        {kind === 'note' && (
          <span class="in-note">
            <Icon name="note" />
            <span class="hidden">{search.note}</span>
          </span>
        )}
        {by !== 'user' && <bdi>{search.by(name || search.business)}</bdi>}
        <bdi><Excerpt parts={excerpt} /></bdi>
      </span>
      <time class="entry-age" dateTime={at} title={moment(time)}>{age(at)}</time>
    </a>
  );
}

/** A text with what was looked for marked in it. */
export function Excerpt({ parts }: { parts: readonly ExcerptPart[] }): JSX.Element {
  return <>{parts.map(({ text, match }, i) => (match ? <mark key={i}>{text}</mark> : text))}</>;
}
