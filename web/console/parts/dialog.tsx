import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../strings/index.ts';
import { Icon } from './icon.tsx';

interface DialogProps {
  title: string;
  close(): void;
  children: ComponentChildren;
  /** Whether a press beside it, or Escape, closes it: not where something would be lost by that. */
  isKept?: boolean;
  wide?: boolean;
}

/** A window over the page, which the browser keeps the focus in, and gives it back after. */
export function Dialog({ title, close, children, isKept, wide }: DialogProps): JSX.Element {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => before instanceof HTMLElement && before.focus();
  }, []);
  const pressed = (event: MouseEvent) => !isKept && event.target === dialog.current && close();
  // Browsers let nobody keep a window open against a second Escape: then it closes.
  const cancelled = (event: Event) => {
    event.preventDefault();
    if (!isKept) close();
  };
  return (
    <dialog ref={dialog} class={wide ? 'wide' : undefined} aria-labelledby={id} onPointerDown={pressed} onCancel={cancelled} onClose={close}>
      <div class="dialog">
        <header>
          <h2 id={id}>{title}</h2>
          {!isKept && (
            <button type="button" class="tool" aria-label={texts.value.common.close} onClick={close}>
              <Icon name="cross" />
            </button>
          )}
        </header>
        {children}
      </div>
    </dialog>
  );
}
