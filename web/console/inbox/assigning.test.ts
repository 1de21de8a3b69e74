import { expect, it } from 'vitest';
import { Api } from '../api/client.ts';
import type { Entry, EntryChange } from '../api/inbox.ts';
import type { Team } from '../api/teams.ts';
import { undoLast } from '../parts/toasts.tsx';
import { assign, assignToTeam, teamsOf } from './assigning.ts';
import { Inbox } from './inbox.ts';

const [kim, lou] = [{ id: 'kim', name: 'Kim' }, { id: 'lou', name: 'Lou' }];
const team = (id: string, ...members: (typeof kim)[]): Team => ({ id, name: `Team ${id}`, routing: 'round_robin', intake: false, members });
const teams = [team('support', kim, lou), team('sales', lou)];

/** A server that takes all changes, and for a team says that Lou answers. */
function atWork(before: Partial<Entry>): { inbox: Inbox; entry: Entry; asked: EntryChange[] } {
  const asked: EntryChange[] = [];
  let entry: Entry = { conversation: 'c', people: 1, status: 'open', tags: [], movedAt: '', lastNumber: 1, change: 1, businessReadNumber: 0, readNumber: 0, userNumber: 0, ...before };
  const fetch = async (_: unknown, init: RequestInit = {}) => {
    if (init.method !== 'PATCH') return Response.json({ entries: [], counts: {}, teams: {} });
    const change = JSON.parse(init.body as string) as EntryChange;
    asked.push(change);
    const assignee = change.assignee === undefined ? (change.team ? lou : entry.assignee) : [kim, lou].find(({ id }) => id === change.assignee);
    entry = { ...entry, assignee, ...('team' in change && { team: teams.find(({ id }) => id === change.team) }) };
    return Response.json({ entry });
  };
  const inbox = new Inbox({ api: new Api({ fetch: fetch, signedOut: () => undefined, prove: async () => false }), app: 'app', me: () => kim, dial: () => ({ onmessage: null, onclose: null, close: () => undefined }), visit: () => undefined, ended: () => undefined });
  inbox.colleagues.teams.value = teams;
  inbox.list.put(entry);
  return { inbox, entry, asked };
}

it('gives a conversation to a team, which says who answers, and takes both back', async () => {
  const { inbox, entry, asked } = atWork({ assignee: kim });
  assignToTeam(inbox, entry, teams[0]);
  expect(inbox.list.get('c')).toMatchObject({ team: { id: 'support' }, assignee: kim });
  await expect.poll(() => inbox.list.get('c')?.assignee).toEqual(lou);
  undoLast();
  await expect.poll(() => asked).toEqual([{ team: 'support' }, { team: null, assignee: 'kim' }]);
  await expect.poll(() => inbox.list.get('c')?.assignee).toEqual(kim);
  expect(inbox.list.get('c')?.team).toBeUndefined();
});

it('gives it back to a team that has it', async () => {
  const { inbox, entry, asked } = atWork({ team: teams[0], assignee: kim });
  assignToTeam(inbox, entry, teams[0]);
  await expect.poll(() => asked).toEqual([{ team: 'support', assignee: null }]);
});

it('leaves the team as it is where somebody takes it', async () => {
  const { inbox, entry, asked } = atWork({ team: teams[1] });
  assign(inbox, entry, kim);
  await expect.poll(() => asked).toEqual([{ assignee: 'kim' }]);
  expect(inbox.list.get('c')?.team).toMatchObject({ id: 'sales' });
});

it('shows everybody their own teams, and those who set up the app all', () => {
  expect(teamsOf(teams, 'kim', false).map(({ id }) => id)).toEqual(['support']);
  expect(teamsOf(teams, 'kim', true)).toEqual(teams);
});
