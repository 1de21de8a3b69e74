import { redrawn } from '../../ui/messenger.tsx';
import { fill } from '../../ui/strings/index.ts';
import { h } from '../../ui/view/h.ts';
import type { Visit } from '../visit.ts';
import { Bar } from './bar.tsx';
import { Talk } from './talk.tsx';
import { MailForm } from './mail.tsx';
import { OtherPerson, Loading, troublePage } from './notices.tsx';

/** Draws the page into the element, and again whenever the visit changes. */
export function mountPage(visit: Visit, element: HTMLElement): void {
  let talk: Talk | undefined;
  const redraw = () => {
    if (visit.chat) talk ??= new Talk(visit.chat);
    document.title = titleOf(visit);
    redrawn(<div class="page">{[<Bar visit={visit} />, mainOf(visit, talk)]}</div>, element);
  };
  visit.on('change', redraw);
  redraw();
}

function mainOf(visit: Visit, talk: Talk | undefined): JSX.Element {
  switch (visit.view) {
    case 'loading':
      return <Loading key="loading" visit={visit} />;
    case 'sign-in':
      return <MailForm key="sign-in" visit={visit} />;
    case 'other-person':
      return <OtherPerson key="other-person" visit={visit} />;
    case 'messenger':
      return talk ? talk.picture() : <Loading key="loading" visit={visit} />;
    default:
      return troublePage(visit);
  }
}

/** The name of the app, and how much is unread. */
function titleOf({ state, chat, view, strings }: Visit): string {
  const name = state.app?.app.name ?? (view === 'trouble' && state.trouble ? strings[`${state.trouble.name}Title`] : document.title);
  const unread = view === 'messenger' ? (chat?.client.store.unreadCount() ?? 0) : 0;
  return unread > 0 ? fill('({unread}) {name}', { unread, name }) : name;
}
