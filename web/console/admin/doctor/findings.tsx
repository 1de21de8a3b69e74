import { h } from 'preact';
import type { JSX } from 'preact';
import { Icon } from '../../parts/icon.tsx';
import type { IconName } from '../../parts/icon.tsx';
import type { Check, Diagnosis } from '../api.ts';
import { exactly } from '../times.ts';
import { adminTexts } from '../words.ts';
import { datesOf } from './dates.ts';

const icons: Record<Check['state'], IconName> = { passed: 'check', failed: 'cross', 'not reached': 'minus' };

/** What came of a token: the verdict, every check in its order, and what the token says. */
export function Findings({ diagnosis: { accepted, refusal, checks, header, claims } }: { diagnosis: Diagnosis }): JSX.Element {
  const { doctor } = adminTexts.value;
  return (
    <section class="subject" aria-labelledby="verdict">
      <div class={accepted ? 'verdict good' : 'verdict bad'}>
        <Icon name={accepted ? 'closed' : 'alert'} />
        <div>
          <h2 id="verdict">{accepted ? doctor.accepted : doctor.refused}</h2>
          {refusal && <p>{refusal.title}</p>}
          {refusal?.cure && <p><strong>{doctor.cure}</strong> {refusal.cure}</p>}
          {refusal && <p class="codes"><code>{[refusal.reason ?? refusal.code, refusal.claim].filter(Boolean).join(' · ')}</code></p>}
        </div>
      </div>
      <ol class="checks">
        {checks.map((check) => (
          <CheckLine key={check.name} check={check} />
        ))}
      </ol>
      {(header || claims) && (
        <div class="decoded">
          <Decoded title={doctor.header} json={header} />
          <Decoded title={doctor.claims} json={claims} />
        </div>
      )}
    </section>
  );
}

function CheckLine({ check: { name, state, detail, cure } }: { check: Check }): JSX.Element {
  const { doctor } = adminTexts.value;
  return (
    <li data-state={state}>
      <Icon name={icons[state]} />
      <div>
        <p>
          <strong>{doctor.checks[name] ?? name}</strong>
          <span class="state">{doctor.states[state]}</span>
        </p>
        {detail && <p class="quiet">{detail}</p>}
        {cure && state === 'failed' && <p>{cure}</p>}
      </div>
    </li>
  );
}

function Decoded({ title, json }: { title: string; json: object | undefined }): JSX.Element {
  const { doctor } = adminTexts.value;
  return (
    <figure class="code-block">
      <figcaption>{title}</figcaption>
      <pre tabIndex={0} role="region" dir="ltr" aria-label={title}><code>{json ? JSON.stringify(json, null, 2) : doctor.unreadable}</code></pre>
      {datesOf(json).map(({ name, at }) => (
        <p key={name} class="quiet when-line"><code>{name}</code> {exactly(at)}</p>
      ))}
    </figure>
  );
}
