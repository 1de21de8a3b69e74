import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Link, SecondStep, Session } from '../api/people.ts';
import { Problem } from '../api/problem.ts';
import { useConsole } from '../console.ts';
import { addressOf } from '../router.ts';
import { useAction } from '../parts/action.ts';
import { Field } from '../parts/field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { SignOnButton } from '../security/sign-on-button.tsx';
import { texts } from '../strings/index.ts';
import { moment } from '../times.ts';
import { Gate } from './gate.tsx';

const shortestPassword = 8;

/** How much a password is too short, as the server counts: in UTF-8. */
export function missingOf(password: string): number {
  return shortestPassword - new TextEncoder().encode(password).length;
}

/** What a good link asks for. `over` is called where it has come to an end meanwhile. */
export function Acceptance({ token, link, over }: { token: string; link: Link; over(): void }): JSX.Element {
  const desk = useConsole();
  const { welcome, common } = texts.value;
  const [email, setEmail] = useState(link.email ?? '');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [wasTried, setTried] = useState(false);
  const missing = link.hasAccount ? 0 : missingOf(password);

  const { run, isBusy, problem } = useAction(async () => {
    const given = { token, password, ...(!link.email && { email }), ...(!link.hasAccount && { name: name.trim() }) };
    try {
      desk.enter(await desk.api.call<Session | SecondStep>('POST', 'links/accept', given), link.app && addressOf({ page: 'inbox', app: link.app.id, view: 'waiting' }));
    } catch (reason) {
      if (reason instanceof Problem && reason.code === 'link_over') over();
      else throw reason;
    }
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing <= 0) void run();
  };
  return (
    <Gate title={link.app ? welcome.inviteTitle(link.app.name) : welcome.setUpTitle} lead={leadOf(link)}>
      <form class="stack" onSubmit={submit}>
        {!link.hasAccount && <Field label={welcome.yourName} autocomplete="name" hint={welcome.nameHint} value={name} onValue={setName} required maxLength={100} autofocus />}
        <Field label={common.email} type="email" autocomplete="username" value={email} onValue={setEmail} required readOnly={!!link.email} />
        <Field
          label={link.hasAccount ? common.password : welcome.newPassword}
          type="password"
          autocomplete={link.hasAccount ? 'current-password' : 'new-password'}
          hint={link.hasAccount ? undefined : welcome.passwordHint}
          fault={wasTried && missing > 0 ? welcome.passwordShort(missing) : undefined}
          value={password}
          onValue={setPassword}
          required
          autofocus={link.hasAccount}
        />
        <Trouble problem={problem} words={problem?.code === 'wrong_password' ? texts.value.problems.wrongProof : undefined} />
        <button class="button main wide" aria-disabled={isBusy}>{link.hasAccount ? welcome.join : welcome.create}</button>
        {link.app && <SignOnButton path="session/sign-on" to={addressOf({ page: 'inbox', app: link.app.id, view: 'waiting' })} />}
      </form>
      <p class="aside">{welcome.until(moment(link.expiresAt))}</p>
    </Gate>
  );
}

function leadOf({ email = '', admin, role = 'agent', hasAccount, app }: Link): string {
  const { welcome, roles } = texts.value;
  if (admin || !app) return welcome.setUpLead;
  return hasAccount ? welcome.joinLead(email, roles[role]) : welcome.inviteLead(roles[role]);
}
