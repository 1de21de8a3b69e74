import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import type { FoundPerson, Person } from '../api/inbox.ts';
import type { AppRole } from '../api/people.ts';
import { may } from '../api/people.ts';
import { assign, assignToTeam, teamsOf } from '../inbox/assigning.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { InboxPlace } from '../inbox/inbox-page.tsx';
import { Excerpt } from '../inbox/results.tsx';
import { nameOf } from '../inbox/words.ts';
import { press } from '../keys.ts';
import { Face } from '../parts/face.tsx';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon.tsx';
import { say } from '../parts/toasts.tsx';
import { views } from '../router.ts';
import type { Place, Router } from '../router.ts';
import { texts } from '../strings/index.ts';
import { adminIcons, adminPagesOf } from './sidebar.tsx';
import type { Found } from './use-found.ts';

/** Something that can be chosen in the palette. */
export interface Choice {
  key: string;
  picture: JSX.Element;
  label: ComponentChildren;
  detail?: ComponentChildren;
  /** The key that does the same. */
  hint?: string;
  act(): void;
}

export interface Group {
  name: 'actions' | 'people' | 'messages' | 'pages';
  choices: Choice[];
}

interface Asked {
  router: Router;
  inbox: Inbox;
  app: AppRole;
  place: Place;
  query: string;
  found: Found;
}

/** What can be chosen, in the order in which it stands there; groups that have nothing are left out. */
export function groupsOf(asked: Asked): Group[] {
  const { app, place, query, found } = asked;
  const here: InboxPlace = place.page === 'inbox' ? place : { page: 'inbox', app: app.id, view: 'waiting' };
  const groups: Group[] = [
    { name: 'actions', choices: place.page === 'inbox' && place.conversation ? named([...actions(), ...assignments(place.conversation, asked)], query) : [] },
    { name: 'people', choices: found.people.map((person) => personChoice(person, here, asked)) },
    { name: 'messages', choices: said(here, asked) },
    { name: 'pages', choices: named(pages(asked), query) },
  ];
  return groups.filter(({ choices }) => choices.length > 0);
}

type Plain = Choice & { label: string };

/** Those whose names have all words of the query. */
function named(choices: Plain[], query: string): Choice[] {
  const words = plain(query).split(/\s+/);
  return choices.filter(({ label }) => words.every((word) => plain(label).includes(word)));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What is done with the open conversation, each by the key that does it there. */
function actions(): Plain[] {
  const { palette } = texts.value;
  const all: [hint: string, icon: IconName, label: string][] = [
    ['r', 'send', palette.answer], ['n', 'note', palette.note], ['m', 'mine', palette.take], ['a', 'unassigned', palette.assign],
    ['e', 'check', palette.close], ['s', 'snoozed', palette.snooze], ['t', 'tag', palette.tags], ['i', 'person', palette.panel],
  ];
  return all.map(([hint, icon, label]) => ({ key: `do-${hint}`, picture: <Icon name={icon} />, label, hint, act: () => press(hint) }));
}

/** To whom the open conversation can be given, as soon as somebody is looked for. */
function assignments(conversation: string, { inbox, query }: Asked): Plain[] {
  const entry = inbox.list.get(conversation);
  const { palette } = texts.value;
  if (!entry || !query.trim()) return [];
  return [
    ...inbox.colleagues.agents.value.map((agent): Plain => ({ key: `to-${agent.id}`, picture: <Face name={agent.name} size="tiny" />, label: palette.assignTo(agent.name), act: () => assign(inbox, entry, agent) })),
    ...inbox.colleagues.teams.value.map((team): Plain => ({ key: `to-${team.id}`, picture: <Icon name="team" />, label: palette.assignToTeam(team.name), act: () => assignToTeam(inbox, entry, team) })),
  ];
}

function pages({ app, router, inbox: { me, saved, colleagues: { teams } } }: Asked): Plain[] {
  const { nav, inbox, account } = texts.value;
  const to = (key: string, icon: IconName, label: string, place: Place): Plain => ({ key, picture: <Icon name={icon} />, label, act: () => router.go(place) });
  return [
    { key: 'next', picture: <Icon name="waiting" />, label: inbox.nextWaiting, hint: 'w', act: () => press('w') },
    ...views.map((view) => to(view, view, inbox.views[view], { page: 'inbox', app: app.id, view })),
    ...teamsOf(teams.value, me.id, may(app.role, 'admin')).map(({ id, name }) => to(id, 'team', name, { page: 'inbox', app: app.id, view: 'open', team: id })),
    ...saved.value.map(({ id, name }) => to(id, 'star', name, { page: 'inbox', app: app.id, view: 'open', saved: id })),
    to('people', 'people', nav.people, { page: 'people', app: app.id }),
    ...adminPagesOf(app).map((page) => to(page, adminIcons[page], nav.admin[page], { page, app: app.id })),
    { key: 'shortcuts', picture: <Icon name="keyboard" />, label: account.shortcuts, hint: '?', act: () => press('?') },
  ];
}

/** Somebody's newest conversation; of those who have none admins see who it is. */
function personChoice({ userId, name, email, externalId, avatarUrl, number }: FoundPerson, here: InboxPlace, { app, router, inbox }: Asked): Choice {
  const { inbox: words, palette } = texts.value;
  const called = name.trim() || email || externalId || words.anonymous;
  const act = async () => {
    const { person } = await inbox.get<{ person: Person }>(`people/${userId}`);
    const [newest] = person.conversations;
    if (newest) router.go({ ...here, query: undefined, at: undefined, conversation: newest.conversation, panel: true });
    else if (may(app.role, 'admin')) router.go({ page: 'users', app: app.id, item: userId });
    else say(palette.silent(called));
  };
  const detail = [email, externalId].filter((known) => known && known !== called).join(' · ') || `#${number}`;
  return { key: userId, picture: <Face name={called} url={avatarUrl} size="tiny" />, label: called, detail, act: () => void act().catch(() => undefined) };
}

function said(here: InboxPlace, { router, query, found }: Asked): Choice[] {
  const { palette } = texts.value;
  const choices = found.said.map(({ id, kind, entry, excerpt }): Choice => ({
    key: id,
    picture: <Icon name={kind === 'note' ? 'note' : 'open'} />,
    label: <Excerpt parts={excerpt} />,
    detail: nameOf(entry, texts.value),
    act: () => router.go({ ...here, query, conversation: entry.conversation, at: id }),
  }));
  if (choices.length === 0) return [];
  return [...choices, { key: 'all', picture: <Icon name="search" />, label: palette.all(query), act: () => router.go({ ...here, query, conversation: undefined, at: undefined, panel: false }) }];
}
