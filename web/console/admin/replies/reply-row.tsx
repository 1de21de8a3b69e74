import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CannedReply } from '../../api/canned.ts';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu, MenuItem, MenuLine } from '../../parts/menu.tsx';
import { say } from '../../parts/toasts.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import { adminTexts } from '../words.ts';

interface ReplyRowProps {
  app: AppRole;
  reply: CannedReply;
  edit(): void;
  removed(): void;
}

export function ReplyRow({ app, reply, edit, removed }: ReplyRowProps): JSX.Element {
  const { replies: words } = adminTexts.value;
  const [isRemoving, setRemoving] = useState(false);
  const { shortcut, title, text } = reply;
  return (
    <li class="reply-row">
      <button type="button" class="reply-open" onClick={edit}>
        <span class="reply-name">
          <strong class="cut" dir="auto">{title}</strong>
          <code dir="ltr">/{shortcut}</code>
        </span>
        <span class="quiet cut" dir="auto">{text.replace(/\s+/g, ' ')}</span>
      </button>
      <Menu kind="tool" label={words.actions(title)} button={<Icon name="more" />}>
        <MenuItem act={edit}>{words.edit}…</MenuItem>
        <MenuLine />
        <MenuItem isDangerous act={() => setRemoving(true)}>{words.remove}…</MenuItem>
      </Menu>
      {isRemoving && <Removal app={app} reply={reply} close={() => setRemoving(false)} removed={removed} />}
    </li>
  );
}

function Removal({ app, reply, close, removed }: Pick<ReplyRowProps, 'app' | 'reply' | 'removed'> & { close(): void }): JSX.Element {
  const { api } = useConsole();
  const { replies: words } = adminTexts.value;
  const { run, isBusy, problem } = useAction(async () => {
    await api.call('DELETE', `apps/${app.id}/canned-replies/${reply.id}`);
    say(words.removed(reply.title));
    close();
    removed();
  });
  return (
    <Dialog title={words.removeTitle(reply.title)} close={close}>
      <form class="stack" onSubmit={(event) => (event.preventDefault(), void run())}>
        <p class="quiet">{words.removeLead}</p>
        <Trouble problem={problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{texts.value.common.cancel}</button>
          <button class="button danger" aria-disabled={isBusy}>{words.remove}</button>
        </footer>
      </form>
    </Dialog>
  );
}
