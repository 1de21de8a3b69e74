import { h } from 'preact';
import type { JSX } from 'preact';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { texts } from '../../strings/index.ts';

/** Marks variables that nobody filled in: a press selects one in the text. */
export function Unfilled({ left, select }: { left: readonly string[]; select(variable: string): void }): JSX.Element | null {
  const { composer } = texts.value;
  if (left.length === 0) return null;
  return (
    <p class="unfilled">
      <Icon name="alert" />
      <span>{composer.unfilled}</span>
      {left.map((variable) => (
        <button key={variable} type="button" class="plain" dir="ltr" onClick={() => select(variable)}>{variable}</button>
      ))}
    </p>
  );
}

/** Asks before a user sees a variable. */
export function UnfilledDialog({ left, close, send }: { left: readonly string[]; close(): void; send(): void }): JSX.Element {
  const { composer } = texts.value;
  return (
    <Dialog title={composer.unfilledTitle} close={close}>
      <form class="stack" onSubmit={(event) => (event.preventDefault(), close())}>
        <p class="quiet">{composer.unfilledLead(left.join(', '))}</p>
        <footer>
          <button type="button" class="button" onClick={send}>{composer.sendAnyway}</button>
          <button class="button main" autofocus>{composer.fillIn}</button>
        </footer>
      </form>
    </Dialog>
  );
}
