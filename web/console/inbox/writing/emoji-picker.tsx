import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { texts } from '../../strings/index.ts';
import { allEmoji, emojiMeant, fetchEmoji, noteTaken, recentSigns } from './emoji.ts';
import type { Emoji } from './emoji.ts';

const columns = 8;

interface Section {
  title: string;
  emoji: readonly Emoji[];
}

/** All emoji, found as one types. The focus stays in the field; arrows go over the grid. */
export function EmojiPicker({ pick }: { pick(sign: string): void }): JSX.Element {
  const { emoji: words, problems } = texts.value;
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, goTo] = useState(0);
  const [isFailed, setFailed] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    field.current?.focus();
    void fetchEmoji().catch(() => setFailed(true));
  }, []);
  useEffect(() => goTo(0), [query]);
  useEffect(() => list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [at]);

  const all = allEmoji();
  const sections = all ? sectionsOf(all, query, words) : [];
  const shown = sections.flatMap(({ emoji }) => emoji);
  const take = (emoji: Emoji | undefined) => {
    if (!emoji) return;
    noteTaken(emoji.sign);
    pick(emoji.sign);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Enter') take(shown[at]);
    else if (event.key.startsWith('Arrow')) goTo(stepped(sections, at, event.key));
    else return;
    event.preventDefault();
  };
  let index = 0;
  return (
    <div class="emoji-picker" onKeyDown={pressed}>
      <input
        ref={field}
        type="text"
        role="combobox"
        value={query}
        placeholder={words.search}
        aria-label={words.search}
        aria-expanded={shown.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length > 0 ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        autocomplete="off"
        onInput={({ currentTarget }) => setQuery(currentTarget.value)}
      />
      <div ref={list} id={`${id}-list`} class="emoji-list" role="listbox" aria-label={words.open} onPointerDown={(event) => event.preventDefault()}>
        {sections.map(({ title, emoji }) => (
          <div key={title} role="group" aria-label={title}>
            <p class="menu-title" aria-hidden="true">{title}</p>
            <div class="emoji-grid" role="presentation">
              {emoji.map((one) => {
                const place = index++;
                return (
                  <span key={one.sign} id={`${id}-${place}`} role="option" aria-selected={place === at} aria-label={one.name} title={one.name} onClick={() => take(one)}>
                    {one.sign}
                  </span>
                );
              })}
            </div>
          </div>
        ))}
      </div>
      <p class="menu-title" role="status">{isFailed ? problems.unreachable : all && shown.length === 0 ? words.none(query.trim()) : shown[at]?.name}</p>
    </div>
  );
}

/** What one looks for, or else what was taken last and then everything by its group. */
function sectionsOf(all: readonly Emoji[], query: string, { recent, found, groups }: { recent: string; found: string; groups: Record<number, string> }): Section[] {
  if (query.trim()) return [{ title: found, emoji: emojiMeant(all, query) }].filter(({ emoji }) => emoji.length > 0);
  const bySign = new Map(all.map((emoji) => [emoji.sign, emoji]));
  const last = { title: recent, emoji: recentSigns().flatMap((sign) => bySign.get(sign) ?? []) };
  const grouped = Object.entries(groups).map(([group, title]) => ({ title, emoji: all.filter((emoji) => emoji.group === Number(group)) }));
  return [last, ...grouped].filter(({ emoji }) => emoji.length > 0);
}

/** Where an arrow leads: along the row, or to the same column of the row above or below, which may be in another section. */
function stepped(sections: readonly Section[], at: number, key: string): number {
  const rows: number[][] = [];
  let first = 0;
  for (const { emoji } of sections) {
    for (let i = 0; i < emoji.length; i += columns) rows.push(Array.from({ length: Math.min(columns, emoji.length - i) }, (_, k) => first + i + k));
    first += emoji.length;
  }
  const row = rows.findIndex((one) => one.includes(at));
  const column = rows[row]?.indexOf(at) ?? 0;
  if (key === 'ArrowRight') return Math.min(at + 1, first - 1);
  if (key === 'ArrowLeft') return Math.max(at - 1, 0);
  const next = rows[row + (key === 'ArrowDown' ? 1 : -1)];
  return next ? (next[Math.min(column, next.length - 1)] ?? at) : at;
}
