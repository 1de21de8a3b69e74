import type { Entry, Named } from '../api/inbox.ts';
import type { Team } from '../api/teams.ts';
import { texts } from '../strings/index.ts';
import type { Inbox } from './inbox.ts';

/** Says who answers; undefined is nobody. */
export function assign(inbox: Inbox, entry: Entry, agent: Named | undefined): void {
  const { done } = texts.value.actions;
  void inbox.changes.make(entry, { assignee: agent?.id ?? null }, agent ? done.assigned(agent.name) : done.unassigned);
}

/** Brings it to a team, which says who answers; one that has it already gets it back. Undefined is no team. */
export function assignToTeam(inbox: Inbox, entry: Entry, team: Named | undefined): void {
  const { done } = texts.value.actions;
  const isBack = team !== undefined && team.id === entry.team?.id;
  void inbox.changes.make(entry, { team: team?.id ?? null, ...(isBack && { assignee: null }) }, team ? done.toTeam(team.name) : done.noTeam);
}

/** The teams whose views somebody has: their own, or all of those who set up the app. */
export function teamsOf(teams: readonly Team[], me: string, isAdmin: boolean): readonly Team[] {
  return isAdmin ? teams : teams.filter(({ members }) => members.some(({ id }) => id === me));
}
