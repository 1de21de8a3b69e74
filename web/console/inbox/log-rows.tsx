import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import type { Entry, Happening } from '../api/inbox.ts';
import { Face } from '../parts/face.tsx';
import { Icon } from '../parts/icon.tsx';
import { locale, texts } from '../strings/index.ts';
import type { Texts } from '../strings/index.ts';
import { moment } from '../times.ts';
import { clockTime } from '../../ui/time.ts';
import { Body, NoteBody } from './body.tsx';
import type { Row } from './rows.ts';
import { Shield } from './shield.tsx';

type RowOf<Kind extends Row['kind']> = Extract<Row, { kind: Kind }>;

/** What was said: by a user at the start, by the business at the end. A message says of its user who it is, and the person how they are called. */
export function MessageRow({ row: { message, at, opens, closes }, seenUpTo, person, isReached }: { row: RowOf<'message'>; seenUpTo: number | undefined; person: Entry['person']; isReached: boolean }): JSX.Element {
  const { thread, inbox } = texts.value;
  const isOwn = message.author.type === 'business';
  const known = person && message.author.userId === person.userId ? person : undefined;
  const name = message.author.displayName || known?.name || (isOwn ? thread.automatic : inbox.anonymous);
  return (
    <div class={`message ${isOwn ? 'own' : 'theirs'}${opens ? ' opens' : ''}${closes ? ' closes' : ''}${isReached ? ' reached' : ''}`}>
      <p class={opens ? 'author' : 'hidden'}>
        <span class="cut" dir="auto">{name}</span>
        {!isOwn && message.assurance && message.assurance !== person?.assurance && <Shield assurance={message.assurance} />}
      </p>
      <Body message={message} />
      {!isOwn && closes && <Face name={name} url={message.author.avatarUrl} />}
      {closes && (
        <p class="meta">
          <time dateTime={message.received} title={moment(at)}>{clockTime(at, locale.value)}</time>
          {seenUpTo !== undefined && <Seen isSeen={seenUpTo >= message.number} />}
        </p>
      )}
    </div>
  );
}

function Seen({ isSeen }: { isSeen: boolean }): JSX.Element {
  const { thread } = texts.value;
  return (
    <>
      <span aria-hidden="true">·</span>
      <Icon name={isSeen ? 'seen' : 'check'} />
      {isSeen ? thread.seen : thread.sent}
    </>
  );
}

/** What agents say to each other: another material than messages, over the whole width. */
export function NoteRow({ row: { note, at }, isReached }: { row: RowOf<'note'>; isReached: boolean }): JSX.Element {
  return (
    <div class={isReached ? 'note-row reached' : 'note-row'} role="note">
      <p class="author">
        <Icon name="note" />
        <span class="cut">{texts.value.thread.noteBy(note.author.name)}</span>
        <time class="when" title={moment(at)}>{clockTime(at, locale.value)}</time>
      </p>
      <NoteBody html={note.html} />
    </div>
  );
}

/** What happened to the conversation: one thin line. */
export function HappeningRow({ row: { happening, at } }: { row: RowOf<'happening'> }): JSX.Element {
  return (
    <p class="happening">
      <span>{happeningWords(happening, texts.value)}</span>
      <time title={moment(at)}>{clockTime(at, locale.value)}</time>
    </p>
  );
}

export function happeningWords(happening: Happening, { thread }: Texts): string {
  const by = happening.by?.name ?? thread.automatic;
  switch (happening.type) {
    case 'assigned':
      if (!happening.to) return thread.unassigned(by);
      return happening.to.id === happening.by?.id ? thread.took(by) : thread.assigned(by, happening.to.name);
    case 'team':
      return teamWords(happening, thread);
    case 'snoozed':
      return happening.until ? thread.snoozed(by, moment(happening.until)) : thread.snoozedOnly(by);
    case 'tagged':
      return happening.tags.length > 0 ? thread.tagged(by, happening.tags.join(', ')) : thread.untagged(by);
    default:
      return thread[happening.type](by);
  }
}

/** A team that is gone has no name any more. */
function teamWords({ by, team, to }: Extract<Happening, { type: 'team' }>, thread: Texts['thread']): string {
  if (!team) return thread.outOfTeam(by?.name ?? thread.automatic);
  const name = team.name || thread.formerTeam;
  if (!by) return to ? thread.turnInTeam(name, to.name) : thread.cameToTeam(name);
  return to ? thread.toTeamAnd(by.name, name, to.name) : thread.toTeam(by.name, name);
}
