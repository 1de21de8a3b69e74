import { redrawn } from '../../ui/messenger.tsx';
import { h } from '../../ui/view/h.ts';
import type { Visit } from '../visit.ts';
import { Bar } from './bar.tsx';
import { Talk } from './talk.tsx';
import { MailForm } from './mail.tsx';
import { OtherPerson, Loading, troublePage } from './notices.tsx';

/** Draws the page into the element, and again whenever the visit changes. */
export function mountPage(visit: Visit, element: HTMLElement): void {
  let talk: Talk | undefined;
  let named: string | undefined;
  const redraw = () => {
    if (visit.chat) talk ??= new Talk(visit.chat);
    // Once for each name: how much is unread is put before it elsewhere.
    const name = nameOf(visit);
    if (name !== undefined && name !== named) document.title = named = name;
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

/** What the page is called; undefined as long as nobody knows. */
function nameOf({ state, view, strings }: Visit): string | undefined {
  return state.app?.app.name ?? (view === 'trouble' && state.trouble ? strings[`${state.trouble.name}Title`] : undefined);
}
