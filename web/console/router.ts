import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

export const views = ['waiting', 'mine', 'unread', 'unassigned', 'open', 'snoozed', 'closed'] as const;
export type View = (typeof views)[number];

/** What admins see to: pages of an app, named in the address as here. */
export const adminPages = ['numbers', 'keys', 'doctor', 'settings', 'designer', 'hours', 'users', 'conflicts', 'blocks', 'teams', 'canned-replies', 'webhooks', 'audit'] as const;
export type AdminPage = (typeof adminPages)[number];

/** Where somebody is: the address holds all of it. `saved` is a view of one's own, `team` that of a team, `query` what is looked for, `at` the message or note to show. */
export type Place =
  | { page: 'start' }
  | { page: 'sign-in'; to?: string }
  | { page: 'welcome' }
  | { page: 'sso' }
  | { page: 'new-app' }
  | { page: 'people'; app: string }
  | { page: 'inbox'; app: string; view: View; saved?: string; team?: string; conversation?: string; panel?: boolean; query?: string; at?: string }
  | { page: AdminPage; app: string; item?: string }
  | { page: 'missing' };

const base = '/console';

export function placeOf({ pathname, searchParams }: URL): Place {
  const [first, second, ...rest] = pathname.slice(base.length).split('/').filter(Boolean);
  if (!pathname.startsWith(base)) return { page: 'missing' };
  if (first === undefined) return { page: 'start' };
  if (first === 'welcome' || first === 'sso') return { page: first };
  if (first === 'sign-in') return { page: 'sign-in', to: ownPath(searchParams.get('to')) };
  if (first !== 'apps' || second === undefined) return { page: 'missing' };
  return second === 'new' ? { page: 'new-app' } : placeInApp(second, rest, searchParams);
}

function placeInApp(app: string, [page = 'inbox', ...rest]: string[], query: URLSearchParams): Place {
  const [view = 'waiting', conversation] = rest;
  if (isAdminPage(page)) return { page, app, item: rest[0] };
  if (page === 'people') return { page, app };
  const saved = /^[0-9a-f]{24}$/.test(view) ? view : undefined;
  const team = /^team-([0-9a-f]{24})$/.exec(view)?.[1];
  if (page !== 'inbox' || !(saved || team || isView(view))) return { page: 'missing' };
  return { page, app, view: isView(view) ? view : 'open', saved, team, conversation, panel: query.get('panel') === 'person', query: query.get('q') || undefined, at: query.get('at') || undefined };
}

export function addressOf(place: Place): string {
  switch (place.page) {
    case 'start':
      return base;
    case 'welcome':
    case 'sso':
      return `${base}/${place.page}`;
    case 'sign-in':
      return `${base}/sign-in${place.to ? `?${new URLSearchParams({ to: place.to })}` : ''}`;
    case 'new-app':
      return `${base}/apps/new`;
    case 'people':
      return `${base}/apps/${place.app}/people`;
    case 'inbox':
      return `${base}/apps/${place.app}/inbox/${viewIn(place)}${place.conversation ? `/${place.conversation}` : ''}${queryOf(place)}`;
    case 'missing':
      return `${base}/missing`;
    default:
      return `${base}/apps/${place.app}/${place.page}${place.item ? `/${place.item}` : ''}`;
  }
}

/** How the view of a place is called, in addresses and by the server. */
export function viewIn({ saved, team, view }: Pick<Extract<Place, { page: 'inbox' }>, 'saved' | 'team' | 'view'>): string {
  return saved ?? (team ? `team-${team}` : view);
}

/** What is looked for, at which message, and whether the person is shown. */
function queryOf({ query, at, panel }: Extract<Place, { page: 'inbox' }>): string {
  const all = new URLSearchParams({ ...(query && { q: query }), ...(at && { at }), ...(panel && { panel: 'person' }) });
  return all.size > 0 ? `?${all}` : '';
}

function isView(text: string): text is View {
  return (views as readonly string[]).includes(text);
}

export function isAdminPage(text: string): text is AdminPage {
  return (adminPages as readonly string[]).includes(text);
}

/** A path of the console; anything else would be a way to lead people off after their sign-in. */
function ownPath(text: string | null): string | undefined {
  return text?.match(/^\/console(?=[/?]|$)/) ? text : undefined;
}

/** Where the tab is. Links of the console are followed without loading anything anew. */
export class Router {
  readonly #place = signal(placeOf(new URL(location.href)));

  constructor() {
    addEventListener('popstate', () => this.#arrive());
    addEventListener('click', (event) => this.#clicked(event));
  }

  get place(): ReadonlySignal<Place> {
    return this.#place;
  }

  go(place: Place | string, how: 'push' | 'replace' = 'push'): void {
    const address = typeof place === 'string' ? place : addressOf(place);
    if (address === location.pathname + location.search) return;
    history[`${how}State`](null, '', address);
    this.#arrive();
  }

  #arrive(): void {
    this.#place.value = placeOf(new URL(location.href));
  }

  #clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : undefined;
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || link.target || link.origin !== location.origin || !ownPath(link.pathname)) return;
    event.preventDefault();
    this.go(link.pathname + link.search);
  }
}
