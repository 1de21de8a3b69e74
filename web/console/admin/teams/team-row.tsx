import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Team } from '../../api/teams.ts';
import { useConsole } from '../../console.ts';
import { Confirmation } from '../../parts/confirmation.tsx';
import { Face } from '../../parts/face.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu, MenuItem, MenuLine } from '../../parts/menu.tsx';
import { say } from '../../parts/toasts.tsx';
import { adminTexts } from '../words.ts';

interface TeamRowProps {
  path: string;
  team: Team;
  edit(): void;
  removed(): void;
  up: (() => void) | undefined;
  down: (() => void) | undefined;
}

const facesShown = 5;

/** One team: its rule, who is in it, and what can be done with it. */
export function TeamRow({ path, team, edit, removed, up, down }: TeamRowProps): JSX.Element {
  const { api } = useConsole();
  const { teams: words } = adminTexts.value;
  const [isRemoving, setRemoving] = useState(false);
  const { name, routing, intake, members } = team;
  const remove = async () => {
    await api.call('DELETE', path);
    say(words.removed(name));
    removed();
  };
  return (
    <li class="team-row">
      <button type="button" class="reply-open" onClick={edit}>
        <span class="team-name">
          <strong class="cut" dir="auto">{name}</strong>
          <span class="badge">{words.routings[routing]}</span>
          {intake && <span class="badge good">{words.isIntake}</span>}
        </span>
        <span class="team-faces" title={members.map((member) => member.name).join(', ')}>
          {members.slice(0, facesShown).map((member) => <Face key={member.id} name={member.name} size="tiny" />)}
          <span class="quiet">{words.membersCount(members.length)}</span>
        </span>
      </button>
      <Menu kind="tool" label={words.actions(name)} button={<Icon name="more" />}>
        <MenuItem act={edit}>{words.edit}…</MenuItem>
        {up && <MenuItem act={up}>{words.up}</MenuItem>}
        {down && <MenuItem act={down}>{words.down}</MenuItem>}
        <MenuLine />
        <MenuItem isDangerous act={() => setRemoving(true)}>{words.remove}…</MenuItem>
      </Menu>
      {isRemoving && <Confirmation title={words.removeTitle(name)} lead={words.removeLead} submit={words.remove} act={remove} close={() => setRemoving(false)} />}
    </li>
  );
}
