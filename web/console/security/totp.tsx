import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Copyable } from '../parts/copy.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { say } from '../parts/toasts.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';
import { pathOf, quietZone } from './qr.ts';
import { securityTexts } from './words.ts';

interface SetUp {
  secret: string;
  qr: string[];
}

/** Hands a secret to the phone, and asks for a code of it before it counts. `made` is given the recovery codes of an account that had none. */
export function TotpDialog({ close, made }: { close(): void; made(recoveryCodes: string[]): Promise<void> }): JSX.Element {
  const { api } = useConsole();
  const { app } = securityTexts.value;
  const { common } = texts.value;
  const [set, setSet] = useState<SetUp | undefined>();
  const [code, setCode] = useState('');
  const begin = useAction(async () => setSet(await api.call<SetUp>('POST', 'agent/totp')));
  const end = useAction(async () => {
    const { recoveryCodes } = await api.call<{ recoveryCodes: string[] }>('PUT', 'agent/totp', { code });
    close();
    say(app.turnedOn);
    await made(recoveryCodes);
  });
  useEffect(() => void begin.run(), []);
  // Whoever would rather not confirm that it is them sets nothing up.
  useEffect(() => {
    if (begin.problem?.code === 'proof_needed') close();
  }, [begin.problem]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (code.trim()) void end.run();
  };
  return (
    <Dialog title={app.title} close={close}>
      <form class="stack" onSubmit={submit}>
        {set && (
          <>
            <p class="quiet">{app.scan}</p>
            <QrCode rows={set.qr} label={app.picture} />
            <Copyable label={app.key} value={set.secret} />
            <Field label={app.code} hint={app.codeHint} inputMode="numeric" autocomplete="one-time-code" value={code} onValue={setCode} required autofocus />
          </>
        )}
        <Trouble problem={begin.problem ?? end.problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{common.cancel}</button>
          <button class="button main" disabled={!set} aria-disabled={end.isBusy}>{app.confirm}</button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Dark on light in either theme: cameras read no other. */
function QrCode({ rows, label }: { rows: string[]; label: string }): JSX.Element {
  const side = rows.length + 2 * quietZone;
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <path d={pathOf(rows)} />
    </svg>
  );
}
