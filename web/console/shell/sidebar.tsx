import { Fragment, h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import type { AppRole, Session } from '../api/people.ts';
import { may } from '../api/people.ts';
import type { Inbox } from '../inbox/inbox.ts';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon.tsx';
import { Separator, widthOf } from '../parts/separator.tsx';
import { addressOf, adminPages, views } from '../router.ts';
import type { AdminPage, Place } from '../router.ts';
import { texts } from '../strings/index.ts';
import { AccountMenu } from './account-menu.tsx';
import { AppSwitcher } from './app-switcher.tsx';

const viewsBounds = { least: 160, most: 360, usual: 212 };

/** The ways through an app, at its side. */
export function Sidebar({ place, session, app, inbox }: { place: Place; session: Session; app: AppRole | undefined; inbox: Inbox | undefined }): JSX.Element {
  const { nav, inbox: words, panes } = texts.value;
  const counts = inbox?.list.counts.value;
  return (
    <nav class="sidebar" aria-label={nav.label} style={{ '--sidebar': `${widthOf('views', viewsBounds).value}px` }}>
      <AppSwitcher session={session} app={app} />
      <div class="sidebar-scroll">
        {app && (
          <>
            <h2 class="nav-title">{nav.inbox}</h2>
            <ul>
              {views.map((view) => (
                <NavLink
                  key={view}
                  icon={view}
                  href={addressOf({ page: 'inbox', app: app.id, view })}
                  isHere={place.page === 'inbox' && place.view === view}
                  after={!!counts?.[view] && <span class="count">{words.count(counts[view])}</span>}
                >
                  {words.views[view]}
                </NavLink>
              ))}
            </ul>
            <h2 class="nav-title">{app.name}</h2>
            <ul>
              <NavLink icon="people" href={addressOf({ page: 'people', app: app.id })} isHere={place.page === 'people'}>{nav.people}</NavLink>
            </ul>
          </>
        )}
        {app && <AdminLinks place={place} app={app} />}
      </div>
      <AccountMenu session={session} />
      <Separator pane="views" label={panes.views} bounds={viewsBounds} />
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

const adminIcons: Record<AdminPage, IconName> = { keys: 'key', doctor: 'pulse', settings: 'sliders', users: 'person', audit: 'log' };

/** The ways to what admins see to, for those who may go there. */
function AdminLinks({ place, app }: { place: Place; app: AppRole }): JSX.Element | null {
  const { nav } = texts.value;
  if (!may(app.role, 'admin')) return null;
  return (
    <>
      <h2 class="nav-title">{nav.administration}</h2>
      <ul>
        {adminPages.filter((page) => page !== 'audit' || may(app.role, 'owner')).map((page) => (
          <NavLink key={page} icon={adminIcons[page]} href={addressOf({ page, app: app.id })} isHere={place.page === page}>{nav.admin[page]}</NavLink>
        ))}
      </ul>
    </>
  );
}
