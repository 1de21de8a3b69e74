import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { isProtected } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { Confirmation } from '../parts/confirmation.tsx';
import { say } from '../parts/toasts.tsx';
import { FactorRow } from './factor-row.tsx';
import { PasskeysRow } from './passkeys-row.tsx';
import { RecoveryDialog } from './recovery.tsx';
import { TotpDialog } from './totp.tsx';
import { securityTexts } from './words.ts';

/** The second factors of one's own account. Recovery codes are shown before anything else goes on. */
export function Factors(): JSX.Element | null {
  const desk = useConsole();
  const { app, recovery } = securityTexts.value;
  const [asked, setAsked] = useState<'app' | 'app-off' | 'renewal' | undefined>();
  const [codes, setCodes] = useState<string[]>([]);
  const factors = desk.session.value?.factors;
  if (!factors) return null;
  const done = () => setAsked(undefined);
  const changed = async (made: string[] = []) => {
    setCodes(made);
    if (made.length === 0) await desk.resume();
  };
  const stored = () => {
    setCodes([]);
    void desk.resume().catch(() => undefined);
  };
  const turnOff = async () => {
    await desk.api.call('DELETE', 'agent/totp');
    await changed();
    say(app.turnedOff);
  };
  const renew = async () => changed((await desk.api.call<{ recoveryCodes: string[] }>('POST', 'agent/recovery-codes')).recoveryCodes);
  return (
    <>
      <ul class="factors">
        <FactorRow icon="lock" name={app.name} lead={app.lead} isOn={factors.totp}>
          {factors.totp
            ? <button type="button" class="button" onClick={() => setAsked('app-off')}>{app.turnOff}</button>
            : <button type="button" class="button main" onClick={() => setAsked('app')}>{app.setUp}</button>}
        </FactorRow>
        <PasskeysRow changed={changed} />
        {isProtected(factors) && (
          <FactorRow icon="key" name={recovery.name} lead={recovery.lead} badge={recovery.left(factors.recoveryCodes)}>
            <button type="button" class="button" onClick={() => setAsked('renewal')}>{recovery.renew}</button>
          </FactorRow>
        )}
      </ul>
      {asked === 'app' && <TotpDialog close={done} made={changed} />}
      {asked === 'app-off' && <Confirmation title={app.offTitle} lead={app.offLead} submit={app.offSubmit} act={turnOff} close={done} />}
      {asked === 'renewal' && <Confirmation title={recovery.renewTitle} lead={recovery.renewLead} submit={recovery.renewSubmit} act={renew} close={done} />}
      {codes.length > 0 && <RecoveryDialog codes={codes} close={stored} />}
    </>
  );
}
