import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import type { Integration, Webhook } from '../api.ts';
import { adminTexts } from '../words.ts';

/** The integration that webhooks made here belong to. */
const ours = 'Console';
const everything = '*';

interface WebhookEditorProps {
  /** Of the integrations, for a new webhook; else of the webhook. */
  path: string;
  integrations?: Integration[];
  webhook?: Webhook;
  close(): void;
  saved(webhook: Webhook): void;
}

/** Where a webhook goes, and what it is told. */
export function WebhookEditor({ path, integrations = [], webhook, close, saved }: WebhookEditorProps): JSX.Element {
  const { api } = useConsole();
  const { webhooks: words } = adminTexts.value;
  const [target, setTarget] = useState(webhook?.target ?? '');
  const [triggers, setTriggers] = useState(webhook?.triggers ?? ['conversation:message']);
  const save = async (body: object): Promise<Webhook> => {
    if (webhook) return (await api.call<{ webhook: Webhook }>('PATCH', path, body)).webhook;
    const home = integrations.find(({ displayName }) => displayName === ours);
    if (home) return (await api.call<{ webhook: Webhook }>('POST', `${path}/${home.id}/webhooks`, body)).webhook;
    const made = await api.call<{ integration: Integration }>('POST', path, { type: 'custom', displayName: ours, webhooks: [body] });
    return made.integration.webhooks?.[0] as Webhook;
  };
  const { run, isBusy, problem } = useAction(async () => {
    const made = await save({ target: target.trim(), triggers });
    close();
    saved(made);
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (triggers.length > 0) void run();
  };
  const isAll = triggers.includes(everything);
  const choice = (name: string, label: string) => (
    <label key={name} class="trigger">
      <input
        type="checkbox"
        checked={triggers.includes(name)}
        disabled={isAll && name !== everything}
        onChange={({ currentTarget }) => setTriggers(currentTarget.checked ? [...triggers, name] : triggers.filter((one) => one !== name))}
      />
      <span>{label}</span>
    </label>
  );
  const known = Object.entries(words.triggers);
  // What a program has asked for besides stays asked for.
  const others = (webhook?.triggers ?? []).filter((name) => name !== everything && !(name in words.triggers));
  const isOfTarget = problem?.field?.endsWith('target');
  return (
    <Dialog title={webhook ? words.editTitle : words.newTitle} close={close} wide>
      <form class="stack" onSubmit={submit}>
        <Field
          label={words.target}
          hint={words.targetHint}
          placeholder="https://shop.example.com/events"
          autocomplete="off"
          value={target}
          onValue={setTarget}
          fault={isOfTarget ? problem?.message : undefined}
          required
          autofocus={!webhook}
        />
        <fieldset class="labelled">
          <legend>{words.triggersTitle}</legend>
          {choice(everything, words.everything)}
          <div class="triggers">
            {known.map(([name, label]) => choice(name, label))}
            {others.map((name) => choice(name, name))}
          </div>
          {triggers.length === 0 && <p class="mistake">{words.noTrigger}</p>}
        </fieldset>
        <Trouble problem={isOfTarget || problem?.code === 'proof_needed' ? undefined : problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{texts.value.common.cancel}</button>
          <button class="button main" disabled={triggers.length === 0} aria-disabled={isBusy}>{words.save}</button>
        </footer>
      </form>
    </Dialog>
  );
}
