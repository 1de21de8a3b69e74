import { Fragment, h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { Shield } from '../../inbox/shield.tsx';
import { Face } from '../../parts/face.tsx';
import { addressOf } from '../../router.ts';
import { date } from '../../times.ts';
import type { ConflictingUser } from '../api.ts';
import { ago } from '../times.ts';
import { adminTexts } from '../words.ts';
import { nameBeside } from './names.ts';

/** One of the two, with what tells them apart. */
export function ConflictingPerson({ app, user, address, role }: { app: AppRole; user: ConflictingUser; address: string; role: string }): JSX.Element {
  const { conflicts: words, users } = adminTexts.value;
  const id = useId();
  const { userId, externalId, avatarUrl, assurance, identities, createdAt, lastSeenAt, conversations, blocked } = user;
  const name = nameBeside(address, user);
  return (
    <div role="group" aria-labelledby={id}>
      <h3 id={id} class="quiet">{role}</h3>
      <a class="conflict-person" href={addressOf({ page: 'users', app: app.id, item: userId })}>
        <Face name={name} url={avatarUrl} />
        <strong class="cut" dir="auto">{name}</strong>
        {blocked && <span class="badge bad">{users.blocked}</span>}
      </a>
      <Shield assurance={assurance} isSaid />
      <dl>
        <Fact name={users.externalId}>{externalId ? <code>{externalId}</code> : '–'}</Fact>
        <Fact name={words.addresses}>
          {identities.map(({ value, verification }) => (
            <span key={value} class="conflict-address"><bdi>{value}</bdi> <span class="quiet">{words.vouched[verification]}</span></span>
          ))}
          {identities.length === 0 && <span class="quiet">{words.noAddress}</span>}
        </Fact>
        <Fact name={words.since}>{date(createdAt)}</Fact>
        <Fact name={users.seen}>{lastSeenAt ? ago(lastSeenAt) : users.neverSeen}</Fact>
        <Fact name={users.conversations}>{conversations}</Fact>
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
