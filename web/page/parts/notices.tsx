import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Avatar } from '../../ui/parts/avatar.tsx';
import { fill } from '../../ui/strings/index.ts';
import { h } from '../../ui/view/h.ts';
import type { Child } from '../../ui/view/h.ts';
import { passesByItself } from '../troubles.ts';
import type { Trouble } from '../troubles.ts';
import type { Visit } from '../visit.ts';

export function Loading({ visit }: { visit: Visit }): JSX.Element {
  return (
    <main class="alone" aria-busy="true">
      <p class="waiting" role="status">
        <i />
        <span>{visit.strings.loading}</span>
      </p>
    </main>
  );
}

/** A link for somebody else than who is signed in: nothing has changed yet. */
export function OtherPerson({ visit }: { visit: Visit }): JSX.Element {
  const { strings, state } = visit;
  const { current = '', next = '', confirm } = state.asked ?? {};
  return (
    <Notice sign={<Avatar name={next} large />} title={fill(strings.otherTitle, { name: next })}>
      <p>{fill(strings.otherText, { current, next })}</p>
      <p>{strings.otherNext}</p>
      <div class="ways">
        <button class="primary" onclick={() => confirm?.()}>
          {fill(strings.otherContinue, { name: next })}
        </button>
        <button class="secondary" onclick={() => visit.stay()}>
          {fill(strings.stay, { name: current })}
        </button>
      </div>
    </Notice>
  );
}

/** Why the chat is not open to this person, and what to do about it. */
export function troublePage(visit: Visit): JSX.Element {
  const { view, state, strings } = visit;
  const trouble = view === 'trouble' ? state.trouble : undefined;
  const name = trouble?.name ?? (view === 'closed' && state.left ? 'left' : (view as Trouble));
  const app = state.app?.app.name ?? location.hostname;
  return (
    <Notice key={name} sign={<Icon name={signs[name] ?? 'alert'} />} title={strings[`${name}Title`]}>
      <p>{fill(strings[`${name}Text`], { app })}</p>
      <p>{fill(strings[`${name}Next`], { app })}</p>
      <Actions visit={visit} name={name} again={trouble?.again} />
      {trouble && <p class="support">{fill(strings.forSupport, { code: trouble.support })}</p>}
    </Notice>
  );
}

const signs: Partial<Record<Trouble, IconName>> = { token_expired: 'clock', expired: 'clock', not_yet_valid: 'clock', token_too_old: 'clock', left: 'tick' };

/** What helps most comes first; whoever is signed in already can always go on. */
function Actions({ visit, name, again }: { visit: Visit; name: Trouble; again?: () => void }): JSX.Element {
  const { person, state, chat, strings } = visit;
  const actions: [string, () => void][] = [];
  if (name === 'insecure') actions.push([strings.openSecurely, () => (location.protocol = 'https:')]);
  if (visit.mayMail) actions.push([strings.byMail, () => visit.askToSignIn(true)]);
  if (again) actions[passesByItself(name) ? 'unshift' : 'push']([strings.tryAgain, again]);
  if (person) actions.push([fill(strings.stay, { name: person }), () => visit.stay()]);
  else if (chat && state.app?.anonymous) actions.push([strings.goOn, () => void visit.goOn()]);
  if (actions.length === 0) actions.push([strings.tryAgain, () => location.reload()]);
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
