import { h } from 'preact';
import type { JSX } from 'preact';
import type { AppRole, FactorRule } from '../api/people.ts';
import { factorRules } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Choice } from '../parts/field.tsx';
import { say } from '../parts/toasts.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';

/** Of whom in an app a second factor is asked. */
export function FactorRuleChoice({ app, rule, changed }: { app: AppRole; rule: FactorRule; changed(rule: FactorRule): void }): JSX.Element {
  const { api } = useConsole();
  const { people } = texts.value;
  const { run, problem } = useAction(async (to: FactorRule) => {
    changed(to);
    try {
      await api.call('PUT', `apps/${app.id}/factors`, { factors: to });
    } catch (reason) {
      changed(rule);
      throw reason;
    }
    say(people.factorsSaved);
  });
  return (
    <section class="subject" aria-labelledby="factor-rule">
      <header>
        <div>
          <h2 id="factor-rule">{people.factorRule}</h2>
          <p class="quiet">{people.factorRuleLead}</p>
        </div>
      </header>
      <Choice hidden label={people.factorRule} value={rule} onValue={(to) => void run(to as FactorRule)}>
        {factorRules.map((one) => <option key={one} value={one}>{people.factorRules[one]}</option>)}
      </Choice>
      <Trouble problem={problem} words={problem?.code === 'second_factor_needed' ? people.ownFactorFirst : undefined} />
    </section>
  );
}
