import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useConsole } from '../../console.ts';
import { Choice, Field } from '../../parts/field.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import type { AppSettings } from '../api.ts';
import { Waiting, useLoaded } from '../parts/loaded.tsx';
import { renameIn } from '../renaming.ts';
import { adminTexts } from '../words.ts';
import { Flag, Lines, Span, Zone } from './fields.tsx';
import { Keeping } from './keeping.tsx';
import { MailState } from './mail.tsx';
import { Questions } from './questions.tsx';
import { Seats } from './seats.tsx';
import { Section } from './section.tsx';

/** What an app is like, subject by subject, each saved by itself. */
export function Settings({ app }: AdminProps): JSX.Element {
  const { session } = useConsole();
  const { settings: words } = adminTexts.value;
  const loaded = useLoaded<AppSettings>(`apps/${app.id}/settings`);
  const saved = (answer: AppSettings) => {
    loaded.set(answer);
    renameIn(session, answer.app);
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
      <Section {...shared} id="mail" {...words.mail} names={{ mail_answers: 'duration', mail_programs: 'plain', mail_waiting: 'duration' }}>
        {({ mail_answers, mail_programs, mail_waiting }) => (
          <>
            <MailState app={app} />
            <Span {...mail_answers} {...fields.mail_answers} none={words.never} usual="m" />
            <Flag {...mail_programs} {...fields.mail_programs} />
            <Span {...mail_waiting} {...fields.mail_waiting} none={words.never} usual="m" />
          </>
        )}
      </Section>
      <Section {...shared} id="prechat" {...words.prechat} names={{ prechat: 'plain' }}>
        {({ prechat }) => (
          <div>
            <Choice label={fields.prechat.label} value={prechat.value} onValue={prechat.onValue}>
              {Object.entries(words.prechats).map(([value, label]) => (
                <option key={value} value={value}>{label}</option>
              ))}
            </Choice>
            <p class={prechat.fault ? 'fault' : 'hint'}>{prechat.fault ?? fields.prechat.hint}</p>
          </div>
        )}
      </Section>
      <Questions app={app} />
      <Section {...shared} id="ratings" {...words.ratings} names={{ rating: 'plain', rating_question: 'plain' }}>
        {({ rating, rating_question }) => (
          <>
            <Flag {...rating} {...fields.rating} />
            <Field {...rating_question} {...fields.rating_question} maxLength={200} autocomplete="off" />
          </>
        )}
      </Section>
      <Keeping {...shared} />
    </>
  );
}
