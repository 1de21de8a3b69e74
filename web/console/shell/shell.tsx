import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Admin } from '../admin/admin.tsx';
import type { AppRole, Session } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { InboxProvider } from '../inbox/context.ts';
import { InboxPage, isPanelLiked } from '../inbox/inbox-page.tsx';
import type { Inbox } from '../inbox/inbox.ts';
import { nextWaiting } from '../inbox/waiting.ts';
import { useKeys } from '../keys.ts';
import { Empty } from '../parts/empty.tsx';
import { fetched } from '../parts/fetched.tsx';
import { undoLast } from '../parts/toasts.tsx';
import { addressOf } from '../router.ts';
import type { Place } from '../router.ts';
import { texts } from '../strings/index.ts';
import { areShortcutsShown, isMenuOpen, isPaletteShown } from './open.ts';
import type { PaletteProps } from './palette.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { Sidebar } from './sidebar.tsx';
import { useInboxOf } from './use-inbox.ts';

const People = fetched<{ app: AppRole; me: string }>(async () => (await import('../people/people.tsx')).People);

const Palette = fetched<PaletteProps>(async () => (await import('./palette.tsx')).Palette);

/** The frame around all pages of an app. */
export function Shell({ place, session }: { place: Place; session: Session }): JSX.Element {
  const desk = useConsole();
  const { router } = desk;
  const { nav } = texts.value;
  const app = desk.app('app' in place ? place.app : (session.apps[0]?.id ?? ''));
  const inbox = useInboxOf(app?.id, session.agent);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);

  useEffect(() => {
    isMenuOpen.value = false;
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
  }, [place.page, app?.id]);
  const toNextWaiting = async (id: string, from: Inbox) => {
    const conversation = await nextWaiting(from);
    if (conversation) router.go({ page: 'inbox', app: id, view: 'waiting', conversation, panel: isPanelLiked() });
  };
  useKeys({
    '?': () => (areShortcutsShown.value = true),
    'mod+k': () => (isPaletteShown.value = !!app && !document.querySelector('dialog[open]:not(.palette)')),
    z: undoLast,
    w: () => app && inbox && void toNextWaiting(app.id, inbox),
    'g i': () => app && router.go({ page: 'inbox', app: app.id, view: 'waiting' }),
    'g p': () => app && router.go({ page: 'people', app: app.id }),
    Escape: () => isMenuOpen.value && (isMenuOpen.value = false, true),
  });
  return (
    <InboxProvider value={inbox}>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>{nav.skip}</a>
      <div class="shell" data-menu={isMenuOpen.value || undefined}>
        <Sidebar place={place} session={session} app={app} inbox={inbox} />
        <div class="scrim" onClick={() => (isMenuOpen.value = false)} />
        <main id="main" ref={main} tabIndex={-1}>
          <Content place={place} session={session} app={app} />
        </main>
      </div>
      {isPaletteShown.value && app && <Palette app={app} place={place} close={() => (isPaletteShown.value = false)} />}
      {areShortcutsShown.value && <Shortcuts close={() => (areShortcutsShown.value = false)} />}
    </InboxProvider>
  );
}

function Content({ place, session, app }: { place: Place; session: Session; app: AppRole | undefined }): JSX.Element {
  const { missing, apps } = texts.value;
  if (!('app' in place) || !app) {
    const { title, lead } = 'app' in place ? { title: apps.goneTitle, lead: apps.goneLead } : missing;
    return (
      <Empty icon="alert" title={title}>
        <p>{lead}</p>
        <a class="button" href={addressOf({ page: 'start' })}>{apps.toStart}</a>
      </Empty>
    );
  }
  if (place.page === 'inbox') return <InboxPage key={app.id} place={place} />;
  if (place.page === 'people') return <People key={app.id} app={app} me={session.agent.id} />;
  return <Admin key={`${app.id} ${place.page}`} page={place.page} app={app} item={place.item} />;
}
