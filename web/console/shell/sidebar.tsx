import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import type { AppRole, Session } from '../api/people.ts';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon.tsx';
import { addressOf } from '../router.ts';
import type { Place } from '../router.ts';
import { texts } from '../strings/index.ts';
import { AccountMenu } from './account-menu.tsx';
import { AppSwitcher } from './app-switcher.tsx';

/** The ways through an app, at its side. */
export function Sidebar({ place, session, app }: { place: Place; session: Session; app: AppRole | undefined }): JSX.Element {
  const { nav } = texts.value;
  return (
    <nav class="sidebar" aria-label={nav.label}>
      <AppSwitcher session={session} app={app} />
      <div class="sidebar-scroll">
        {app && (
          <ul>
            <NavLink icon="inbox" href={addressOf({ page: 'inbox', app: app.id, view: 'waiting' })} isHere={place.page === 'inbox'}>{nav.inbox}</NavLink>
            <NavLink icon="people" href={addressOf({ page: 'people', app: app.id })} isHere={place.page === 'people'}>{nav.people}</NavLink>
          </ul>
        )}
      </div>
      <AccountMenu session={session} />
    </nav>
  );
}

export function NavLink({ icon, href, isHere, children, after }: { icon: IconName; href: string; isHere: boolean; children: ComponentChildren; after?: ComponentChildren }): JSX.Element {
  return (
    <li>
      <a class="nav-link" href={href} aria-current={isHere ? 'page' : undefined}>
        <Icon name={icon} />
        <span class="cut">{children}</span>
        {after}
      </a>
    </li>
  );
}
