import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useConsole } from '../../console.ts';
import { Choice, Field } from '../../parts/field.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import type { AppSettings } from '../api.ts';
import { Waiting, useLoaded } from '../parts/loaded.tsx';
import { adminTexts } from '../words.ts';
import { Color, Flag, Lines, Span, Zone } from './fields.tsx';
import { Seats } from './seats.tsx';
import { Section } from './section.tsx';

/** What an app is like, subject by subject, each saved by itself. */
export function Settings({ app }: AdminProps): JSX.Element {
  const { session } = useConsole();
  const { settings: words } = adminTexts.value;
  const loaded = useLoaded<AppSettings>(`apps/${app.id}/settings`);
  const saved = (answer: AppSettings) => {
    loaded.set(answer);
    if (!session.value) return;
    const apps = session.value.apps.map((one) => (one.id === app.id ? { ...one, name: answer.app.name } : one));
    session.value = { ...session.value, apps };
  };
  return (
    <>
      <PageHeader title={texts.value.nav.admin.settings} />
      <div class="page">{loaded.value ? <Sections app={app} now={loaded.value} saved={saved} /> : <Waiting of={loaded} title={words.failed} />}</div>
    </>
  );
}

function Sections({ app, now, saved }: AdminProps & { now: AppSettings; saved(answer: AppSettings): void }): JSX.Element {
  const { settings: words } = adminTexts.value;
  const { fields } = words;
  const shared = { app, settings: now.settings, saved };
  return (
    <>
      <Section {...shared} id="general" {...words.general} names={{ name: 'plain', time_zone: 'plain' }}>
        {({ name, time_zone }) => (
          <>
            <Field {...name} {...fields.name} maxLength={100} autocomplete="off" />
            <Zone {...time_zone} {...fields.time_zone} />
          </>
        )}
      </Section>
      <Section {...shared} id="places" {...words.places} names={{ origins: 'list', hosts: 'list', portal: 'plain' }}>
        {({ origins, hosts, portal }) => (
          <>
            <Lines {...origins} {...fields.origins} placeholder="https://shop.example.com" />
            {!now.settings['origins'] && <p class="caution">{words.anyOrigin}</p>}
            <Lines {...hosts} {...fields.hosts} placeholder="chat.example.com" />
            <Field {...portal} {...fields.portal} autocomplete="off" />
          </>
        )}
      </Section>
      <Section {...shared} id="access" {...words.access} names={{ anonymous: 'plain', email_login: 'plain', seats: 'plain' }}>
        {({ anonymous, email_login, seats }) => (
          <>
            <Flag {...anonymous} {...fields.anonymous} />
            <div>
              <Choice label={fields.email_login.label} value={email_login.value || 'off'} onValue={email_login.onValue}>
                {(['off', 'known', 'on'] as const).map((one) => (
                  <option key={one} value={one}>{words.emailLogins[one]}</option>
                ))}
              </Choice>
              <p class={email_login.fault ? 'fault' : 'hint'}>{email_login.fault ?? fields.email_login.hint}</p>
            </div>
            <Field {...seats} {...fields.seats} placeholder={words.unlimited} autocomplete="off" />
            <Seats seats={now.seats} />
          </>
        )}
      </Section>
      <Section {...shared} id="policies" {...words.policies} names={{ require_exp: 'plain', max_token_age: 'duration', one_time_codes: 'plain', link_by_email: 'plain' }}>
        {({ require_exp, max_token_age, one_time_codes, link_by_email }) => (
          <>
            <Flag {...require_exp} {...fields.require_exp} />
            <Span {...max_token_age} {...fields.max_token_age} usual="m" />
            <Flag {...one_time_codes} {...fields.one_time_codes} />
            <Flag {...link_by_email} {...fields.link_by_email} />
          </>
        )}
      </Section>
      <Section {...shared} id="look" {...words.look} names={{ color: 'plain' }}>
        {({ color }) => (
          <>
            <Color {...color} {...fields.color} />
            <p>
              <a class="button" href={`/chat/${app.id}`} target="_blank" rel="noreferrer">{words.openPage}</a>
            </p>
          </>
        )}
      </Section>
      <Section {...shared} id="keeping" {...words.keeping} names={{ retention: 'duration' }}>
        {({ retention }) => <Span {...retention} {...fields.retention} usual="d" />}
      </Section>
    </>
  );
}
