import { counted, fill } from '../../ui/strings/index.ts';
import { h } from '../../ui/view/h.ts';
import type { Child } from '../../ui/view/h.ts';
import type { MailSignIn } from '../mail.ts';
import type { PageStrings } from '../strings/index.ts';
import type { Visit } from '../visit.ts';
import { Notice } from './notices.tsx';

/** Signing in by e-mail: the address, then the code that came to it. */
export function MailForm({ visit }: { visit: Visit }): JSX.Element {
  const { mail, state, chat, strings } = visit;
  const mayGoBack = state.app?.anonymous && chat?.client.presence !== 'expired';
  return (
    <Notice sign={<Envelope />} title={mail.step === 'code' ? strings.codeTitle : fill(strings.mailTitle, { app: state.app?.app.name ?? '' })}>
      {state.left && mail.step === 'address' && <p class="told" role="status">{strings.signedOut}</p>}
      {mail.step === 'address' ? addressForm(visit) : codeForm(visit)}
      {mayGoBack && mail.step === 'address' && (
        <button class="link" onclick={() => visit.askToSignIn(false)}>
          {strings.back}
        </button>
      )}
    </Notice>
  );
}

function Envelope(): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M5.5 5h13A2.5 2.5 0 0 1 21 7.5v9a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 16.5v-9A2.5 2.5 0 0 1 5.5 5zM3.5 7.5l8.5 6 8.5-6" />
    </svg>
  );
}

function addressForm({ mail, strings }: Visit): JSX.Element {
  return (
    <form class="entry" key="address" onsubmit={(event) => submit(event, () => mail.send())}>
      <p id="explained">{strings.mailText}</p>
      <label for="email">{strings.mailAddress}</label>
      <input
        id="email"
        type="email"
        autocomplete="email"
        required
        dir="ltr"
        aria-describedby="fault explained"
        aria-invalid={mail.fault !== undefined}
        value={mail.email}
        drawn={focusOnce}
        oninput={(event) => mail.write({ email: event.currentTarget.value })}
      />
      {faultOf(mail, strings)}
      <button class="primary" disabled={mail.busy}>
        {strings.mailSend}
      </button>
    </form>
  );
}

function codeForm({ mail, strings }: Visit): JSX.Element {
  return (
    <form class="entry" key="code" onsubmit={(event) => submit(event, () => mail.signIn())}>
      <p id="explained" role="status">{fill(strings.codeText, { email: mail.email.trim() })}</p>
      <label for="code">{strings.code}</label>
      <input
        id="code"
        class="digits"
        type="text"
        inputmode="numeric"
        autocomplete="one-time-code"
        dir="ltr"
        aria-describedby="fault explained"
        aria-invalid={mail.fault !== undefined}
        value={mail.code}
        drawn={focusOnce}
        oninput={(event) => mail.write({ code: event.currentTarget.value })}
      />
      {faultOf(mail, strings)}
      <button class="primary" disabled={mail.busy}>
        {strings.signIn}
      </button>
      <p class="others">
        <button type="button" class="link" onclick={() => mail.restart()}>
          {strings.codeAnother}
        </button>
        <button type="button" class="link" disabled={mail.busy || mail.wait > 0} onclick={() => void mail.send()}>
          {mail.wait > 0 ? fill(strings.codeAgainIn, { seconds: mail.wait }) : strings.codeAgain}
        </button>
      </p>
    </form>
  );
}

function faultOf({ fault, count }: MailSignIn, strings: PageStrings): Child {
  return (
    <p id="fault" class="fault" role="alert">
      {fault && textOf(fault, count, strings)}
    </p>
  );
}

function textOf(fault: NonNullable<MailSignIn['fault']>, count: number | undefined, strings: PageStrings): string {
  switch (fault) {
    case 'code':
      return count ? counted(strings, 'faultCode', count) : strings.faultCode;
    case 'rate':
      return count ? counted(strings, 'faultRate', count) : strings.faultRate;
    case 'digits':
      return strings.faultDigits;
    case 'unavailable':
      return strings.faultUnavailable;
    case 'mail':
      return strings.faultMail;
    case 'off':
      return strings.faultOff;
    case 'unknown':
      return strings.faultUnknown;
  }
}

function submit(event: Event, act: () => Promise<void>): void {
  event.preventDefault();
  void act();
}

const focused = new WeakSet<Element>();

/** A field that comes into view has the focus, once. */
function focusOnce(field: HTMLInputElement): void {
  if (focused.has(field)) return;
  focused.add(field);
  field.focus();
}
