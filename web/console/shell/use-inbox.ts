import { useEffect, useMemo } from 'preact/hooks';
import { useConsole } from '../console.ts';
import { Inbox } from '../inbox/inbox.ts';
import { isPanelLiked } from '../inbox/inbox-page.tsx';

/** The inbox of the app that one is in, kept in step as long as one is. */
export function useInboxOf(app: string | undefined, me: { id: string; name: string }): Inbox | undefined {
  const desk = useConsole();
  const inbox = useMemo(() => {
    if (!app) return undefined;
    return new Inbox({
      api: desk.api,
      app,
      // The name may be another one later; the inbox stays the same.
      me: () => desk.session.value?.agent ?? me,
      dial: () => new WebSocket(new URL(`/console/v1/apps/${app}/socket`, location.href.replace(/^http/, 'ws'))),
      visit: (conversation) => desk.router.go({ page: 'inbox', app, view: 'open', conversation, panel: isPanelLiked() }),
      // Whoever is signed in still finds out what is left to them.
      ended: () => void desk.resume().catch(() => undefined),
    });
  }, [app, me.id]);
  useEffect(() => {
    inbox?.begin();
    return () => {
      inbox?.end();
      // Whoever leaves on purpose leaves no drafts.
      if (desk.departure.value !== 'wanted') inbox?.threads.end();
    };
  }, [inbox]);
  return inbox;
}
