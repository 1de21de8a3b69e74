import { Fragment, h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AppRole, Session } from '../api/people.ts';
import { may } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { teamsOf } from '../inbox/assigning.ts';
import type { Inbox } from '../inbox/inbox.ts';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon.tsx';
import { Separator, widthOf } from '../parts/separator.tsx';
import { addressOf, adminPages, viewIn, views } from '../router.ts';
import type { AdminPage, Place } from '../router.ts';
import { texts } from '../strings/index.ts';
import { AccountMenu } from './account-menu.tsx';
import { AppSwitcher } from './app-switcher.tsx';
import { useOpenConflicts } from './open-conflicts.ts';

const viewsBounds = { least: 160, most: 360, usual: 212 };

/** The ways through an app, at its side. */
export function Sidebar({ place, session, app, inbox }: { place: Place; session: Session; app: AppRole | undefined; inbox: Inbox | undefined }): JSX.Element {
  const { nav, inbox: words, panes } = texts.value;
  const counts = inbox?.list.counts.value;
  useOwnAbsence(session, inbox);
  return (
    <nav class="sidebar" aria-label={nav.label} style={{ '--sidebar': `${widthOf('views', viewsBounds).value}px` }}>
      <AppSwitcher session={session} app={app} />
      <div class="sidebar-scroll">
        <div class="ways">
          {app && (
            <>
              <h2 class="nav-title">{nav.inbox}</h2>
              <ul>
                {views.map((view) => (
                  <NavLink
                    key={view}
                    icon={view}
                    href={addressOf({ page: 'inbox', app: app.id, view })}
                    isHere={place.page === 'inbox' && viewIn(place) === view}
                    after={!!counts?.[view] && <span class="count">{words.count(counts[view])}</span>}
                  >
                    {words.views[view]}
                  </NavLink>
                ))}
              </ul>
              {inbox && <TeamLinks place={place} app={app} inbox={inbox} />}
              {!!inbox?.saved.value.length && (
                <>
                  <h2 class="nav-title">{nav.saved}</h2>
                  <ul>
                    {inbox.saved.value.map(({ id, name }) => (
                      <NavLink key={id} icon="star" href={addressOf({ page: 'inbox', app: app.id, view: 'open', saved: id })} isHere={place.page === 'inbox' && place.saved === id}>{name}</NavLink>
                    ))}
                  </ul>
                </>
              )}
              <h2 class="nav-title">{app.name}</h2>
              <ul>
                <NavLink icon="people" href={addressOf({ page: 'people', app: app.id })} isHere={place.page === 'people'}>{nav.people}</NavLink>
              </ul>
            </>
          )}
          {app && <AdminLinks place={place} app={app} />}
        </div>
      </div>
      <AccountMenu session={session} />
      <Separator pane="views" label={panes.views} bounds={viewsBounds} />
    </nav>
  );
}

/** The views of one's teams; those who set up the app have all. */
function TeamLinks({ place, app, inbox }: { place: Place; app: AppRole; inbox: Inbox }): JSX.Element | null {
  const { nav, inbox: words } = texts.value;
  const teams = teamsOf(inbox.colleagues.teams.value, inbox.me.id, may(app.role, 'admin'));
  const counts = inbox.list.teamCounts.value;
  if (teams.length === 0) return null;
  return (
    <>
      <h2 class="nav-title">{nav.teams}</h2>
      <ul>
        {teams.map(({ id, name }) => (
          <NavLink
            key={id}
            icon="team"
            href={addressOf({ page: 'inbox', app: app.id, view: 'open', team: id })}
            isHere={place.page === 'inbox' && place.team === id}
            after={!!counts[id] && <span class="count">{words.count(counts[id])}</span>}
          >
            {name}
          </NavLink>
        ))}
      </ul>
    </>
  );
}

/** Whoever goes away in another browser is away in this one, too. */
function useOwnAbsence(session: Session, inbox: Inbox | undefined): void {
  const desk = useConsole();
  const { agent } = session;
  const own = inbox?.colleagues.agents.value.find(({ id }) => id === agent.id);
  useEffect(() => {
    if (own && !!own.away !== !!agent.away) desk.session.value = { ...session, agent: { ...agent, away: own.away } };
  }, [own?.away]);
}

export function NavLink({ icon, href, isHere, children, after }: { icon: IconName; href: string; isHere: boolean; children: ComponentChildren; after?: ComponentChildren }): JSX.Element {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => (isHere && link.current ? keepInSight(link.current) : undefined), [isHere]);
  return (
    <li>
      <a ref={link} class="nav-link" href={href} aria-current={isHere ? 'page' : undefined}>
        <Icon name={icon} />
        <span class="cut">{children}</span>
        {after}
      </a>
    </li>
  );
}

/**
 * Where one is can be below what is in sight, and be pushed there by teams and views that are known later. Only the list of ways is
 * scrolled, which may stand beside the window.
 */
function keepInSight(link: HTMLElement): (() => void) | undefined {
  const scroller = link.closest('.sidebar-scroll');
  const ways = link.closest('.ways');
  if (!scroller || !ways) return undefined;
  const observer = new ResizeObserver(() => {
    const [seen, own] = [scroller.getBoundingClientRect(), link.getBoundingClientRect()];
    scroller.scrollTop += Math.max(0, own.bottom - seen.bottom) - Math.max(0, seen.top - own.top);
  });
  observer.observe(scroller);
  observer.observe(ways);
  return () => observer.disconnect();
}

export const adminIcons: Record<AdminPage, IconName> = { numbers: 'chart', keys: 'key', doctor: 'pulse', settings: 'sliders', designer: 'brush', hours: 'waiting', users: 'person', conflicts: 'clash', blocks: 'barred', teams: 'team', 'canned-replies': 'bolt', webhooks: 'hook', audit: 'log' };

/** What admins see to, as far as one may go there. */
export function adminPagesOf({ role }: AppRole): AdminPage[] {
  if (!may(role, 'admin')) return [];
  return adminPages.filter((page) => page !== 'audit' || may(role, 'owner'));
}

/** The ways to what admins see to, for those who may go there. */
function AdminLinks({ place, app }: { place: Place; app: AppRole }): JSX.Element | null {
  const { nav, inbox: words } = texts.value;
  const pages = adminPagesOf(app);
  const conflicts = useOpenConflicts(app, place.page);
  if (pages.length === 0) return null;
  return (
    <>
      <h2 class="nav-title">{nav.administration}</h2>
      <ul>
        {pages.map((page) => (
          <NavLink
            key={page}
            icon={adminIcons[page]}
            href={addressOf({ page, app: app.id })}
            isHere={place.page === page}
            after={page === 'conflicts' && conflicts > 0 && <span class="count">{words.count(conflicts)}</span>}
          >
            {nav.admin[page]}
          </NavLink>
        ))}
      </ul>
    </>
  );
}
