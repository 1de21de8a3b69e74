import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import type { Key, NewKey, Use } from '../api.ts';
import { doors } from '../api.ts';
import { adminTexts } from '../words.ts';
import { SecretDialog } from './secret.tsx';

interface NewKeyProps {
  app: AppRole;
  /** What it is for, unless another choice is made. */
  uses: Use[];
  close(): void;
  made(key: Key): void;
}

/** Makes a key: first what for, then its secret, which is shown this once. */
export function NewKeyDialog({ app, uses, close, made }: NewKeyProps): JSX.Element {
  const { keys: words } = adminTexts.value;
  const [done, setDone] = useState<NewKey | undefined>();
  if (done) return <SecretDialog key="secret" made={done} lead={words.secretLead} close={close} />;
  return (
    <Dialog key="question" title={words.newKey} close={close}>
      <Question app={app} uses={uses} close={close} made={(answer) => (setDone(answer), made(answer.key))} />
    </Dialog>
  );
}

function Question({ app, uses, close, made }: Omit<NewKeyProps, 'made'> & { made(answer: NewKey): void }): JSX.Element {
  const { api } = useConsole();
  const { keys: words } = adminTexts.value;
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(uses);
  const { run, isBusy, problem } = useAction(async () => made(await api.call<NewKey>('POST', `apps/${app.id}/keys`, { displayName: name.trim(), uses: chosen })));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (chosen.length) void run();
  };
  return (
    <form class="stack" onSubmit={submit}>
      <Field label={words.nameLabel} hint={words.nameHint} placeholder={words.namePlaceholder} value={name} onValue={setName} maxLength={100} autocomplete="off" autofocus />
      <fieldset class="labelled">
        <legend>{words.usesLabel}</legend>
        <div class="options">
          {([...doors, 'api'] as Use[]).map((use) => (
            <label key={use} class="option">
              <input type="checkbox" checked={chosen.includes(use)} onChange={({ currentTarget }) => setChosen(currentTarget.checked ? [...chosen, use] : chosen.filter((one) => one !== use))} />
              <span>
                <strong>{use === 'api' ? words.api.name : words.doors[use].name}</strong>
                <small>{words.useMeans[use]}</small>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {chosen.includes('api') && chosen.length > 1 && <p class="caution">{words.apart}</p>}
      <Trouble problem={problem} />
      <footer>
        <button type="button" class="button" onClick={close}>{texts.value.common.cancel}</button>
        <button class="button main" disabled={chosen.length === 0} aria-disabled={isBusy}>{words.make}</button>
      </footer>
    </form>
  );
}
