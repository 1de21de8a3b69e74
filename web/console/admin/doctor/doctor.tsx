import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Choice, Field } from '../../parts/field.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import type { Diagnosis, Door } from '../api.ts';
import { doors } from '../api.ts';
import { Area } from '../parts/area.tsx';
import { adminTexts } from '../words.ts';
import { Findings } from './findings.tsx';
import { Refusals } from './refusals.tsx';

/** Any token, explained check by check; and below, whom the doors turned away. */
export function Doctor({ app }: AdminProps): JSX.Element {
  const { api } = useConsole();
  const { doctor, keys } = adminTexts.value;
  const [token, setToken] = useState('');
  const [door, setDoor] = useState<Door>('sdk');
  const [externalId, setExternalId] = useState('');
  const [diagnosis, setDiagnosis] = useState<Diagnosis | undefined>();
  const { run, isBusy, problem } = useAction(async () => {
    const argument = door === 'sdk' && externalId.trim();
    setDiagnosis(await api.call<Diagnosis>('POST', `apps/${app.id}/doctor`, { door, token: token.trim(), ...(argument && { externalId: argument }) }));
  });
  const found = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (diagnosis) found.current?.scrollIntoView({ block: 'nearest' });
  }, [diagnosis]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (token.trim()) void run();
  };
  return (
    <>
      <PageHeader title={texts.value.nav.admin.doctor} />
      <div class="page">
        <p class="quiet lead">{doctor.lead}</p>
        <form class="stack doctor" onSubmit={submit}>
          <Area label={doctor.token} hint={doctor.tokenHint} placeholder="eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9…" rows={4} isCode value={token} onValue={setToken} />
          <div class="pair">
            <Choice label={doctor.door} value={door} onValue={(chosen) => setDoor(chosen as Door)}>
              {doors.map((one) => (
                <option key={one} value={one}>{keys.doors[one].name}</option>
              ))}
            </Choice>
            {door === 'sdk' && <Field label={doctor.externalId} hint={doctor.externalIdHint} value={externalId} onValue={setExternalId} autocomplete="off" />}
          </div>
          <Trouble problem={problem} />
          <p>
            <button class="button main" disabled={!token.trim()} aria-disabled={isBusy}>{doctor.check}</button>
          </p>
        </form>
        <p role="status" class="hidden">{diagnosis && (diagnosis.accepted ? doctor.accepted : `${doctor.refused}: ${diagnosis.refusal?.title ?? ''}`)}</p>
        <div ref={found}>{diagnosis && <Findings diagnosis={diagnosis} />}</div>
        <Refusals app={app} />
      </div>
    </>
  );
}
