import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Entry, EntryChange } from '../api/inbox.ts';
import { useKeys } from '../keys.ts';
import { Face } from '../parts/face.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu, MenuItem, MenuLine } from '../parts/menu.tsx';
import { texts } from '../strings/index.ts';
import { moment, soon } from '../times.ts';
import { useInbox } from './context.ts';
import { SnoozeDialog, TagsDialog } from './dialogs.tsx';
import { presets } from './snoozes.ts';

/** What is done with a conversation, each at once and with a way back. */
export function Actions({ entry }: { entry: Entry }): JSX.Element {
  const inbox = useInbox();
  const { actions } = texts.value;
  const { done } = actions;
  const [asked, ask] = useState<'snooze' | 'tags' | undefined>();
  const isClosed = entry.status === 'closed';

  const change = (to: EntryChange, words: string) => void inbox.change(entry, to, words);
  const assign = (agent: { id: string; name: string } | undefined) => change({ assignee: agent?.id ?? null }, agent ? done.assigned(agent.name) : done.unassigned);
  const turn = () => change({ status: isClosed ? 'open' : 'closed' }, isClosed ? done.reopened : done.closed);
  const snooze = (until: Date) => change({ status: 'snoozed', snoozedUntil: until.toISOString() }, done.snoozed(moment(until.getTime())));
  useKeys({
    e: turn,
    m: () => assign(inbox.me),
    a: () => openMenu('assign'),
    s: () => (entry.status === 'snoozed' ? change({ status: 'open' }, done.reopened) : openMenu('snooze')),
    t: () => ask('tags'),
  });
  return (
    <>
      <AssignMenu entry={entry} assign={assign} />
      <button type="button" class="tool" aria-label={actions.tags} title={actions.tags} aria-keyshortcuts="t" onClick={() => ask('tags')}>
        <Icon name="tag" />
      </button>
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

function AssignMenu({ entry, assign }: { entry: Entry; assign(agent: { id: string; name: string } | undefined): void }): JSX.Element {
  const inbox = useInbox();
  const { actions } = texts.value;
  const { assignee } = entry;
  const button = assignee ? <Face name={assignee.name} /> : <Icon name="unassigned" />;
  return (
    <Menu kind="tool" name="assign" label={assignee ? actions.assignee(assignee.name) : actions.assign} button={button}>
      <MenuItem act={() => assign(inbox.me)} checked={assignee?.id === inbox.me.id} hint="m">
        <Face name={inbox.me.name} size="tiny" />
        {actions.toMe}
      </MenuItem>
      {inbox.agents.value.filter(({ id }) => id !== inbox.me.id).map((agent) => (
        <MenuItem key={agent.id} act={() => assign(agent)} checked={agent.id === assignee?.id}>
          <Face name={agent.name} size="tiny" />
          <span class="cut">{agent.name}</span>
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem act={() => assign(undefined)} checked={!assignee}>{actions.nobody}</MenuItem>
    </Menu>
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
