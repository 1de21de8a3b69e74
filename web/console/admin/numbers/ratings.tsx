import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Entry } from '../../api/inbox.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { addressOf } from '../../router.ts';
import { texts } from '../../strings/index.ts';
import { moment } from '../../times.ts';
import { Waiting } from '../parts/loaded.tsx';
import { adminTexts } from '../words.ts';
import { Charts } from './charts.tsx';
import type { Numbers } from './figures.ts';
import { ratingMeasures } from './figures.ts';

interface Rating {
  value: number;
  at: string;
  comment?: string;
  agent?: { id: string; name: string };
  /** Absent: it was erased since. */
  conversation?: string;
  person?: Entry['person'];
}

interface Page {
  ratings: Rating[];
  cursor?: string;
}

const atOnce = '10';

/** What users thought: how it went in the days that are shown, and the newest ratings of all. */
export function RatingsSection({ app, numbers }: { app: string; numbers: Numbers }): JSX.Element {
  const { numbers: words } = adminTexts.value;
  const wereAsked = !!(numbers.all.ratings ?? numbers.before.ratings);
  return (
    <section class="subject" aria-label={words.ratings}>
      <header>
        <div>
          <h2>{words.ratings}</h2>
          <p class="quiet">{words.ratingsLead}</p>
        </div>
      </header>
      {wereAsked ? <Charts numbers={numbers} measures={ratingMeasures} /> : (
        <p class="nothing">
          {words.notAsked} <a href={addressOf({ page: 'settings', app })}>{words.toSettings}</a>
        </p>
      )}
      <Latest app={app} />
    </section>
  );
}

function Latest({ app }: { app: string }): JSX.Element | null {
  const { api } = useConsole();
  const { numbers: words } = adminTexts.value;
  const [page, setPage] = useState<Page | undefined>();
  const { run: load, isBusy, problem } = useAction(async (cursor?: string) => {
    const answer = await api.get<Page>(`apps/${app}/ratings?${new URLSearchParams({ limit: atOnce, ...(cursor && { cursor }) })}`);
    setPage((before) => (cursor && before ? { ...answer, ratings: [...before.ratings, ...answer.ratings] } : answer));
  });
  useEffect(() => void load(), [app]);
  if (!page) return <Waiting of={{ problem, load: () => load() }} title={words.ratingsFailed} />;
  if (page.ratings.length === 0) return null;
  return (
    <>
      <h3>{words.latest}</h3>
      <ul class="ratings" aria-label={words.latest}>
        {page.ratings.map((rating) => <Row key={`${rating.at} ${rating.conversation ?? ''}`} app={app} rating={rating} />)}
      </ul>
      {page.cursor && <button type="button" class="button" aria-disabled={isBusy} onClick={() => void load(page.cursor)}>{words.olderRatings}</button>}
    </>
  );
}

function Row({ app, rating: { value, at, comment, agent, conversation, person } }: { app: string; rating: Rating }): JSX.Element {
  const { numbers: words } = adminTexts.value;
  const { person: panel, inbox } = texts.value;
  const name = person?.name || inbox.anonymous;
  return (
    <li>
      <p>
        <span class="stars">{panel.rated(value)}</span>
        {' '}
        <span class="quiet">{[words.ofAgent(agent?.name || words.former), moment(at)].join(' · ')}</span>
      </p>
      {comment && <blockquote dir="auto">{comment}</blockquote>}
      {conversation ? <a href={addressOf({ page: 'inbox', app, view: 'closed', conversation })} dir="auto">{name}</a> : <span class="quiet">{words.erased}</span>}
    </li>
  );
}
