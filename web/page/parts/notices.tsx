import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Avatar } from '../../ui/parts/avatar.tsx';
import { fill } from '../../ui/strings/index.ts';
import { h } from '../../ui/view/h.ts';
import type { Child } from '../../ui/view/h.ts';
import { en } from '../strings/en.ts';
import { passesByItself } from '../troubles.ts';
import type { Trouble } from '../troubles.ts';
import type { Visit } from '../visit.ts';

export function Loading(): JSX.Element {
  return (
    <main class="alone" aria-busy="true">
      <p class="waiting" role="status">
        <i />
        <span>{en.loading}</span>
      </p>
    </main>
  );
}

/** A link for somebody else than who is signed in: nothing has changed yet. */
export function OtherPerson({ visit }: { visit: Visit }): JSX.Element {
  const { current = '', next = '', confirm } = visit.state.asked ?? {};
  return (
    <Notice sign={<Avatar name={next} large />} title={fill(en.otherTitle, { name: next })}>
      <p>{fill(en.otherText, { current, next })}</p>
      <p>{en.otherNext}</p>
      <div class="ways">
        <button class="primary" onclick={() => confirm?.()}>
          {fill(en.otherContinue, { name: next })}
        </button>
        <button class="secondary" onclick={() => visit.stay()}>
          {fill(en.stay, { name: current })}
        </button>
      </div>
    </Notice>
  );
}

/** Why the chat is not open to this person, and what to do about it. */
export function troublePage(visit: Visit): JSX.Element {
  const { view, state } = visit;
  const trouble = view === 'trouble' ? state.trouble : undefined;
  const name = trouble?.name ?? (view === 'closed' && state.left ? 'left' : (view as Trouble));
  const app = state.app?.app.name ?? location.hostname;
  return (
    <Notice key={name} sign={<Icon name={signs[name] ?? 'alert'} />} title={en[`${name}Title`]}>
      <p>{fill(en[`${name}Text`], { app })}</p>
      <p>{fill(en[`${name}Next`], { app })}</p>
      <Actions visit={visit} name={name} again={trouble?.again} />
      {trouble && <p class="support">{fill(en.forSupport, { code: trouble.support })}</p>}
    </Notice>
  );
}

const signs: Partial<Record<Trouble, IconName>> = { token_expired: 'clock', expired: 'clock', not_yet_valid: 'clock', token_too_old: 'clock', left: 'tick' };

/** What helps most comes first; whoever is signed in already can always go on. */
function Actions({ visit, name, again }: { visit: Visit; name: Trouble; again?: () => void }): JSX.Element {
  const { person, state, chat } = visit;
  const actions: [string, () => void][] = [];
  if (name === 'insecure') actions.push([en.openSecurely, () => (location.protocol = 'https:')]);
  if (visit.mayMail) actions.push([en.byMail, () => visit.askToSignIn(true)]);
  if (again) actions[passesByItself(name) ? 'unshift' : 'push']([en.tryAgain, again]);
  if (person) actions.push([fill(en.stay, { name: person }), () => visit.stay()]);
  else if (chat && state.app?.anonymous) actions.push([en.goOn, () => void visit.goOn()]);
  if (actions.length === 0) actions.push([en.tryAgain, () => location.reload()]);
  return (
    <div class="ways">
      {actions.map(([name, act], i) => (
        <button key={name} class={i === 0 ? 'primary' : 'secondary'} onclick={act}>
          {name}
        </button>
      ))}
    </div>
  );
}

/** A page without a composer: one thing to say, and what to do. */
export function Notice({ sign, title, children }: { sign: Child; title: string; children?: Child }): JSX.Element {
  return (
    <main class="alone">
      <div class="notice-body">
        <div class="sign">{sign}</div>
        <h1 tabindex={-1}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
