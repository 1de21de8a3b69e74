import { Fragment, h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Device, Entry, Facts, Person } from '../api/inbox.ts';
import { useAction } from '../parts/action.ts';
import { Face } from '../parts/face.tsx';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { addressOf } from '../router.ts';
import { locale, texts } from '../strings/index.ts';
import { date } from '../times.ts';
import { age, isNow, span } from './ages.ts';
import { useInbox } from './context.ts';
import type { InboxPlace } from './inbox-page.tsx';
import { Shield } from './shield.tsx';
import { lineOf } from './words.ts';

/** Who it is that one talks with, and how we know. */
export function PersonPanel({ conversation, place, close }: { conversation: string; place: InboxPlace; close(): void }): JSX.Element {
  const inbox = useInbox();
  const { person: words, common } = texts.value;
  const userId = inbox.list.get(conversation)?.person?.userId;
  const [person, setPerson] = useState<Person | undefined>();
  const { run: load, problem } = useAction(async () => setPerson((await inbox.get<{ person: Person }>(`people/${userId}`)).person));
  useEffect(() => {
    if (userId) void load();
  }, [userId]);
  return (
    <aside class="pane person-pane" aria-label={words.title}>
      <header class="page-header">
        <h2>{words.title}</h2>
        <span class="space" />
        <button type="button" class="tool" aria-label={words.close} title={words.close} onClick={close}>
          <Icon name="cross" />
        </button>
      </header>
      <div class="person">
        {problem && (
          <>
            <Trouble problem={problem} words={problem.status === 404 ? words.failed : undefined} />
            <button type="button" class="button" onClick={() => void load()}>{common.tryAgain}</button>
          </>
        )}
        {person && <About person={person} conversation={conversation} place={place} />}
      </div>
    </aside>
  );
}

function About({ person, conversation, place }: { person: Person; conversation: string; place: InboxPlace }): JSX.Element {
  const { person: words, inbox, assurance } = texts.value;
  const { profile, verifiedEmails } = person;
  const name = [profile.givenName, profile.surname].filter(Boolean).join(' ') || profile.email || inbox.anonymous;
  const others = person.conversations.filter((one) => one.conversation !== conversation);
  return (
    <>
      <div class="person-name">
        <Face name={name} url={profile.avatarUrl ?? undefined} size="large" />
        <h3 dir="auto">{name}</h3>
      </div>
      <p class="sureness">
        <span class="hidden">{assurance.title}: </span>
        <Shield assurance={person.assurance} isSaid />
      </p>
      <Section title={words.about}>
        <dl class="facts">
          {profile.email && (
            <Fact name={words.email}>
              <Email address={profile.email} />
              <small>{verifiedEmails.includes(profile.email) ? words.verified : words.typed}</small>
            </Fact>
          )}
          {verifiedEmails.filter((email) => email !== profile.email).map((email) => <Fact key={email} name={words.email}><Email address={email} /><small>{words.verified}</small></Fact>)}
          {person.externalId && <Fact name={words.externalId}>{person.externalId}</Fact>}
          <Fact name={words.number}>{person.number}</Fact>
          {profile.locale && <Fact name={words.locale}>{languageName(profile.locale)}</Fact>}
          <Fact name={words.since}>{date(person.signedUpAt)}</Fact>
        </dl>
      </Section>
      {person.ratings.length > 0 && (
        <Section title={words.ratings}>
          <dl class="facts">{person.ratings.map(({ value, at }) => <Fact key={at} name={date(at)}>{words.rated(value)}</Fact>)}</dl>
        </Section>
      )}
      <FactsSection title={words.attributes} facts={person.attributes} />
      <FactsSection title={words.metadata} hint={words.metadataHint} facts={person.metadata} />
      {person.clients.length > 0 && (
        <Section title={words.devices}>
          <ul class="devices">{person.clients.map((client) => <Client key={client.id} client={client} />)}</ul>
        </Section>
      )}
      <Section title={words.others}>
        {others.length === 0 ? <p class="quiet">{words.none}</p> : <ul>{others.map((entry) => <Other key={entry.conversation} entry={entry} place={place} />)}</ul>}
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
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

/** An address that is broken behind its @, where it has to be. */
function Email({ address }: { address: string }): JSX.Element {
  const at = address.lastIndexOf('@') + 1;
  return <>{address.slice(0, at)}<wbr />{address.slice(at)}</>;
}

function FactsSection({ title, hint, facts }: { title: string; hint?: string; facts: Facts }): JSX.Element | null {
  const all = Object.entries(facts ?? {});
  if (all.length === 0) return null;
  return (
    <Section title={title}>
      {hint && <p class="quiet hint">{hint}</p>}
      <dl class="facts">{all.map(([name, value]) => <Fact key={name} name={name}>{typeof value === 'string' ? value : JSON.stringify(value)}</Fact>)}</dl>
    </Section>
  );
}

function Client({ client: { name, platform, lastSeenAt, info = {} } }: { client: Device }): JSX.Element {
  const { person: words } = texts.value;
  const page = info['currentUrl'];
  return (
    <li>
      <p>{name || platform}{lastSeenAt && <small class="quiet"> {isNow(lastSeenAt) ? words.seenNow : words.lastSeen(span(lastSeenAt))}</small>}</p>
      {page && <p class="quiet cut" title={page}><span class="hidden">{words.page}: </span>{page}</p>}
    </li>
  );
}

function Other({ entry, place }: { entry: Entry; place: InboxPlace }): JSX.Element {
  const { inbox } = texts.value;
  return (
    <li>
      <a class="other" href={addressOf({ ...place, conversation: entry.conversation })}>
        <span class="cut" dir="auto">{lineOf(entry.lastMessage, texts.value)}</span>
        <small class="quiet">{inbox.views[entry.status]} · {age(entry.movedAt)}</small>
      </a>
    </li>
  );
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(locale.value, { type: 'language' }).of(code.replaceAll('_', '-')) ?? code;
  } catch {
    return code;
  }
}
