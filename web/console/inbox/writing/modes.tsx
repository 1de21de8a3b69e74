import { h } from 'preact';
import type { JSX } from 'preact';
import { texts } from '../../strings/index.ts';
import type { Writing } from '../drafts.ts';

/** Whether one writes to the user or to the team. */
export function Modes({ writing, write }: { writing: Writing; write(writing: Writing): void }): JSX.Element {
  const { composer } = texts.value;
  return (
    <div class="modes" role="group" aria-label={composer.mode}>
      {(['answer', 'note'] as const).map((one) => (
        <button key={one} type="button" aria-pressed={one === writing} onClick={() => write(one)}>{composer[one]}</button>
      ))}
    </div>
  );
}
