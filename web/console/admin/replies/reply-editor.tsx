import { h } from 'preact';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { CannedReply } from '../../api/canned.ts';
import type { AppRole } from '../../api/people.ts';
import type { Problem } from '../../api/problem.ts';
import { useConsole } from '../../console.ts';
import { variables } from '../../inbox/writing/variables.ts';
import { useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Menu, MenuItem } from '../../parts/menu.tsx';
import { say } from '../../parts/toasts.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import { Area } from '../parts/area.tsx';
import { adminTexts } from '../words.ts';
import { ReplyPreview } from './reply-preview.tsx';

interface ReplyEditorProps {
  app: AppRole;
  /** Undefined: a new one. */
  reply: CannedReply | undefined;
  close(): void;
  saved(reply: CannedReply): void;
}

/** One canned reply, and how it will look. What was written is not lost by a press beside it. */
export function ReplyEditor({ app, reply, close, saved }: ReplyEditorProps): JSX.Element {
  const { api } = useConsole();
  const { replies: words } = adminTexts.value;
  const { common } = texts.value;
  const [title, setTitle] = useState(reply?.title ?? '');
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? '');
  const [text, setText] = useState(reply?.text ?? '');
  const form = useRef<HTMLFormElement>(null);
  const { run, isBusy, problem } = useAction(async () => {
    const path = `apps/${app.id}/canned-replies${reply ? `/${reply.id}` : ''}`;
    const { cannedReply } = await api.call<{ cannedReply: CannedReply }>(reply ? 'PUT' : 'POST', path, { title, shortcut, text });
    saved(cannedReply);
    say(words.saved(cannedReply.title));
    close();
  });
  const isFull = !!title.trim() && !!shortcut.trim() && !!text.trim();
  const insert = (variable: string) => {
    const area = form.current?.querySelector('textarea');
    if (!area) return;
    area.focus();
    area.setRangeText(`{{${variable}}}`, area.selectionStart, area.selectionEnd, 'end');
    setText(area.value);
  };
  return (
    <Dialog title={reply ? words.editTitle : words.newTitle} close={close} isKept wide>
      <form ref={form} class="stack" onSubmit={(event) => (event.preventDefault(), void run())}>
        <div class="pair">
          <Field label={words.title} hint={words.titleHint} fault={faultAt('title', problem)} placeholder={words.titlePlaceholder} value={title} onValue={setTitle} maxLength={100} autocomplete="off" autofocus />
          <Field label={words.shortcut} hint={words.shortcutHint} fault={faultAt('shortcut', problem)} placeholder={words.shortcutPlaceholder} value={shortcut} onValue={setShortcut} maxLength={40} autocomplete="off" />
        </div>
        <Area label={words.text} hint={words.textHint} fault={faultAt('text', problem)} rows={6} value={text} onValue={setText} />
        <div>
          <Menu kind="button" label={words.insert} button={words.insert}>
            {variables.map((variable) => (
              <MenuItem key={variable} act={() => insert(variable)}>{words.means[variable]}</MenuItem>
            ))}
          </Menu>
        </div>
        <ReplyPreview app={app} text={text} />
        <Trouble problem={problem?.field ? undefined : problem} />
        <footer>
          <button type="button" class="button" onClick={close}>{common.cancel}</button>
          <button class="button main" disabled={!isFull} aria-disabled={isBusy}>{common.save}</button>
        </footer>
      </form>
    </Dialog>
  );
}

/** What is wrong at a field; its name stands above it already. */
function faultAt(field: string, problem: Problem | undefined): string | undefined {
  if (problem?.field !== field) return undefined;
  const words = problem.message.replace(/^\w+: /, '');
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
