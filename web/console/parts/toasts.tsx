import { signal } from '@preact/signals';
import { h } from 'preact';
import type { JSX } from 'preact';
import { texts } from '../strings/index.ts';
import { keepFocus } from './focus.ts';
import { Icon } from './icon.tsx';

interface Toast {
  id: number;
  words: string;
  isTrouble: boolean;
  undo?(): void;
}

const shownForMs = 6_000;
const toasts = signal<Toast[]>([]);
let count = 0;
/** Whether somebody is about to press one: then none goes. */
let isHeld = false;

/** Says in a corner what was done, and for six seconds how to undo it. */
export function say(words: string, undo?: () => void): void {
  show({ words, undo, isTrouble: false });
}

export function sayTrouble(words: string): void {
  show({ words, isTrouble: true });
}

function show(toast: Omit<Toast, 'id'>): void {
  const id = ++count;
  // The newest one can be undone: two at once would be confused.
  toasts.value = [...toasts.value.filter(({ undo }) => !undo), { id, ...toast }].slice(-3);
  setTimeout(() => expire(id), shownForMs);
}

function expire(id: number): void {
  if (isHeld) setTimeout(() => expire(id), shownForMs);
  else dismiss(id);
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

/** Undoes what was said last, where it can be undone still. */
export function undoLast(): void {
  const last = toasts.value.findLast(({ undo }) => undo);
  if (!last) return;
  dismiss(last.id);
  last.undo?.();
}

export function Toasts(): JSX.Element {
  const { common } = texts.value;
  const pressed = (act: () => void) => {
    isHeld = false;
    keepFocus();
    act();
  };
  const hold = () => (isHeld = true);
  const letGo = () => (isHeld = false);
  return (
    <div class="toasts" role="status" onPointerEnter={hold} onPointerLeave={letGo} onFocusIn={hold} onFocusOut={letGo}>
      {toasts.value.map(({ id, words, undo, isTrouble }) => (
        <div key={id} class={isTrouble ? 'toast bad' : 'toast'}>
          <Icon name={isTrouble ? 'alert' : 'check'} />
          <p>{words}</p>
          {undo && <button type="button" class="plain" onClick={() => pressed(undoLast)}>{common.undo}</button>}
          <button type="button" class="tool" aria-label={common.dismiss} onClick={() => pressed(() => dismiss(id))}>
            <Icon name="cross" />
          </button>
        </div>
      ))}
    </div>
  );
}
