/**
 * The hosted page: the messenger of one app as a page of its own, for whoever comes by a personal link, by e-mail, or just
 * so. The code of a personal link leaves the address before anything is asked of anybody.
 */
import { speak } from '../ui/strings/index.ts';
import '../ui/theme/messenger.css';
import '../ui/theme/list.css';
import './page.css';
import './views.css';
import { appIn, conversationIn, takeCode } from './address.ts';
import { mountPage } from './parts/page.tsx';
import { pageStrings } from './strings/index.ts';
import { Visit } from './visit.ts';

/** The code in the address, which it is taken out of. */
function codeFromAddress(): string | undefined {
  const { code, address } = takeCode(location);
  if (code !== undefined) history.replaceState(history.state, '', address);
  return code;
}

/** Everything that is shown is in one language, and so nothing is before that is here. */
async function begin(code: string | undefined): Promise<void> {
  const spoken = await speak(navigator.languages, {});
  const strings = await pageStrings(spoken.locale);
  const root = document.documentElement;
  root.lang = spoken.locale;
  root.dir = spoken.direction ?? 'ltr';
  const visit = new Visit({ spoken, strings }, isSecureContext, conversationIn(location.hash));
  mountPage(visit, document.getElementById('app') as HTMLElement);
  // A link with a fragment, opened where the page is shown already, loads nothing anew.
  addEventListener('hashchange', () => {
    const another = codeFromAddress();
    if (another !== undefined) void visit.begin(appIn(location.pathname), another);
  });
  void visit.begin(appIn(location.pathname), codeFromAddress() ?? code);
}

void begin(codeFromAddress());

// A page that the browser kept while it was left may show somebody who has signed out since.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
