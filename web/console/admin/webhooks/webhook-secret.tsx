import { h } from 'preact';
import type { JSX } from 'preact';
import { Copyable } from '../../parts/copy.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { adminTexts } from '../words.ts';

/** The secret of a webhook, this once. It is held by the window alone, and gone with it. */
export function WebhookSecret({ secret, close }: { secret: string; close(): void }): JSX.Element {
  const { webhooks: words } = adminTexts.value;
  return (
    <Dialog title={words.secretTitle} close={close} isKept>
      <div class="stack">
        <p class="quiet">{words.secretLead}</p>
        <Copyable label={words.secret} value={secret} />
        <p class="caution">{words.secretOnce}</p>
        <footer>
          <button type="button" class="button main" onClick={close}>{words.stored}</button>
        </footer>
      </div>
    </Dialog>
  );
}
