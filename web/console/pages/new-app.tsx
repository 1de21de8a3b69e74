import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppRole, Session } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Field } from '../parts/field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { addressOf } from '../router.ts';
import { texts } from '../strings/index.ts';
import { Gate } from './gate.tsx';

/** Where whoever manages the server makes an app: the first one, or one more. */
export function NewApp({ session }: { session: Session }): JSX.Element {
  const desk = useConsole();
  const { apps, common } = texts.value;
  const [name, setName] = useState('');
  const { run, isBusy, problem } = useAction(async () => {
    const { app } = await desk.api.call<{ app: AppRole }>('POST', 'apps', { name: name.trim() });
    desk.enter({ ...session, apps: [...session.apps, app] }, addressOf({ page: 'inbox', app: app.id, view: 'waiting' }));
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim()) void run();
  };
  const isFirst = session.apps.length === 0;
  return (
    <Gate title={isFirst ? apps.firstTitle : apps.nextTitle} lead={apps.lead}>
      <form class="stack" onSubmit={submit}>
        <Field label={apps.nameLabel} hint={apps.nameHint} placeholder={apps.namePlaceholder} value={name} onValue={setName} required maxLength={100} autofocus />
        <Trouble problem={problem} />
        <button class="button main wide" aria-disabled={isBusy}>{apps.create}</button>
        {!isFirst && <a class="button wide" href={addressOf({ page: 'start' })}>{common.cancel}</a>}
      </form>
    </Gate>
  );
}

/** An agent whom nobody has let into an app, or lets in any more. */
export function NoApp(): JSX.Element {
  const desk = useConsole();
  const { apps, account } = texts.value;
  const { run, problem } = useAction(() => desk.signOut());
  return (
    <Gate title={apps.noneTitle} lead={apps.noneLead}>
      <Trouble problem={problem} />
      <button type="button" class="button wide" onClick={() => void run()}>{account.signOut}</button>
    </Gate>
  );
}
