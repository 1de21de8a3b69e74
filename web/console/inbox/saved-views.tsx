import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SavedView, Status } from '../api/inbox.ts';
import { useConsole } from '../console.ts';
import { useAction } from '../parts/action.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu, MenuItem } from '../parts/menu.tsx';
import { say } from '../parts/toasts.tsx';
import { Trouble, sayProblem } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';
import { useInbox } from './context.ts';
import type { InboxPlace } from './inbox-page.tsx';

const statuses: readonly Status[] = ['open', 'snoozed', 'closed'];

/** Keeps a part of the inbox as a view of one's own, and changes or removes the one that is shown. */
export function ViewMenu({ place }: { place: InboxPlace }): JSX.Element {
  const inbox = useInbox();
  const { router } = useConsole();
  const { savedViews: words } = texts.value;
  const [asked, ask] = useState<SavedView | undefined>();
  const shown = inbox.saved.value.find(({ id }) => id === place.saved);
  const fresh = (): SavedView => ({ id: newId(), name: '', status: place.view === 'snoozed' || place.view === 'closed' ? place.view : 'open', team: place.team, query: place.query });
  const remove = async (view: SavedView) => {
    await inbox.removeView(view);
    router.go({ page: 'inbox', app: place.app, view: 'open' });
    say(words.removed(view.name), () => void inbox.saveView(view).catch(sayProblem));
  };
  return (
    <>
      <Menu kind="tool" label={words.menu} button={<Icon name="more" />}>
        {shown && <MenuItem act={() => ask(shown)}>{words.change}</MenuItem>}
        {shown && <MenuItem act={() => void remove(shown).catch(sayProblem)}>{words.remove}</MenuItem>}
        <MenuItem act={() => ask(fresh())}>{words.add}</MenuItem>
      </Menu>
      {asked && <ViewDialog view={asked} close={() => ask(undefined)} saved={(id) => router.go({ page: 'inbox', app: place.app, view: 'open', saved: id })} />}
    </>
  );
}

function ViewDialog({ view, close, saved }: { view: SavedView; close(): void; saved(id: string): void }): JSX.Element {
  const inbox = useInbox();
  const { savedViews: words, inbox: inboxWords, common, actions } = texts.value;
  const [written, write] = useState(view);
  const set = (part: Partial<SavedView>) => write({ ...written, ...part });
  const { run, problem, isBusy } = useAction(async () => {
    await inbox.saveView(written);
    close();
    saved(written.id);
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run();
  };
  return (
    <Dialog title={words.title} close={close}>
      <form class="stack" onSubmit={submit}>
        <p class="quiet">{words.lead}</p>
        <Field label={words.name} value={written.name} onValue={(name) => set({ name })} maxLength={50} autocomplete="off" required autofocus />
        <Choice label={words.status} value={written.status} onValue={(status) => set({ status: status as Status })}>
          {statuses.map((status) => <option key={status} value={status}>{inboxWords.views[status]}</option>)}
        </Choice>
        <Choice label={words.assignee} value={written.assignee ?? ''} onValue={(assignee) => set({ assignee })}>
          <option value="">{words.anybody}</option>
          <option value="me">{words.me}</option>
          <option value="nobody">{actions.nobody}</option>
          {inbox.colleagues.agents.value.filter(({ id }) => id !== inbox.me.id).map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </Choice>
        {inbox.colleagues.teams.value.length > 0 || written.team ? <TeamChoice value={written.team} set={(team) => set({ team })} /> : null}
        <Field label={words.tag} value={written.tag ?? ''} onValue={(tag) => set({ tag })} maxLength={50} autocomplete="off" />
        <Field label={words.query} hint={words.queryHint} value={written.query ?? ''} onValue={(query) => set({ query })} maxLength={200} autocomplete="off" />
        <Trouble problem={problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{common.cancel}</button>
          <button class="button main" disabled={isBusy || !written.name.trim()}>{common.save}</button>
        </footer>
      </form>
    </Dialog>
  );
}

function TeamChoice({ value = '', set }: { value: string | undefined; set(team: string): void }): JSX.Element {
  const inbox = useInbox();
  const { savedViews: words, teams } = texts.value;
  const isGone = value && !inbox.colleagues.teams.value.some(({ id }) => id === value);
  return (
    <Choice label={words.team} value={value} onValue={set}>
      <option value="">{words.anyTeam}</option>
      {inbox.colleagues.teams.value.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      {isGone && <option value={value}>{teams.goneTitle}</option>}
    </Choice>
  );
}

/** What is unique among one's own views. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
