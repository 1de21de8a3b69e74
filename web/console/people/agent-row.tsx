import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Agent, AppRole, Role } from '../api/people.ts';
import { roles } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { Face } from '../parts/face.tsx';
import { Choice } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { say } from '../parts/toasts.tsx';
import { sayProblem } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';
import { date } from '../times.ts';
import { FactorsRemoval } from './factors-removal.tsx';
import { Removal } from './removal.tsx';

interface AgentRowProps {
  app: AppRole;
  agent: Agent;
  isMe: boolean;
  canRule: boolean;
  changed(agent: Agent): void;
  removed(): void;
}

export function AgentRow({ app, agent, isMe, canRule, changed, removed }: AgentRowProps): JSX.Element {
  const { api } = useConsole();
  const { people, roles: roleNames, account } = texts.value;
  const { id, name, email, role, admin, createdAt, secondFactor, away } = agent;
  const isRuled = canRule && !isMe && !admin;
  const [asked, setAsked] = useState<'removal' | 'factors' | undefined>();
  const close = () => setAsked(undefined);

  const change = async (to: Role) => {
    changed({ ...agent, role: to });
    try {
      const answer = await api.call<{ agent: Agent }>('PUT', `apps/${app.id}/agents/${id}`, { role: to });
      changed(answer.agent);
      say(people.changed(name, roleNames[to]));
    } catch (reason) {
      changed(agent);
      sayProblem(reason);
    }
  };
  return (
    <li>
      <Face name={name} />
      <p class="who">
        <strong class="cut">{name}</strong>
        {isMe && <span class="badge">{people.you}</span>}
        {away && <span class="badge">{account.away}</span>}
        {admin && <span class="badge">{account.manager}</span>}
        {secondFactor && !isRuled && <span class="badge">{people.secondFactor}</span>}
        {secondFactor && isRuled && (
          <button type="button" class="badge" title={people.takeFactors(name)} aria-label={people.takeFactors(name)} onClick={() => setAsked('factors')}>
            {people.secondFactor}
          </button>
        )}
        {email && <span class="cut quiet">{email}</span>}
      </p>
      <span class="quiet when">{people.since(date(createdAt))}</span>
      {isRuled ? (
        <Choice hidden label={people.changeRole(name)} value={role} onValue={(to) => void change(to as Role)}>
          {roles.map((one) => (
            <option key={one} value={one}>{roleNames[one]}</option>
          ))}
        </Choice>
      ) : (
        <span class="fixed">{roleNames[role]}</span>
      )}
      {canRule && (!isRuled ? <span class="tool" /> : (
        <button type="button" class="tool" aria-label={people.remove(name)} title={people.remove(name)} onClick={() => setAsked('removal')}>
          <Icon name="trash" />
        </button>
      ))}
      {asked === 'removal' && <Removal app={app} agent={agent} close={close} removed={removed} />}
      {asked === 'factors' && <FactorsRemoval app={app} agent={agent} close={close} removed={() => changed({ ...agent, secondFactor: false })} />}
    </li>
  );
}
