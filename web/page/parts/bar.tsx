import { Icon } from '../../ui/icons.tsx';
import { Avatar } from '../../ui/parts/avatar.tsx';
import { h } from '../../ui/view/h.ts';
import type { Child } from '../../ui/view/h.ts';
import type { Visit } from '../visit.ts';

/** Whose chat this is, and who is here. Where there is little room, the messenger's own header says whose. */
export function Bar({ visit }: { visit: Visit }): JSX.Element {
  const { app } = visit.state;
  const account = accountOf(visit);
  return (
    <header class={`bar${visit.view === 'messenger' ? ' over' : ''}${account ? '' : ' plain'}`}>
      {app && (
        <p class="brand">
          {app.logo ? <img class="logo" src={app.logo} alt="" onerror={({ currentTarget }) => (currentTarget.hidden = true)} /> : <Avatar name={app.app.name} />}
          <span dir="auto">{app.app.name}</span>
        </p>
      )}
      {account}
    </header>
  );
}

function accountOf(visit: Visit): Child {
  const { view, person, state, strings } = visit;
  if (view !== 'messenger' && view !== 'other-person') return undefined;
  if (person !== undefined) {
    return (
      <div class="account" key="person">
        <Avatar name={person} />
        <span class="person" dir="auto">{person}</span>
        {view === 'messenger' && (
          <button class="quiet" disabled={state.leaving} onclick={() => void visit.signOut()}>
            {state.leaving ? strings.signingOut : strings.signOut}
          </button>
        )}
      </div>
    );
  }
  if (view !== 'messenger' || !(visit.mayMail || state.left)) return undefined;
  return (
    <div class="account" key="nobody">
      <span class="person" role="status">{state.left && [<Icon name="tick" />, strings.signedOut]}</span>
      {visit.mayMail && (
        <button class="quiet" onclick={() => visit.askToSignIn(true)}>
          {strings.signIn}
        </button>
      )}
    </div>
  );
}
