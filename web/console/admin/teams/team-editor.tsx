import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Agent } from '../../api/people.ts';
import { routings } from '../../api/teams.ts';
import type { Routing, Team } from '../../api/teams.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { say } from '../../parts/toasts.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import { adminTexts } from '../words.ts';
import { MemberList } from './member-list.tsx';

interface TeamEditorProps {
  /** Of all teams. */
  path: string;
  /** Undefined: a new one. */
  team: Team | undefined;
  agents: readonly Agent[];
  close(): void;
  saved(team: Team): void;
}

/** What a team is called, who is in it, and who answers what comes to it. */
export function TeamEditor({ path, team, agents, close, saved }: TeamEditorProps): JSX.Element {
  const { api } = useConsole();
  const { teams: words } = adminTexts.value;
  const { common } = texts.value;
  const [name, setName] = useState(team?.name ?? '');
  const [routing, setRouting] = useState<Routing>(team?.routing ?? 'round_robin');
  const [members, setMembers] = useState<readonly string[]>(team?.members.map(({ id }) => id) ?? []);
  const { run, isBusy, problem } = useAction(async () => {
    const answer = await api.call<{ team: Team }>(team ? 'PUT' : 'POST', team ? `${path}/${team.id}` : path, { name, routing, members });
    saved(answer.team);
    say(words.saved(answer.team.name));
    close();
  });
  const isOfName = problem?.field === 'name';
  return (
    <Dialog title={team ? words.editTitle : words.newTitle} close={close} isKept wide>
      <form class="stack" onSubmit={(event) => (event.preventDefault(), void run())}>
        <Field label={words.name} value={name} onValue={setName} fault={isOfName ? problem?.message : undefined} placeholder={words.namePlaceholder} maxLength={60} autocomplete="off" required autofocus />
        <fieldset class="labelled">
          <legend>{words.routing}</legend>
          {routings.map((one) => (
            <label key={one} class="trigger">
              <input type="radio" name="routing" checked={routing === one} onChange={() => setRouting(one)} />
              <span>{words.routingMeans[one]}</span>
            </label>
          ))}
          {routing === 'round_robin' && <p class="hint">{words.nobodyThere}</p>}
        </fieldset>
        <MemberList agents={agents} chosen={members} choose={setMembers} />
        <Trouble problem={isOfName ? undefined : problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{common.cancel}</button>
          <button class="button main" disabled={!name.trim()} aria-disabled={isBusy}>{common.save}</button>
        </footer>
      </form>
    </Dialog>
  );
}
