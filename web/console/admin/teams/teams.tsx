import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Agent } from '../../api/people.ts';
import { asProblem } from '../../api/problem.ts';
import type { Team } from '../../api/teams.ts';
import { useConsole } from '../../console.ts';
import { say, sayTrouble } from '../../parts/toasts.tsx';
import { wordsOf } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import { ListPage } from '../parts/list-page.tsx';
import { useLoaded } from '../parts/loaded.tsx';
import { adminTexts } from '../words.ts';
import { Intake } from './intake.tsx';
import { TeamEditor } from './team-editor.tsx';
import { TeamRow } from './team-row.tsx';

/** Who answers together, and by which rule. */
export function TeamsPage({ app }: AdminProps): JSX.Element {
  const { api } = useConsole();
  const { teams: words } = adminTexts.value;
  const path = `apps/${app.id}/teams`;
  const loaded = useLoaded<{ teams: Team[] }>(path);
  const { value: people } = useLoaded<{ agents: Agent[] }>(`apps/${app.id}/agents`);
  const [edited, edit] = useState<Team | 'new' | undefined>();
  const all = loaded.value?.teams;
  const agents = people?.agents ?? [];
  const put = (team: Team) => {
    const isThere = all?.some(({ id }) => id === team.id);
    loaded.set({ teams: isThere ? (all ?? []).map((one) => (one.id === team.id ? team : one)) : [...(all ?? []), team] });
  };
  const arrange = async (change: { order?: string[]; intake?: string | null }) => {
    try {
      loaded.set(await api.call<{ teams: Team[] }>('PATCH', path, change));
    } catch (reason) {
      sayTrouble(wordsOf(asProblem(reason), texts.value));
      await loaded.load();
    }
  };
  const move = (team: Team, by: number) => {
    const others = (all ?? []).filter(({ id }) => id !== team.id);
    const teams = others.toSpliced((all ?? []).indexOf(team) + by, 0, team);
    loaded.set({ teams });
    void arrange({ order: teams.map(({ id }) => id) });
  };
  const setIntake = (id: string) => {
    const name = all?.find((team) => team.id === id)?.name;
    void arrange({ intake: id || null }).then(() => say(name ? words.intakeSet(name) : words.intakeUnset));
  };
  return (
    <>
      <ListPage title={texts.value.nav.admin.teams} words={words} icon="team" of={loaded} all={all} make={() => edit('new')}>
        {(teams) => (
          <>
            <Intake teams={teams} set={setIntake} />
            <ul class="rows" aria-label={texts.value.nav.admin.teams}>
              {teams.map((team, at) => (
                <TeamRow
                  key={team.id}
                  path={`${path}/${team.id}`}
                  team={team}
                  edit={() => edit(team)}
                  removed={() => loaded.set({ teams: teams.filter(({ id }) => id !== team.id) })}
                  up={at > 0 ? () => move(team, -1) : undefined}
                  down={at < teams.length - 1 ? () => move(team, 1) : undefined}
                />
              ))}
            </ul>
          </>
        )}
      </ListPage>
      {edited && <TeamEditor path={path} team={edited === 'new' ? undefined : edited} agents={agents} close={() => edit(undefined)} saved={put} />}
    </>
  );
}
