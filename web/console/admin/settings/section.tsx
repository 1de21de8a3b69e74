import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import type { Problem } from '../../api/problem.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Icon } from '../../parts/icon.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import type { AppSettings, SettingTexts } from '../api.ts';
import { changedSince } from '../parts/edits.ts';
import { shown, written } from './forms.ts';
import type { Form } from './forms.ts';

/** A setting in a form: what its field shows, and what is wrong with what was sent. */
export interface Bound {
  value: string;
  onValue(value: string): void;
  fault?: string;
}

interface SectionProps<Name extends string> {
  app: AppRole;
  id: string;
  title: string;
  lead: string;
  /** Its settings, each with the form that its text takes. */
  names: Record<Name, Form>;
  settings: SettingTexts;
  saved(answer: AppSettings): void;
  /** Takes over what is about to be sent, and saves it later or not at all. */
  hold?(sent: SettingTexts, save: () => Promise<void>): boolean;
  children(bound: Record<Name, Bound>): ComponentChildren;
}

/** Settings that belong together and are saved together. What was not touched is not sent. */
export function Section<Name extends string>({ app, id, title, lead, names, settings, saved, hold, children }: SectionProps<Name>): JSX.Element {
  const { api } = useConsole();
  const { common } = texts.value;
  const all = Object.keys(names) as Name[];
  const [edits, setEdits] = useState<Partial<Record<Name, string>>>({});
  const [isSaved, setSaved] = useState(false);
  const before = (name: Name) => shown(names[name], settings[name] ?? '');
  const changed = all.filter((name) => edits[name] !== undefined && edits[name] !== before(name));

  const sent = Object.fromEntries(changed.map((name) => [name, written(names[name], edits[name] ?? '')]));
  const { run, isBusy, problem } = useAction(async () => {
    saved(await api.call<AppSettings>('PATCH', `apps/${app.id}/settings`, { settings: sent }));
    setEdits((now) => changedSince(edits, now));
    setSaved(true);
  });
  const atField = all.find((name) => name === fieldOf(problem));
  const bound = Object.fromEntries(
    all.map((name): [Name, Bound] => [
      name,
      {
        value: edits[name] ?? before(name),
        onValue: (value) => {
          setSaved(false);
          setEdits((others) => ({ ...others, [name]: value }));
        },
        ...(name === atField && { fault: wordsOf(problem) }),
      },
    ]),
  ) as Record<Name, Bound>;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (changed.length && !hold?.(sent, run)) void run();
  };
  return (
    <form class="subject settings" aria-labelledby={id} onSubmit={submit} noValidate>
      <header>
        <div>
          <h2 id={id}>{title}</h2>
          <p class="quiet">{lead}</p>
        </div>
      </header>
      <div class="stack">
        {children(bound)}
        <Trouble problem={atField ? undefined : problem} />
        <footer>
          <button class="button main" disabled={changed.length === 0} aria-disabled={isBusy} aria-describedby={id}>{common.save}</button>
          <span class="saved" role="status">{isSaved && changed.length === 0 && <span><Icon name="check" />{common.saved}</span>}</span>
        </footer>
      </div>
    </form>
  );
}

function fieldOf(problem: Problem | undefined): string | undefined {
  return problem?.field?.split('.').at(-1);
}

/** A problem with a field begins with its name, which stands above it already. */
function wordsOf(problem: Problem | undefined): string | undefined {
  const words = problem?.message.replace(/^[\w.]+: /, '') ?? '';
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
