import { useEffect, useRef } from 'preact/hooks';

/** By key, as `KeyboardEvent.key` has it; `mod+` is Ctrl or, on a Mac, ⌘; `g i` is one after the other. */
export type Keys = Record<string, (event: KeyboardEvent) => unknown>;

const nextWithinMs = 1_000;
let first = { key: '', at: 0 };

/** The name of a press among {@link Keys}; undefined where it belongs to whatever has the focus. */
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>): string | undefined {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (altKey) return undefined;
  if (ctrlKey || metaKey) return `mod+${key.toLowerCase()}`;
  if (target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog, [role=menu]')) return undefined;
  return key.length === 1 ? key.toLowerCase() : key;
}

/** Heeds keys as long as it is drawn. A press that something else has taken, and one in a field, is none of them. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const name = event.defaultPrevented || event.isComposing ? undefined : nameOf(event);
      if (!name) return;
      const both = event.timeStamp - first.at < nextWithinMs ? `${first.key} ${name}` : name;
      const act = current.current[both] ?? current.current[name];
      if (act && act(event) !== false) event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

/** Does what a key does. */
export function press(key: string): void {
  dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
}

/** Notes each press after everybody has heard of it, for the one that comes after it. */
addEventListener('keydown', (event) => queueMicrotask(() => (first = { key: nameOf(event) ?? '', at: event.timeStamp })));
