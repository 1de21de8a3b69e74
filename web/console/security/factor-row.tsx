import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon.tsx';
import { securityTexts } from './words.ts';

interface FactorRowProps {
  icon: IconName;
  name: string;
  lead: string;
  isOn?: boolean;
  /** In place of whether it is on. */
  badge?: string;
  /** What can be done with it. */
  children: ComponentChildren;
  /** What there is of it. */
  below?: ComponentChildren;
}

export function FactorRow({ icon, name, lead, isOn, badge, children, below }: FactorRowProps): JSX.Element {
  const { on, off } = securityTexts.value;
  return (
    <li>
      <Icon name={icon} />
      <div>
        <h3>
          {name} <span class={`badge ${isOn ? 'good' : ''}`}>{badge ?? (isOn ? on : off)}</span>
        </h3>
        <p class="quiet">{lead}</p>
      </div>
      {children}
      {below}
    </li>
  );
}
