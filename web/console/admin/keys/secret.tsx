import { h } from 'preact';
import type { JSX } from 'preact';
import { Copyable } from '../../parts/copy.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import type { NewKey } from '../api.ts';
import { adminTexts } from '../words.ts';

/** A secret, this once. It is held by the window alone, and gone with it. */
export function SecretDialog({ made: { key, secret }, lead, close }: { made: NewKey; lead: string; close(): void }): JSX.Element {
  const { keys: words } = adminTexts.value;
  return (
    <Dialog title={words.secretTitle} close={close} isKept>
      <div class="stack">
        <p class="quiet">{lead}</p>
        <Copyable label={words.keyId} value={key.id} />
        <Copyable label={words.secret} value={secret} />
        <p class="caution">{words.secretOnce}</p>
        <footer>
          <button type="button" class="button main" onClick={close}>{words.stored}</button>
        </footer>
      </div>
    </Dialog>
  );
}
