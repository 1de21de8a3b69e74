import { h } from 'preact';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

interface SwitchProps {
  label: string;
  hint?: string;
  fault?: string;
  isOn: boolean;
  toggle(isOn: boolean): void;
  isBusy?: boolean;
  /** Whether what is switched stands beside it already. */
  isLabelHidden?: boolean;
}

/** On or off. */
export function Switch({ label, hint, fault, isOn, toggle, isBusy, isLabelHidden }: SwitchProps): JSX.Element {
  const id = useId();
  const below = fault ?? hint;
  return (
    <div class="switch-line">
      <input id={id} type="checkbox" role="switch" class="switch" checked={isOn} disabled={isBusy} aria-describedby={below ? `${id}-below` : undefined} onChange={({ currentTarget }) => toggle(currentTarget.checked)} />
      <div>
        <label for={id} class={isLabelHidden ? 'hidden' : undefined}>{label}</label>
        {below && <p id={`${id}-below`} class={fault ? 'fault' : 'hint'}>{below}</p>}
      </div>
    </div>
  );
}
