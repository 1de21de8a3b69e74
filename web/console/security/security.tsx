import { h } from 'preact';
import type { JSX } from 'preact';
import { Dialog } from '../parts/dialog.tsx';
import { texts } from '../strings/index.ts';
import { Factors } from './factors.tsx';
import { securityTexts } from './words.ts';

/** What opens one's own account. */
export function Security({ close }: { close(): void }): JSX.Element {
  const { lead } = securityTexts.value;
  return (
    <Dialog title={texts.value.account.security} close={close} wide>
      <div class="stack">
        <p class="quiet">{lead}</p>
        <Factors />
      </div>
    </Dialog>
  );
}
