import { h } from 'preact';
import type { JSX } from 'preact';
import type { Entry } from '../api/inbox.ts';
import { Face } from '../parts/face.tsx';
import { Icon } from '../parts/icon.tsx';
import { addressOf } from '../router.ts';
import type { Place } from '../router.ts';
import { texts } from '../strings/index.ts';
import { age, lateness, span } from './ages.ts';
import { useInbox } from './context.ts';
import { isUnread } from './entries.ts';
import { Shield } from './shield.tsx';
import { lineOf, nameOf } from './words.ts';

interface EntryRowProps {
  entry: Entry;
  place: Extract<Place, { page: 'inbox' }>;
  /** Whether the Tab key comes here: to one row of all. */
  isStop: boolean;
}

/** One conversation in the list. */
export function EntryRow({ entry, place, isStop }: EntryRowProps): JSX.Element {
  const { threads } = useInbox();
  const { inbox } = texts.value;
  const { conversation, person, assignee, team, waitingSince, movedAt, tags } = entry;
  const marks = [...(team && team.id !== place.team ? [team.name] : []), ...tags];
  const since = span(waitingSince ?? movedAt);
  const late = lateness(waitingSince);
  const isHere = conversation === place.conversation;
  return (
    <a
      class={isUnread(entry) ? 'entry unread' : 'entry'}
      href={addressOf({ ...place, conversation, at: undefined })}
      aria-current={isHere || undefined}
      tabIndex={isStop ? 0 : -1}
      data-conversation={conversation}
    >
      <span class="entry-who">
        {person && <Shield assurance={person.assurance} />}
        <span class="cut"><bdi>{nameOf(entry, texts.value)}</bdi></span>
        {isUnread(entry) && <span class="hidden">{inbox.unread}</span>}
        {threads.isStuck(conversation) && <span class="badge warn">{inbox.stuck}</span>}
      </span>
      <span class="entry-line cut"><bdi>{lineOf(entry.lastMessage, texts.value)}</bdi></span>
      {marks.length > 0 && <span class="entry-tags cut">{marks.join(', ')}</span>}
      <span class="entry-assignee" title={assignee ? inbox.assignedTo(assignee.name) : team && inbox.withTeam(team.name)}>
        {!assignee && team && <Icon name="team" />}
        {!assignee && team && <span class="hidden">{inbox.withTeam(team.name)}</span>}
        {assignee && <Face name={assignee.name} size="tiny" />}
        {assignee && <span class="hidden">{inbox.assignedTo(assignee.name)}</span>}
      </span>
      <span class={`entry-age ${late}`} title={waitingSince && inbox.waitsSince(since)}>
        <span aria-hidden={waitingSince !== undefined}>{age(waitingSince ?? movedAt)}</span>
        {waitingSince && <span class="hidden">{late ? inbox.lateSince(since) : inbox.waitsSince(since)}</span>}
      </span>
    </a>
  );
}
