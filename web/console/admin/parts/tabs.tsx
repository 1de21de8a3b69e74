import { h } from 'preact';
import type { JSX } from 'preact';

interface TabsProps<Name extends string> {
  label: string;
  tabs: Record<Name, string>;
  chosen: Name;
  choose(name: Name): void;
  /** The id of what they change. */
  panel: string;
}

/** A row of which one is chosen; arrows go along it. */
export function Tabs<Name extends string>({ label, tabs, chosen, choose, panel }: TabsProps<Name>): JSX.Element {
  const names = Object.keys(tabs) as Name[];
  const pressed = (event: KeyboardEvent) => {
    const at = names.indexOf(chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : names.at(to % names.length);
    if (!next) return;
    event.preventDefault();
    choose(next);
    (event.currentTarget as Element).querySelectorAll<HTMLElement>('[role=tab]')[names.indexOf(next)]?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={pressed}>
      {names.map((name) => (
        <button key={name} type="button" role="tab" aria-selected={name === chosen} aria-controls={panel} tabIndex={name === chosen ? 0 : -1} onClick={() => choose(name)}>
          {tabs[name]}
        </button>
      ))}
    </div>
  );
}
