import { Fragment, h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Choice, Completion } from './completion.ts';

interface ChoicesProps {
  id: string;
  label: string;
  choices: readonly Choice[];
  completion: Completion;
  /** What is said where there are none. */
  children?: ComponentChildren;
}

/** What a word may become, above the field: the focus stays in the text. */
export function Choices({ id, label, choices, completion, children }: ChoicesProps): JSX.Element {
  const { at, pick } = completion;
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [at, choices]);
  const preview = choices[at]?.preview;
  return (
    // A press must not take the focus out of the text.
    <div class="choices-place" onPointerDown={(event) => event.preventDefault()}>
      {choices.length > 0 ? (
        <>
          <ul ref={list} id={id} class="choice-list" role="listbox" aria-label={label}>
            {choices.map((choice, i) => (
              <li key={choice.key} id={`${id}-${i}`} role="option" aria-selected={i === at} onPointerMove={() => completion.goTo(i)} onClick={() => void pick(choice)}>
                <span class="choice-name cut">{choice.name}</span>
                <span class="quiet cut">{choice.detail}</span>
              </li>
            ))}
          </ul>
          {preview !== undefined && <p class="choice-preview" dir="auto">{preview}</p>}
        </>
      ) : (
        <div class="choice-none quiet">{children}</div>
      )}
    </div>
  );
}
