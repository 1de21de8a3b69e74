/** The console: agents answer, admins rule. Who signs in here is no user; see docs/adr/0015-the-console-is-an-audience-of-its-own.md. */
import { h, render } from 'preact';
import { App } from './app.tsx';
import { Console, ConsoleProvider } from './console.ts';
import './css/tokens.css';
import './css/base.css';
import './css/parts.css';
import './css/gate.css';
import './css/shell.css';
import './css/people.css';
import './css/inbox.css';
import './css/search.css';
import './css/thread.css';
import './css/admin.css';
import './css/keys.css';
import './css/controls.css';
import './css/doctor.css';
import './css/settings.css';
import './css/users.css';
import './css/audit.css';
import './css/replies.css';
import './css/blocks.css';
import './css/questions.css';
import './css/numbers.css';
import './css/webhooks.css';
import './css/security.css';
import './css/conflicts.css';
import './css/designer.css';
import './css/hours.css';
import './css/teams.css';
import { recallNotices } from './inbox/notices.ts';
import { Unreachable } from './pages/unreachable.tsx';
import { takeToken } from './pages/welcome.tsx';
import { takeAnswer } from './security/sign-on.ts';
import { speakAsPreferred } from './strings/index.ts';
import { wearChosen } from './theme.ts';

const root = document.getElementById('app') as HTMLElement;
const desk = new Console();
const link = takeToken();
takeAnswer();

/** Nothing is shown before it is known who is here. */
async function begin(): Promise<void> {
  const known = desk.resume();
  await speakAsPreferred();
  await known.then(
    () => render(<ConsoleProvider value={desk}><App link={link} /></ConsoleProvider>, root),
    () => render(<Unreachable tryAgain={() => void begin()} />, root),
  );
}

wearChosen();
recallNotices();
void begin();

// A page that the browser kept while it was left may show somebody who has signed out since.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
