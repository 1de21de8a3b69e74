import { describe, expect, it } from 'vitest';
import { addressOf, placeOf } from './router.ts';
import type { Place } from './router.ts';

const at = (path: string) => placeOf(new URL(path, 'https://chat.example.com'));
const app = '0123456789abcdef01234567';

describe('addresses of the console', () => {
  const places: [string, Place][] = [
    ['/console', { page: 'start' }],
    ['/console/welcome', { page: 'welcome' }],
    ['/console/sign-in', { page: 'sign-in', to: undefined }],
    ['/console/apps/new', { page: 'new-app' }],
    [`/console/apps/${app}/people`, { page: 'people', app }],
    [`/console/apps/${app}/keys`, { page: 'keys', app, item: undefined }],
    [`/console/apps/${app}/users/u1`, { page: 'users', app, item: 'u1' }],
    [`/console/apps/${app}/inbox/mine`, { page: 'inbox', app, view: 'mine', conversation: undefined, panel: false }],
    [`/console/apps/${app}/inbox/open?q=a+%26+b`, { page: 'inbox', app, view: 'open', query: 'a & b', panel: false }],
    [`/console/apps/${app}/inbox/open/c1?q=%E6%B3%A8%E6%96%87&at=m1&panel=person`, { page: 'inbox', app, view: 'open', conversation: 'c1', query: '注文', at: 'm1', panel: true }],
    [`/console/apps/${app}/inbox/${app}/c1`, { page: 'inbox', app, view: 'open', saved: app, conversation: 'c1', panel: false }],
    [`/console/apps/${app}/inbox/team-${app}/c1`, { page: 'inbox', app, view: 'open', team: app, conversation: 'c1', panel: false }],
    [`/console/apps/${app}/inbox/closed/c1?panel=person`, { page: 'inbox', app, view: 'closed', conversation: 'c1', panel: true }],
  ];

  it.each(places)('%s is a place, whose address it is', (address, place) => {
    expect(at(address)).toEqual(place);
    expect(addressOf(place)).toBe(address);
  });

  it('opens an app on what waits longest', () => {
    expect(at(`/console/apps/${app}`)).toMatchObject({ page: 'inbox', view: 'waiting' });
    expect(at(`/console/apps/${app}/inbox`)).toMatchObject({ page: 'inbox', view: 'waiting' });
  });

  it('says of what is none of its addresses that it is missing', () => {
    for (const address of ['/console/nowhere', '/console/apps', `/console/apps/${app}/inbox/everything`, `/console/apps/${app}/inbox/team-x`, `/console/apps/${app}/money`]) expect(at(address).page).toBe('missing');
  });

  it('comes back after a sign-in to its own addresses alone', () => {
    const to = (address: string) => (at(`/console/sign-in?${new URLSearchParams({ to: address })}`) as { to?: string }).to;
    expect(to(`/console/apps/${app}/people`)).toBe(`/console/apps/${app}/people`);
    for (const elsewhere of ['https://elsewhere.example/console', '//elsewhere.example/console', '/consoles', 'javascript:alert(1)', '/chat/x']) expect(to(elsewhere)).toBeUndefined();
    expect(addressOf({ page: 'sign-in', to: '/console/apps/x?panel=person' })).toBe('/console/sign-in?to=%2Fconsole%2Fapps%2Fx%3Fpanel%3Dperson');
  });
});
