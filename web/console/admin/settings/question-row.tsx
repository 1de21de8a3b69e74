import { h } from 'preact';
import type { JSX } from 'preact';
import { Choice, Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Switch } from '../../parts/switch.tsx';
import { Area } from '../parts/area.tsx';
import { adminTexts } from '../words.ts';
import { questionKinds } from './question-drafts.ts';
import type { Draft, QuestionKind } from './question-drafts.ts';

interface QuestionRowProps {
  place: number;
  count: number;
  draft: Draft;
  change(part: Partial<Draft>): void;
  move(by: number): void;
  remove(): void;
  fault?: { part: string; words: string };
}

/** One question: what it asks, how it is answered, and where it stands among the others. */
export function QuestionRow({ place, count, draft: { label, kind, lines, required, name }, change, move, remove, fault }: QuestionRowProps): JSX.Element {
  const { questions: words } = adminTexts.value.settings;
  const title = label || words.unnamed(place + 1);
  const faultAt = (part: string) => (fault?.part === part ? fault.words : undefined);
  const other = fault && fault.part !== 'label' && fault.part !== 'options' ? fault.words : undefined;
  return (
    <div role="group" aria-label={title}>
      <div class="question">
        <Field label={words.label} value={label} onValue={(value) => change({ label: value })} fault={faultAt('label')} maxLength={128} autocomplete="off" required autofocus={!name && !label} />
        <Choice label={words.kind} value={kind} onValue={(value) => change({ kind: value as QuestionKind })}>
          {questionKinds.map((one) => <option key={one} value={one}>{words.kinds[one]}</option>)}
        </Choice>
        <div class="tools">
          <Tool icon="chevron" turned name={words.up(title)} by={-1} isOff={place === 0} act={() => move(-1)} />
          <Tool icon="chevron" name={words.down(title)} by={1} isOff={place === count - 1} act={() => move(1)} />
          <Tool icon="trash" name={words.remove(title)} act={remove} />
        </div>
      </div>
      {kind === 'choice' && <Area label={words.options} hint={words.optionsHint} value={lines} onValue={(value) => change({ lines: value })} fault={faultAt('options')} rows={Math.min(8, Math.max(3, lines.split('\n').length + 1))} />}
      <Switch label={words.required} isOn={required} toggle={(isOn) => change({ required: isOn })} />
      {other && <p class="fault" role="alert">{other}</p>}
    </div>
  );
}

interface ToolProps {
  icon: 'chevron' | 'trash';
  name: string;
  act(): void;
  turned?: boolean;
  by?: number;
  isOff?: boolean;
}

/** Where it does nothing it says so, and keeps the focus. */
function Tool({ icon, name, act, turned, by, isOff }: ToolProps): JSX.Element {
  return (
    <button type="button" class={turned ? 'tool turned' : 'tool'} aria-label={name} title={name} aria-disabled={isOff} data-move={by} onClick={() => !isOff && act()}>
      <Icon name={icon} />
    </button>
  );
}
