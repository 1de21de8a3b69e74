import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Agent, AppRole, FactorRule, Invitation } from '../api/people.ts';
import { may } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Empty } from '../parts/empty.tsx';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { texts } from '../strings/index.ts';
import { AgentRow } from './agent-row.tsx';
import { FactorRuleChoice } from './factor-rule.tsx';
import { InvitationRow } from './invitation-row.tsx';
import { Invite } from './invite.tsx';

export interface Team {
  agents: Agent[];
  invitations?: Invitation[];
  factors?: FactorRule;
}

/** Who answers and rules in an app, and who is invited to. */
export function People({ app, me }: { app: AppRole; me: string }): JSX.Element {
  const { api } = useConsole();
  const { people, common, problems } = texts.value;
  const [team, setTeam] = useState<Team | undefined>();
  const [isInviting, setInviting] = useState(false);
  const { run: load, problem } = useAction(async () => setTeam(await api.get<Team>(`apps/${app.id}/agents`)));
  useEffect(() => void load(), []);
  const change = (part: (team: Team) => Partial<Team>) => setTeam((now) => now && { ...now, ...part(now) });
  const canRule = may(app.role, 'owner');
  const { agents = [], invitations = [] } = team ?? {};

  return (
    <>
      <PageHeader title={people.title}>
        {canRule && (
          <button type="button" class="button main" onClick={() => setInviting(true)}>
            <Icon name="plus" />
            {people.invite}
          </button>
        )}
      </PageHeader>
      <div class="page">
        <p class="quiet">{people.lead(app.name)}</p>
        {problem && (
          <Empty icon="alert" title={people.failed}>
            <Trouble problem={problem} words={problem.status === 404 ? problems.forbidden : undefined} />
            <button type="button" class="button" onClick={() => void load()}>{common.tryAgain}</button>
          </Empty>
        )}
        {team && (
          <>
            <h2>{people.members(agents.length)}</h2>
            <ul class="rows">
              {agents.map((agent) => (
                <AgentRow
                  key={agent.id}
                  app={app}
                  agent={agent}
                  isMe={agent.id === me}
                  canRule={canRule}
                  changed={(changed) => change((now) => ({ agents: now.agents.map((one) => (one.id === changed.id ? { ...one, ...changed } : one)) }))}
                  removed={() => change((now) => ({ agents: now.agents.filter(({ id }) => id !== agent.id) }))}
                />
              ))}
            </ul>
            {invitations.length > 0 && (
              <>
                <h2>{people.invitations}</h2>
                <ul class="rows">
                  {invitations.map((invitation) => (
                    <InvitationRow
                      key={invitation.id}
                      app={app}
                      invitation={invitation}
                      canRule={canRule}
                      withdrawn={() => change((now) => ({ invitations: now.invitations?.filter(({ id }) => id !== invitation.id) }))}
                    />
                  ))}
                </ul>
              </>
            )}
            {canRule && team.factors && <FactorRuleChoice app={app} rule={team.factors} changed={(factors) => change(() => ({ factors }))} />}
            {canRule && agents.length === 1 && invitations.length === 0 && (
              <Empty icon="people" title={people.aloneTitle}>
                <p>{people.aloneLead}</p>
                <button type="button" class="button" onClick={() => setInviting(true)}>{people.invite}</button>
              </Empty>
            )}
          </>
        )}
      </div>
      {isInviting && team && (
        <Invite app={app} close={() => setInviting(false)} invited={(invitation) => change(({ invitations: all = [] }) => ({ invitations: [...all.filter(({ email }) => email !== invitation.email), invitation] }))} />
      )}
    </>
  );
}
