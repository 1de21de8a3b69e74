import { h } from 'preact';
import type { JSX } from 'preact';
import type { Team } from '../../api/teams.ts';
import { Choice } from '../../parts/field.tsx';
import { adminTexts } from '../words.ts';

/** To which team comes what users begin. */
export function Intake({ teams, set }: { teams: readonly Team[]; set(id: string): void }): JSX.Element {
  const { teams: words } = adminTexts.value;
  return (
    <div class="intake">
      <Choice label={words.intake} value={teams.find(({ intake }) => intake)?.id ?? ''} onValue={set}>
        <option value="">{words.intakeNobody}</option>
        {teams.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </Choice>
      <p class="hint">{words.intakeHint}</p>
    </div>
  );
}
