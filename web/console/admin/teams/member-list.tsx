import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Agent } from '../../api/people.ts';
import { Face } from '../../parts/face.tsx';
import { Field } from '../../parts/field.tsx';
import { adminTexts } from '../words.ts';

interface MemberListProps {
  agents: readonly Agent[];
  /** Their ids. */
  chosen: readonly string[];
  choose(ids: readonly string[]): void;
}

/** From so many on, people are looked for. */
const searchedFrom = 9;

/** Who is in the team, among all who answer in the app; beside them, whether they would be given anything now. */
export function MemberList({ agents, chosen, choose }: MemberListProps): JSX.Element {
  const { teams: words } = adminTexts.value;
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = agents.filter(({ name, email = '' }) => `${name} ${email}`.toLocaleLowerCase().includes(wanted));
  const turn = (id: string, isIn: boolean) => choose(isIn ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    <fieldset class="labelled">
      <legend>{words.members}</legend>
      {agents.length >= searchedFrom && <Field label={words.filter} value={filter} onValue={setFilter} autocomplete="off" />}
      <ul class="members">
        {shown.map(({ id, name, away, available }) => (
          <li key={id}>
            <label class="member">
              <input type="checkbox" checked={chosen.includes(id)} onChange={({ currentTarget }) => turn(id, currentTarget.checked)} />
              <Face name={name} size="tiny" />
              <span class="cut" dir="auto">{name}</span>
              <small class={available ? 'at-end good' : 'at-end quiet'}>{away ? words.away : available ? words.here : words.gone}</small>
            </label>
          </li>
        ))}
      </ul>
      {chosen.length === 0 && <p class="hint">{words.noMembers}</p>}
    </fieldset>
  );
}
