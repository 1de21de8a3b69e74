import { Fragment, h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { Shield } from '../../inbox/shield.tsx';
import { useAction } from '../../parts/action.ts';
import { Face } from '../../parts/face.tsx';
import { Icon } from '../../parts/icon.tsx';
import { say } from '../../parts/toasts.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { addressOf } from '../../router.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import { date } from '../../times.ts';
import type { KnownUser } from '../api.ts';
import { Waiting, useLoaded } from '../parts/loaded.tsx';
import { TypedConfirmation } from '../parts/typed-confirmation.tsx';
import { ago } from '../times.ts';
import { adminTexts } from '../words.ts';
import { saveFile } from '../save.ts';
import { MergeDialog } from './merge.tsx';
import { Subscription } from './subscription.tsx';
import { calledBy } from './user-row.tsx';

/** All of a user may be much, on a slow line. */
const exportWithinMs = 300_000;

interface UserPageProps {
  app: AppRole;
  id: string;
  /** What is listed is not as it was. */
  changed(): void;
}

/** One user, and what an admin may do about them. */
export function UserPage({ app, id, changed }: UserPageProps): JSX.Element {
  const { users: words } = adminTexts.value;
  const loaded = useLoaded<{ person: KnownUser }>(`apps/${app.id}/people/${id}`);
  const user = loaded.value?.person;
  const name = user ? nameOf(user, words.nameless(user.number)) : words.title;
  return (
    <>
      <PageHeader title={name}>
        <a class="button" href={addressOf({ page: 'users', app: app.id })}>
          <Icon name="back" />
          {words.all}
        </a>
      </PageHeader>
      <div class="page">
        {user ? <About app={app} user={user} name={name} changed={() => (changed(), void loaded.load())} gone={changed} /> : <Waiting of={loaded} title={words.failed} />}
      </div>
    </>
  );
}

function nameOf({ profile, externalId }: KnownUser, otherwise: string): string {
  return calledBy({ name: [profile.givenName, profile.surname].filter(Boolean).join(' '), email: profile.email ?? undefined, externalId }, otherwise);
}

function About({ app, user, name, changed, gone }: { app: AppRole; user: KnownUser; name: string; changed(): void; gone(): void }): JSX.Element {
  const { api, router } = useConsole();
  const { users: words } = adminTexts.value;
  const [open, setOpen] = useState<'erase' | 'merge' | undefined>();
  const { userId, externalId, number, profile, blocked, source, signedUpAt, lastSeenAt, clients, conversations } = user;
  const path = `apps/${app.id}/users/${userId}`;
  const { run, isBusy, problem } = useAction(async (act: () => Promise<unknown>) => act());
  const signOut = async () => {
    await api.call('POST', `${path}/sign-out`);
    say(words.signedOut(name));
  };
  const block = async () => {
    await api.call('PUT', `${path}/block`, { blocked: !blocked });
    say(blocked ? words.unblockedNow(name) : words.blockedNow(name));
    changed();
  };
  const save = async () => saveFile(`user-${userId}.json`, 'application/json', JSON.stringify(await api.get(`${path}/export`, exportWithinMs), null, 2));
  const erase = async () => {
    await api.call('DELETE', path);
    say(words.erased(name));
    gone();
    router.go({ page: 'users', app: app.id }, 'replace');
  };
  return (
    <>
      <div class="user-name">
        <Face name={name} url={profile.avatarUrl ?? undefined} size="large" />
        <div>
          <h2 dir="auto">{name} {blocked && <span class="badge bad">{words.blocked}</span>}</h2>
          <Shield assurance={user.assurance} isSaid />
        </div>
      </div>
      <dl class="user-facts">
        {profile.email && <Fact name={texts.value.common.email}>{profile.email}</Fact>}
        {externalId && <Fact name={words.externalId}><code>{externalId}</code></Fact>}
        <Fact name={words.number}>{number}</Fact>
        <Fact name={words.source}>{words.sources[source] ?? source}</Fact>
        {signedUpAt && <Fact name={words.since}>{date(signedUpAt)}</Fact>}
        <Fact name={words.seen}>{lastSeenAt ? ago(lastSeenAt) : words.neverSeen}</Fact>
        <Fact name={words.devices}>{clients.length}</Fact>
        <Fact name={words.conversations}>{conversations.length}</Fact>
        <Fact name={words.mail}><Subscription path={path} /></Fact>
      </dl>
      <Trouble problem={problem?.code === 'proof_needed' ? undefined : problem} />
      <section class="subject" aria-label={words.actions}>
        <Deed title={words.signOut} lead={words.signOutLead}>
          <button type="button" class="button" aria-disabled={isBusy} onClick={() => void run(signOut)}>{words.signOut}</button>
        </Deed>
        <Deed title={words.exportTitle} lead={words.exportLead}>
          <button type="button" class="button" aria-disabled={isBusy} onClick={() => void run(save)}>{words.export}</button>
        </Deed>
        <Deed title={words.mergeTitle} lead={words.mergeLead}>
          <button type="button" class="button" onClick={() => setOpen('merge')}>{words.merge}…</button>
        </Deed>
      </section>
      <section class="subject danger-zone" aria-labelledby="danger">
        <h2 id="danger">{words.danger}</h2>
        <Deed title={blocked ? words.unblock : words.block} lead={blocked ? words.unblockLead : words.blockLead}>
          <button type="button" class="button" aria-disabled={isBusy} onClick={() => void run(block)}>{blocked ? words.unblock : words.block}</button>
        </Deed>
        <Deed title={words.eraseTitle} lead={words.eraseLead}>
          <button type="button" class="button danger" onClick={() => setOpen('erase')}>{words.erase}…</button>
        </Deed>
      </section>
      {open === 'merge' && <MergeDialog app={app} into={{ id: userId, name }} close={() => setOpen(undefined)} merged={changed} />}
      {open === 'erase' && (
        <TypedConfirmation title={words.eraseQuestion(name)} word={name} submit={words.erase} act={erase} close={() => setOpen(undefined)}>
          <p>{words.eraseMeans}</p>
        </TypedConfirmation>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}

/** Something to do: what it means beside the button that does it. */
function Deed({ title, lead, children }: { title: string; lead: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="deed">
      <div>
        <h3>{title}</h3>
        <p class="quiet">{lead}</p>
      </div>
      {children}
    </div>
  );
}
