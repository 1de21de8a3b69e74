import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';

interface MenuProps {
  /** What the button that opens it shows. */
  button: ComponentChildren;
  label: string;
  /** The style of that button. */
  kind: string;
  children: ComponentChildren;
  /** For the keys that open it. */
  name?: string;
}

const items = '[role^=menuitem]:not([aria-disabled=true])';
const gapPx = 4;

/** A button and what it offers, in the layer above all others: the browser closes it with Escape and with a press elsewhere. */
export function Menu({ button, label, kind, children, name }: MenuProps): JSX.Element {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const all = () => [...(list.current?.querySelectorAll<HTMLElement>(items) ?? [])];

  const toggled = (event: ToggleEvent) => {
    const isOpen = event.newState === 'open';
    opener.current?.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen || !opener.current || !list.current) return;
    place(list.current, opener.current);
    (all().find((item) => item.ariaChecked === 'true') ?? all()[0])?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    const found = all();
    const at = found.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Tab') list.current?.hidePopover();
    else if (to !== undefined) {
      event.preventDefault();
      found.at(to % found.length)?.focus();
    } else if (/^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey) {
      event.stopPropagation();
      [...found.slice(at + 1), ...found].find(({ textContent }) => textContent.trim().toLocaleLowerCase().startsWith(event.key.toLocaleLowerCase()))?.focus();
    }
  };
  return (
    <span class="menu-place">
      <button ref={opener} type="button" class={kind} popovertarget={id} aria-haspopup="menu" aria-expanded="false" aria-label={label} title={label} data-menu={name}>
        {button}
      </button>
      <div ref={list} id={id} popover="auto" role="menu" aria-label={label} class="menu" onToggle={toggled} onKeyDown={pressed} onClick={(event) => (event.target as Element).closest(items) && list.current?.hidePopover()}>
        {children}
      </div>
    </span>
  );
}

/** Below its button or above it, and never beyond the window. */
export function place(list: HTMLElement, opener: HTMLElement): void {
  const { left, right, top, bottom } = opener.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list;
  const x = left + width + gapPx > innerWidth ? right - width : left;
  const y = bottom + gapPx + height > innerHeight && top > height ? top - height - gapPx : bottom + gapPx;
  list.style.left = `${Math.max(gapPx, Math.min(x, innerWidth - width - gapPx))}px`;
  list.style.top = `${Math.max(gapPx, Math.min(y, innerHeight - height - gapPx))}px`;
  list.dataset['placed'] = '';
}

interface ItemProps {
  children: ComponentChildren;
  act(): void;
  /** Of a choice: whether it is the one that is made. */
  checked?: boolean;
  /** It is on or off by itself, and no choice among others. */
  isSwitch?: boolean;
  /** The key that does the same. */
  hint?: string;
  isDangerous?: boolean;
}

export function MenuItem({ children, act, checked, isSwitch, hint, isDangerous }: ItemProps): JSX.Element {
  return (
    <button type="button" role={checked === undefined ? 'menuitem' : isSwitch ? 'menuitemcheckbox' : 'menuitemradio'} aria-checked={checked} tabIndex={-1} class={isDangerous ? 'item danger' : 'item'} onClick={act}>
      {children}
      {hint && <kbd>{hint}</kbd>}
    </button>
  );
}

export function MenuLink({ children, href, checked }: { children: ComponentChildren; href: string; checked?: boolean }): JSX.Element {
  return (
    <a role={checked === undefined ? 'menuitem' : 'menuitemradio'} aria-checked={checked} tabIndex={-1} class="item" href={href}>
      {children}
    </a>
  );
}

export function MenuLine(): JSX.Element {
  return <hr />;
}
