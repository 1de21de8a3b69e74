import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import type { Problem } from '../../api/problem.ts';
import { asProblem } from '../../api/problem.ts';
import { useConsole } from '../../console.ts';
import { Empty } from '../../parts/empty.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { locale } from '../../strings/index.ts';
import type { Refusal } from '../api.ts';
import { ago, exactly } from '../times.ts';
import { adminTexts } from '../words.ts';

const everyMs = 5_000;

/** Sign-ins that failed lately, as they come in. Rows stay where they are while the pointer is on them. */
export function Refusals({ app }: { app: AppRole }): JSX.Element {
  const { api } = useConsole();
  const { doctor } = adminTexts.value;
  const [refusals, setRefusals] = useState<Refusal[] | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const list = useRef<HTMLUListElement>(null);

  useEffect(() => {
    let isShown = true;
    const look = async () => {
      if (document.hidden || list.current?.matches(':hover')) return;
      try {
        const answer = await api.get<{ refusals: Refusal[] }>(`apps/${app.id}/refusals`);
        if (!isShown) return;
        setRefusals(answer.refusals);
        setProblem(undefined);
      } catch (reason) {
        if (isShown) setProblem(asProblem(reason));
      }
    };
    const shown = () => void look();
    const timer = setInterval(shown, everyMs);
    document.addEventListener('visibilitychange', shown);
    shown();
    return () => {
      isShown = false;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', shown);
    };
  }, []);

  return (
    <section class="subject" aria-labelledby="refusals">
      <header>
        <div>
          <h2 id="refusals">{doctor.feedTitle}</h2>
          <p class="quiet">{doctor.feedLead}</p>
        </div>
      </header>
      <Trouble problem={problem} />
      {refusals && refusals.length > 0 && (
        <ul class="rows" ref={list}>
          {refusals.map((refusal) => (
            <RefusalRow key={[refusal.code, refusal.reason, refusal.claim, refusal.door, refusal.key, refusal.page].join(' ')} refusal={refusal} />
          ))}
        </ul>
      )}
      {refusals?.length === 0 && (
        <Empty icon="closed" title={doctor.feedEmpty}>
          <p>{doctor.feedEmptyLead}</p>
        </Empty>
      )}
    </section>
  );
}

function RefusalRow({ refusal: { code, reason = code, claim, door, key, page, title, cure, count, firstAt, lastAt } }: { refusal: Refusal }): JSX.Element {
  const { doctor, keys } = adminTexts.value;
  const where = [(keys.uses as Record<string, string>)[door] ?? door, page].filter(Boolean).join(' · ');
  return (
    <li class="refusal">
      <div>
        <p>
          <strong>{doctor.reasons[reason] ?? reason}</strong>
          {claim && <code>{claim}</code>}
        </p>
        <p>{title}</p>
        {cure && <p class="quiet">{cure}</p>}
        <p class="quiet where">
          {where}
          {key && <code>{key}</code>}
        </p>
      </div>
      <p class="tally" title={doctor.since(exactly(firstAt))}>
        <strong>{doctor.times(new Intl.NumberFormat(locale.value).format(count), count)}</strong>
        <span class="quiet">{ago(lastAt)}</span>
      </p>
    </li>
  );
}
