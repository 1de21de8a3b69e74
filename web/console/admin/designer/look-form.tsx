import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../api/problem.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Choice, Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import type { AppSettings } from '../api.ts';
import { Area } from '../parts/area.tsx';
import { adminTexts } from '../words.ts';
import { ColorAdvice } from './color-advice.tsx';
import { ColorField } from './color-field.tsx';
import { changesOf, changesSince, colorIn, fresh, lookNames, valueOf } from './draft.ts';
import type { Draft, LookName } from './draft.ts';
import { LogoField } from './logo-field.tsx';
import type { Made } from './messages.ts';

interface LookFormProps extends AdminProps {
  now: AppSettings;
  draft: Draft;
  edit(change: (before: Draft) => Draft): void;
  saved(answer: AppSettings): void;
  /** What the preview has made of the colour. */
  made: Record<'light' | 'dark', Made> | undefined;
}

/** All that can be said of the look, saved together: all of it or nothing. */
export function LookForm({ app, now, draft, edit, saved, made }: LookFormProps): JSX.Element {
  const { api } = useConsole();
  const { designer: words } = adminTexts.value;
  const { common } = texts.value;
  const [isSaved, setSaved] = useState(false);
  const changes = changesOf(draft, now.settings);
  const isChanged = draft.logo !== undefined || Object.keys(changes).length > 0;
  useWarning(isChanged);

  const { run, isBusy, problem } = useAction(async () => {
    saved(await api.call<AppSettings>('PATCH', `apps/${app.id}/settings`, { settings: changes, ...(draft.logo && { logo: draft.logo.bytes }) }));
    edit((now) => changesSince(draft, now));
    setSaved(true);
  });
  const begin = (change: (before: Draft) => Draft) => {
    setSaved(false);
    edit(change);
  };
  const field = problem?.field?.split('.').at(-1);
  const bound = (name: LookName) => ({
    value: valueOf(name, draft, now.settings),
    onValue: (value: string) => begin((before) => ({ ...before, texts: { ...before.texts, [name]: value } })),
    ...words.fields[name],
    ...(field === name && { fault: wordsOf(problem) }),
  });
  const isShown = field === 'logo' || lookNames.some((name) => name === field);
  return (
    <form
      class="settings look-form"
      aria-label={texts.value.nav.admin.designer}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) void run();
      }}
    >
      <Part id="brand" title={words.brand}>
        <Field {...bound('name')} maxLength={100} autocomplete="off" />
        <ColorField {...bound('color')} />
        <ColorAdvice color={colorIn(valueOf('color', draft, now.settings))} made={made} />
        <LogoField saved={now.logo} name={valueOf('name', draft, now.settings)} logo={draft.logo} onLogo={(logo) => begin((before) => ({ ...before, logo }))} fault={field === 'logo' ? wordsOf(problem) : undefined} />
      </Part>
      <Part id="words" title={words.words}>
        <Field {...bound('greeting')} maxLength={80} autocomplete="off" placeholder={words.ownGreeting} />
        <Area {...bound('introduction')} rows={3} placeholder={words.ownIntroduction} />
        <Field {...bound('launcher_text')} maxLength={30} autocomplete="off" placeholder={words.none} />
      </Part>
      <Part id="place" title={words.place}>
        <Options {...bound('position')} options={words.positions} />
        <div class="pair">
          <Field {...bound('offset_side')} inputMode="numeric" autocomplete="off" placeholder="20" />
          <Field {...bound('offset_bottom')} inputMode="numeric" autocomplete="off" placeholder="0" />
        </div>
        <Options {...bound('theme')} options={words.themes} />
      </Part>
      <Trouble problem={isShown ? undefined : problem} />
      <footer class="look-footer">
        <button class="button main" disabled={!isChanged} aria-disabled={isBusy}>{common.save}</button>
        <button type="button" class="button" disabled={!isChanged} onClick={() => begin(() => ({ texts: {} }))}>{words.discard}</button>
        <span class="saved" role="status">{isChanged ? words.unsaved : isSaved && <span><Icon name="check" />{common.saved}</span>}</span>
        <button type="button" class="button plain" aria-label={words.resetAll} onClick={() => begin(({ texts: { name } }) => withName(fresh(now), name))}>{words.reset}</button>
      </footer>
    </form>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="subject" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
      </header>
      <div class="stack">{children}</div>
    </section>
  );
}

interface OptionsProps {
  label: string;
  hint: string;
  fault?: string;
  value: string;
  onValue(value: string): void;
  /** By their values. */
  options: Record<string, string>;
}

function Options({ label, hint, fault, value, onValue, options }: OptionsProps): JSX.Element {
  return (
    <div>
      <Choice label={label} value={value} onValue={onValue}>
        {Object.entries(options).map(([one, words]) => (
          <option key={one} value={one}>{words}</option>
        ))}
      </Choice>
      <p class={fault ? 'fault' : 'hint'}>{fault ?? hint}</p>
    </div>
  );
}

/** The browser asks before the tab is closed on what is not saved. Other pages of the console do no harm: the draft waits. */
function useWarning(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isChanged]);
}

function withName({ texts, logo }: Draft, name: string | undefined): Draft {
  return { texts: { ...texts, ...(name !== undefined && { name }) }, logo };
}

/** A problem with a field begins with its name, which stands above it already. */
function wordsOf(problem: Problem | undefined): string {
  const words = problem?.message.replace(/^[\w.]+:? (?=\w)/, '') ?? '';
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
