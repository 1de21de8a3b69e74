import { h } from 'preact';
import type { JSX } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AppRole } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useInbox } from '../inbox/context.ts';
import { useModal } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import type { Place } from '../router.ts';
import { texts } from '../strings/index.ts';
import { groupsOf } from './choices.tsx';
import type { Choice } from './choices.tsx';
import { useFound } from './use-found.ts';

export interface PaletteProps {
  app: AppRole;
  place: Place;
  close(): void;
}

/** Finds people, messages, pages and what can be done, all by the keyboard. */
export function Palette({ app, place, close }: PaletteProps): JSX.Element {
  const id = useId();
  const inbox = useInbox();
  const { router } = useConsole();
  const { palette: words } = texts.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  const [chosen, choose] = useState(0);
  const { found, isPending } = useFound(inbox, query.trim());
  const groups = groupsOf({ router, inbox, app, place, query: query.trim(), found });
  const all = groups.flatMap(({ choices }) => choices);
  const current = Math.min(chosen, all.length - 1);
  const idOf = (choice: Choice | undefined) => choice && `${id}-${choice.key}`;

  useModal(dialog);
  useLayoutEffect(() => {
    dialog.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [current, all.length]);

  const act = (choice: Choice | undefined) => {
    if (!choice) return;
    close();
    // What had the focus before has it again by then.
    requestAnimationFrame(() => choice.act());
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose((current + step + all.length) % Math.max(1, all.length));
    else if (event.key === 'Enter') act(all[current]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label={words.title}
      onPointerDown={(event) => event.target === dialog.current && close()}
      onCancel={(event) => (event.preventDefault(), close())}
      onClose={close}
    >
      <div class="palette-field">
        <Icon name="search" />
        <input
          role="combobox"
          aria-label={words.title}
          aria-expanded={all.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={idOf(all[current])}
          placeholder={words.placeholder}
          autocomplete="off"
          spellcheck={false}
          maxLength={200}
          value={query}
          onInput={({ currentTarget: { value } }) => (setQuery(value), choose(0))}
          onKeyDown={pressed}
        />
      </div>
      <div class="palette-list" id={`${id}-list`} role="listbox" aria-label={words.title} aria-busy={isPending}>
        {groups.map(({ name, choices }) => (
          <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
            <h2 class="nav-title" id={`${id}-${name}`} role="presentation">{words.groups[name]}</h2>
            {choices.map((choice) => (
              <div
                key={choice.key}
                id={idOf(choice)}
                class="palette-choice"
                role="option"
                aria-selected={choice === all[current]}
                onPointerMove={() => choose(all.indexOf(choice))}
                onClick={() => act(choice)}
              >
                {choice.picture}
                <span class="cut" dir="auto">{choice.label}</span>
                {choice.detail && <span class="quiet cut detail">{choice.detail}</span>}
                {choice.hint && <kbd>{choice.hint}</kbd>}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p class="nothing quiet" role="status">{all.length === 0 && !isPending && words.none}</p>
    </dialog>
  );
}
