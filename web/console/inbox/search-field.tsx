import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useConsole } from '../console.ts';
import { useKeys } from '../keys.ts';
import { Icon } from '../parts/icon.tsx';
import { texts } from '../strings/index.ts';
import { listOf } from './inbox-page.tsx';
import type { InboxPlace } from './inbox-page.tsx';

const afterMs = 150;
const longest = 200;

/** Looks for messages and notes. What is looked for stands in the address. */
export function SearchField({ place }: { place: InboxPlace }): JSX.Element {
  const { router } = useConsole();
  const { search } = texts.value;
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(place.query ?? '');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // The address may change by other ways: back, or a view that is chosen.
  useEffect(() => {
    if ((place.query ?? '') !== text.trim()) setText(place.query ?? '');
  }, [place.query]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const look = (query: string) => {
    clearTimeout(timer.current);
    // Where one is may have changed since one typed.
    const { value: here } = router.place;
    if (here.page !== 'inbox' || query === (here.query ?? '')) return;
    router.go({ ...here, query: query || undefined, ...(!query && { at: undefined }) }, here.query ? 'replace' : 'push');
  };
  const typed = (value: string) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => look(value.trim()), value ? afterMs : 0);
  };
  const clear = () => {
    setText('');
    look('');
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const result = document.querySelector<HTMLElement>('.list-pane .virtual a[tabindex="0"]');
    if (event.key === 'Escape') {
      clear();
      field.current?.blur();
    } else if (event.key === 'ArrowDown' && result) result.focus();
    else if (event.key === 'Enter') look(text.trim());
    else return;
    event.preventDefault();
  };
  useKeys({
    '/': () => {
      // On a narrow window the list is behind the conversation.
      if (field.current?.offsetParent === null) router.go(listOf(place));
      requestAnimationFrame(() => field.current?.select());
    },
  });
  return (
    <search class="search-field">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        aria-label={search.label}
        placeholder={search.label}
        aria-keyshortcuts="/"
        autocomplete="off"
        spellcheck={false}
        maxLength={longest}
        value={text}
        onInput={({ currentTarget: { value } }) => typed(value)}
        onKeyDown={pressed}
      />
      {text ? (
        <button type="button" class="tool" aria-label={search.clear} title={search.clear} onClick={() => (clear(), field.current?.focus())}>
          <Icon name="cross" />
        </button>
      ) : (
        <kbd aria-hidden="true">/</kbd>
      )}
    </search>
  );
}
