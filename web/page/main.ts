/**
 * The hosted page: the messenger of one app as a page of its own, for whoever comes by a personal link, by e-mail, or just
 * so. The code of a personal link leaves the address before anything is asked of anybody.
 */
import { localeOf } from '../ui/time.ts';
import { directionOf } from '../ui/strings/index.ts';
import '../ui/theme/messenger.css';
import '../ui/theme/list.css';
import './page.css';
import './views.css';
import { appIn, takeCode } from './address.ts';
import { mountPage } from './parts/page.tsx';
import { Visit } from './visit.ts';

/** The code in the address, which it is taken out of. */
function codeFromAddress(): string | undefined {
  const { code, address } = takeCode(location);
  if (code !== undefined) history.replaceState(history.state, '', address);
  return code;
}

const code = codeFromAddress();
const locale = localeOf(navigator.language);
document.documentElement.lang = locale;
document.documentElement.dir = directionOf(locale);

const visit = new Visit(locale, isSecureContext);
mountPage(visit, document.getElementById('app') as HTMLElement);
void visit.begin(appIn(location.pathname), code);

// A page that the browser kept while it was left may show somebody who has signed out since.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

// A link with a fragment, opened where the page is shown already, loads nothing anew.
addEventListener('hashchange', () => {
  const another = codeFromAddress();
  if (another !== undefined) void visit.begin(appIn(location.pathname), another);
});
