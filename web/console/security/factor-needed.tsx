import { h } from 'preact';
import type { JSX } from 'preact';
import type { AppRole } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { Gate } from '../pages/gate.tsx';
import { useAction } from '../parts/action.ts';
import { Trouble } from '../parts/trouble.tsx';
import { addressOf } from '../router.ts';
import { texts } from '../strings/index.ts';
import { Factors } from './factors.tsx';
import { securityTexts } from './words.ts';

/** In place of an app that asks for a second factor, as long as the account has none. */
export function FactorNeeded({ app }: { app: AppRole }): JSX.Element {
  const desk = useConsole();
  const { needed } = securityTexts.value;
  const others = (desk.session.value?.apps ?? []).filter(({ needsFactor }) => !needsFactor);
  const { run, problem } = useAction(() => desk.signOut());
  return (
    <Gate title={needed.title} lead={needed.lead(app.name)}>
      <div class="stack">
        <h2 class="hidden">{texts.value.account.security}</h2>
        <Factors />
        <Trouble problem={problem} />
        {others.map(({ id, name }) => <a key={id} class="button wide" href={addressOf({ page: 'inbox', app: id, view: 'waiting' })}>{needed.toApp(name)}</a>)}
        <button type="button" class="button wide" onClick={() => void run()}>{texts.value.account.signOut}</button>
      </div>
    </Gate>
  );
}
