import { h } from 'preact';
import type { JSX } from 'preact';
import type { Entry } from '../api/inbox.ts';
import { asProblem } from '../api/problem.ts';
import { useConsole } from '../console.ts';
import { Icon } from '../parts/icon.tsx';
import { Menu, MenuItem } from '../parts/menu.tsx';
import { say, sayTrouble } from '../parts/toasts.tsx';
import { wordsOf } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';
import { useInbox } from './context.ts';

/** What is seldom done with a conversation. */
export function MoreMenu({ entry: { conversation } }: { entry: Entry }): JSX.Element {
  const { api } = useConsole();
  const { app } = useInbox();
  const { actions } = texts.value;
  const send = async () => {
    try {
      const { email } = await api.call<{ email: string }>('POST', `apps/${app}/inbox/${conversation}/transcript`);
      say(actions.done.transcript(email));
    } catch (reason) {
      const problem = asProblem(reason);
      sayTrouble(actions.transcriptProblems[problem.code] ?? wordsOf(problem, texts.value));
    }
  };
  return (
    <Menu kind="tool" name="more" label={actions.more} button={<Icon name="more" />}>
      <MenuItem act={() => void send()}>
        <Icon name="mail" />
        {actions.transcript}
      </MenuItem>
    </Menu>
  );
}
