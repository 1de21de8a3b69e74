import { h } from 'preact';
import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../strings/index.ts';
import { keepFocus } from './focus.ts';
import { Icon } from './icon.tsx';

interface DialogProps {
  title: string;
  close(): void;
  children: ComponentChildren;
  /** Whether a press beside it, or Escape, closes it: not where something would be lost by that. */
  isKept?: boolean;
  wide?: boolean;
}

/** Opens it as long as it is drawn, and gives the focus back then. What had it may be gone with what the window was about. */
export function useModal(dialog: RefObject<HTMLDialogElement | null>): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
      keepFocus(before);
    };
  }, []);
}

/** A window over the page, which the browser keeps the focus in. */
export function Dialog({ title, close, children, isKept, wide }: DialogProps): JSX.Element {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useModal(dialog);
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
