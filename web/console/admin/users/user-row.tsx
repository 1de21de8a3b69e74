import { h } from 'preact';
import type { JSX } from 'preact';
import type { AppRole } from '../../api/people.ts';
import { Face } from '../../parts/face.tsx';
import { addressOf } from '../../router.ts';
import type { User } from '../api.ts';
import { ago } from '../times.ts';
import { adminTexts } from '../words.ts';

export function UserRow({ app, user }: { app: AppRole; user: User }): JSX.Element {
  const { users: words } = adminTexts.value;
  const { userId, externalId, number, avatarUrl, email, source, lastSeenAt, blocked, seat } = user;
  const name = calledBy(user, words.nameless(number));
  return (
    <li class="user-row">
      <a href={addressOf({ page: 'users', app: app.id, item: userId })}>
        <Face name={name} url={avatarUrl} />
        <span class="who">
          <strong class="cut" dir="auto">{name}</strong>
          <span class="cut quiet">{[email !== name && email, externalId !== name && externalId].filter(Boolean).join(' · ')}</span>
        </span>
        {blocked && <span class="badge bad">{words.blocked}</span>}
        {seat && <span class="badge">{words.seat}</span>}
        <span class="quiet when">{words.sources[source] ?? source}</span>
        <span class="quiet when seen">{lastSeenAt ? ago(lastSeenAt) : words.neverSeen}</span>
      </a>
    </li>
  );
}

/** The best name that there is. */
export function calledBy({ name, email, externalId }: Pick<User, 'name' | 'email' | 'externalId'>, otherwise: string): string {
  return name.trim() || email || externalId || otherwise;
}
