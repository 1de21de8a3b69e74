import { h } from 'preact';
import type { JSX } from 'preact';
import { CopyButton } from '../parts/copy.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { securityTexts } from './words.ts';

/** Recovery codes, this once. They are held by the window alone, and gone with it. */
export function RecoveryDialog({ codes, close }: { codes: string[]; close(): void }): JSX.Element {
  const { recovery } = securityTexts.value;
  return (
    <Dialog title={recovery.title} close={close} isKept>
      <div class="stack">
        <p class="quiet">{recovery.lead}</p>
        <ul class="recovery" aria-label={recovery.codes}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <p class="caution">{recovery.once}</p>
        <footer>
          <CopyButton text={codes.join('\n')} words={recovery.copy} />
          <button type="button" class="button main" onClick={close}>{recovery.stored}</button>
        </footer>
      </div>
    </Dialog>
  );
}
