import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Entry, EntryChange, Named } from '../api/inbox.ts';
import { useKeys } from '../keys.ts';
import { Face } from '../parts/face.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu, MenuItem, MenuLine } from '../parts/menu.tsx';
import { texts } from '../strings/index.ts';
import { moment, soon } from '../times.ts';
import { assign, assignToTeam } from './assigning.ts';
import { useInbox } from './context.ts';
import { SnoozeDialog, TagsDialog } from './dialogs.tsx';
import { MoreMenu } from './more-menu.tsx';
import { presets } from './snoozes.ts';

/** What is done with a conversation, each at once and with a way back. */
export function Actions({ entry }: { entry: Entry }): JSX.Element {
  const inbox = useInbox();
  const { actions } = texts.value;
  const { done } = actions;
  const [asked, ask] = useState<'snooze' | 'tags' | undefined>();
  const isClosed = entry.status === 'closed';

  const change = (to: EntryChange, words: string) => void inbox.changes.make(entry, to, words);
  const turn = () => change({ status: isClosed ? 'open' : 'closed' }, isClosed ? done.reopened : done.closed);
  const snooze = (until: Date) => change({ status: 'snoozed', snoozedUntil: until.toISOString() }, done.snoozed(moment(until.getTime())));
  useKeys({
    e: turn,
    m: () => assign(inbox, entry, inbox.me),
    a: () => openMenu('assign'),
    s: () => (entry.status === 'snoozed' ? change({ status: 'open' }, done.reopened) : openMenu('snooze')),
    t: () => ask('tags'),
  });
  return (
    <>
      <AssignMenu entry={entry} />
      <button type="button" class="tool" aria-label={actions.tags} title={actions.tags} aria-keyshortcuts="t" onClick={() => ask('tags')}>
        <Icon name="tag" />
      </button>
      <MoreMenu entry={entry} />
      {entry.status === 'snoozed' ? (
        <button type="button" class="button" onClick={() => change({ status: 'open' }, done.reopened)}>{actions.wake}</button>
      ) : (
        <SnoozeMenu snooze={snooze} choose={() => ask('snooze')} />
      )}
      <button type="button" class={isClosed ? 'button' : 'button main'} aria-keyshortcuts="e" onClick={turn}>
        {!isClosed && <Icon name="check" />}
        {isClosed ? actions.reopen : actions.close}
      </button>
      {asked === 'snooze' && <SnoozeDialog close={() => ask(undefined)} snooze={snooze} />}
      {asked === 'tags' && <TagsDialog entry={entry} close={() => ask(undefined)} set={(tags) => change({ tags }, done.tagged)} />}
    </>
  );
}

/** Who answers, and which team. Teams stand beside the agents, who say who of them is away. */
function AssignMenu({ entry }: { entry: Entry }): JSX.Element {
  const inbox = useInbox();
  const { actions } = texts.value;
  const { assignee, team } = entry;
  const button = assignee ? <Face name={assignee.name} /> : <Icon name={team ? 'team' : 'unassigned'} />;
  const label = assignee ? actions.assignee(assignee.name) : team ? actions.ofTeam(team.name) : actions.assign;
  const to = (agent: Named | undefined) => assign(inbox, entry, agent);
  return (
    <Menu kind="tool" name="assign" label={label} button={button}>
      <MenuItem act={() => to(inbox.me)} checked={assignee?.id === inbox.me.id} hint="m">
        <Face name={inbox.me.name} size="tiny" />
        {actions.toMe}
      </MenuItem>
      {inbox.colleagues.agents.value.filter(({ id }) => id !== inbox.me.id).map((agent) => (
        <MenuItem key={agent.id} act={() => to(agent)} checked={agent.id === assignee?.id}>
          <Face name={agent.name} size="tiny" />
          <span class="cut">{agent.name}</span>
          {agent.away && <small class="quiet at-end">{actions.away}</small>}
        </MenuItem>
      ))}
      <MenuItem act={() => to(undefined)} checked={!assignee}>{actions.nobody}</MenuItem>
      {inbox.colleagues.teams.value.length > 0 && <TeamItems entry={entry} />}
    </Menu>
  );
}

function TeamItems({ entry }: { entry: Entry }): JSX.Element {
  const inbox = useInbox();
  const { actions } = texts.value;
  return (
    <>
      <MenuLine />
      <div role="group" aria-label={actions.teams}>
        <p class="menu-title" aria-hidden="true">{actions.teams}</p>
        {inbox.colleagues.teams.value.map((team) => (
          <MenuItem key={team.id} act={() => assignToTeam(inbox, entry, team)} checked={team.id === entry.team?.id}>
            <Icon name="team" />
            <span class="cut">{team.name}</span>
          </MenuItem>
        ))}
        {entry.team && <MenuItem act={() => assignToTeam(inbox, entry, undefined)}>{actions.noTeam}</MenuItem>}
      </div>
    </>
  );
}

function SnoozeMenu({ snooze, choose }: { snooze(until: Date): void; choose(): void }): JSX.Element {
  const { actions } = texts.value;
  return (
    <Menu kind="tool" name="snooze" label={actions.snooze} button={<Icon name="snoozed" />}>
      {presets(new Date()).map(({ name, at }) => (
        <MenuItem key={name} act={() => snooze(at)}>
          {actions.snoozes[name]}
          <small class="quiet at-end">{soon(at.getTime())}</small>
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem act={choose}>{actions.snoozes.choose}</MenuItem>
    </Menu>
  );
}

function openMenu(name: string): void {
  const opener = document.querySelector<HTMLButtonElement>(`[data-menu=${name}]`);
  opener?.focus();
  opener?.click();
}
