import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { texts } from '../strings/index.ts';
import { Icon } from './icon.tsx';

interface FieldProps {
  label: string;
  value: string;
  onValue(value: string): void;
  type?: 'text' | 'email' | 'password';
  autocomplete?: string;
  hint?: string;
  fault?: string;
  placeholder?: string;
  required?: boolean;
  readOnly?: boolean;
  minLength?: number;
  maxLength?: number;
  autofocus?: boolean;
  inputMode?: 'numeric';
}

/** A line to write in, with what it is for above and what is to be known below. */
export function Field({ label, value, onValue, hint, fault, type = 'text', autofocus, ...rest }: FieldProps): JSX.Element {
  const id = useId();
  const [isShown, setShown] = useState(false);
  const isSecret = type === 'password';
  const kind = (isSecret && isShown ? 'text' : type) as 'text';
  const below = fault ?? hint;
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <div class="field-line">
        <input
          {...rest}
          id={id}
          type={kind}
          value={value}
          onInput={({ currentTarget }) => onValue(currentTarget.value)}
          aria-describedby={below ? `${id}-below` : undefined}
          aria-invalid={fault ? true : undefined}
          autocapitalize={type === 'text' ? undefined : 'none'}
          spellcheck={type === 'text' ? undefined : false}
          ref={autofocus ? focusOnce : undefined}
          autofocus={autofocus}
        />
        {isSecret && <Reveal isShown={isShown} toggle={() => setShown(!isShown)} />}
      </div>
      {below && <p id={`${id}-below`} class={fault ? 'mistake' : 'hint'}>{below}</p>}
    </div>
  );
}

/** A choice of a few, as the system shows it. */
export function Choice({ label, value, onValue, children, hidden }: { label: string; value: string; onValue(value: string): void; children: ComponentChildren; hidden?: boolean }): JSX.Element {
  const id = useId();
  return (
    <div class={hidden ? 'choice' : 'labelled'}>
      <label for={id} class={hidden ? 'hidden' : undefined}>{label}</label>
      <span class="select">
        <select id={id} value={value} onChange={({ currentTarget }) => onValue(currentTarget.value)}>
          {children}
        </select>
        <Icon name="chevron" />
      </span>
    </div>
  );
}

function Reveal({ isShown, toggle }: { isShown: boolean; toggle(): void }): JSX.Element {
  const { common } = texts.value;
  const name = isShown ? common.hidePassword : common.showPassword;
  return (
    <button type="button" class="tool" aria-pressed={isShown} aria-label={name} title={name} onClick={toggle}>
      <Icon name="eye" />
    </button>
  );
}

/** Where a page begins to be written in; a finger would rather see the page than a keyboard over it. */
function focusOnce(input: HTMLInputElement | null): void {
  if (matchMedia('(pointer: fine)').matches) input?.focus();
}
