import { h } from 'preact';
import type { JSX } from 'preact';
import type { AppRole, Invitation } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Face } from '../parts/face.tsx';
import { say } from '../parts/toasts.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';
import { until } from '../times.ts';

/** Somebody who has a link and has not opened it. */
export function InvitationRow({ app, invitation: { id, email, role, expiresAt }, canRule, withdrawn }: { app: AppRole; invitation: Invitation; canRule: boolean; withdrawn(): void }): JSX.Element {
  const { api } = useConsole();
  const { people, roles } = texts.value;
  const { run, isBusy, problem } = useAction(async () => {
    await api.call('DELETE', `apps/${app.id}/invitations/${id}`);
    say(people.withdrawn(email));
    withdrawn();
  });
  return (
    <li class="invited">
      <Face name={email} />
      <p class="who">
        <span class="cut">{email}</span>
      </p>
      <Trouble problem={problem} />
      <span class="quiet when">{people.until(until(expiresAt))}</span>
      <span class="fixed">{roles[role]}</span>
      {canRule && <button type="button" class="button" aria-label={`${people.withdraw}: ${email}`} aria-disabled={isBusy} onClick={() => void run()}>{people.withdraw}</button>}
    </li>
  );
}
