import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppRole, Invitation, Role } from '../api/people.ts';
import { roles } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Copyable } from '../parts/copy.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';

interface Invited {
  invitation: Invitation;
  url: string;
}

/** Invites somebody: first who and as what, then the link, which is shown this once. */
export function Invite({ app, close, invited }: { app: AppRole; close(): void; invited(invitation: Invitation): void }): JSX.Element {
  const { people } = texts.value;
  const [done, setDone] = useState<Invited | undefined>();
  const made = (answer: Invited) => {
    setDone(answer);
    invited(answer.invitation);
  };
  return done ? (
    <Dialog title={people.linkTitle} close={close} isKept>
      <div class="stack">
        <p class="quiet">{people.linkLead(done.invitation.email)}</p>
        <Copyable label={people.link} value={done.url} />
        <p class="caution">{people.linkOnce}</p>
        <footer>
          <button type="button" class="button main" onClick={close}>{people.done}</button>
        </footer>
      </div>
    </Dialog>
  ) : (
    <Dialog title={people.inviteTitle(app.name)} close={close}>
      <Question app={app} close={close} made={made} />
    </Dialog>
  );
}

function Question({ app, close, made }: { app: AppRole; close(): void; made(answer: Invited): void }): JSX.Element {
  const { api } = useConsole();
  const { people, common } = texts.value;
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const { run, isBusy, problem } = useAction(async () => made(await api.call<Invited>('POST', `apps/${app.id}/invitations`, { email: email.trim(), role })));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run();
  };
  return (
    <form class="stack" onSubmit={submit}>
      <p class="quiet">{people.inviteLead}</p>
      <Field label={common.email} type="email" autocomplete="off" value={email} onValue={setEmail} required autofocus />
      <RoleChoice role={role} choose={setRole} />
      <Trouble problem={problem} />
      <footer>
        <button type="button" class="button" onClick={close}>{common.cancel}</button>
        <button class="button main" aria-disabled={isBusy}>{people.makeLink}</button>
      </footer>
    </form>
  );
}

function RoleChoice({ role, choose }: { role: Role; choose(role: Role): void }): JSX.Element {
  const { common, roles: names, roleMeans } = texts.value;
  return (
    <fieldset class="labelled">
      <legend>{common.role}</legend>
      <div class="options">
        {roles.map((one) => (
          <label key={one} class="option">
            <input type="radio" name="role" value={one} checked={one === role} onChange={() => choose(one)} />
            <span>
              <strong>{names[one]}</strong>
              <small>{roleMeans[one]}</small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
