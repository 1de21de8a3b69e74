import { h } from 'preact';
import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { fetched } from '../../parts/fetched.tsx';
import { Icon } from '../../parts/icon.tsx';
import { place } from '../../parts/menu.tsx';
import { texts } from '../../strings/index.ts';

const Picker = fetched(async () => (await import('./emoji-picker.tsx')).EmojiPicker);

/** Opens the emoji, in the layer above all others: the browser closes it with Escape and with a press elsewhere. */
export function EmojiButton({ pick, name }: { pick(sign: string): void; name: string }): JSX.Element {
  const { emoji: words } = texts.value;
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const toggled = (event: ToggleEvent) => {
    const opens = event.newState === 'open';
    setOpen(opens);
    if (opens && panel.current && opener.current) place(panel.current, opener.current);
  };
  const picked = (sign: string) => {
    panel.current?.hidePopover();
    pick(sign);
  };
  return (
    <span class="menu-place">
      <button ref={opener} type="button" class="tool" popovertarget={id} aria-haspopup="dialog" aria-expanded={isOpen} aria-label={words.open} title={words.open} data-menu={name}>
        <Icon name="smile" />
      </button>
      <div ref={panel} id={id} popover="auto" role="dialog" aria-label={words.open} class="menu emoji-panel" onToggle={toggled}>
        {isOpen && <Picker pick={picked} />}
      </div>
    </span>
  );
}
