import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AppRole, Session } from './api/people.ts';
import { useConsole } from './console.ts';
import { NewApp, NoApp } from './pages/new-app.tsx';
import { Proof } from './pages/proof.tsx';
import { Returned } from './pages/returned.tsx';
import { SecondStepPage } from './pages/second-step.tsx';
import { SignIn } from './pages/sign-in.tsx';
import { Welcome, takeToken } from './pages/welcome.tsx';
import { fetched } from './parts/fetched.tsx';
import { Toasts } from './parts/toasts.tsx';
import type { Place } from './router.ts';
import { Shell } from './shell/shell.tsx';
import { texts } from './strings/index.ts';

const FactorNeeded = fetched<{ app: AppRole }>(async () => (await import('./security/factor-needed.tsx')).FactorNeeded);

/** Everything that is shown; `link` is the token of the link by which somebody came. */
export function App({ link }: { link: string }): JSX.Element {
  const { router, session, proving } = useConsole();
  const { place } = router;
  const token = useRef(link);
  useEffect(() => {
    // A link with a fragment, opened where the console is shown already, loads nothing anew.
    const changed = () => {
      token.current = takeToken() || token.current;
    };
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return (
    <>
      <Page place={place.value} session={session.value} token={token.current} />
      {session.value && proving.value && <Proof session={session.value} done={proving.value} />}
      <Toasts />
    </>
  );
}

function Page({ place, session, token }: { place: Place; session: Session | undefined; token: string }): JSX.Element | null {
  const { router, half } = useConsole();
  const isIn = !!session;
  const first = session?.apps[0]?.id;
  useEffect(() => {
    if (!isBefore(place.page) && !isIn) router.go({ page: 'sign-in', to: location.pathname + location.search }, 'replace');
    else if (place.page === 'sign-in' && isIn) router.go({ page: 'start' }, 'replace');
    else if (place.page === 'start' && first) router.go({ page: 'inbox', app: first, view: 'waiting' }, 'replace');
  }, [place, isIn, first]);
  useTitle(place.page);

  if (half.value && !isIn) return <SecondStepPage half={half.value} />;
  if (place.page === 'welcome') return <Welcome token={token} />;
  if (place.page === 'sso') return <Returned />;
  if (place.page === 'sign-in') return isIn ? null : <SignIn to={place.to} />;
  if (!session) return null;
  if (place.page === 'new-app' && session.agent.admin) return <NewApp session={session} />;
  if (session.apps.length === 0) return session.agent.admin ? <NewApp session={session} /> : <NoApp />;
  if (place.page === 'start') return null;
  const app = 'app' in place && session.apps.find(({ id }) => id === place.app);
  return app && app.needsFactor ? <FactorNeeded app={app} /> : <Shell place={place} session={session} />;
}

/** The pages on which nobody needs to be signed in. */
function isBefore(page: Place['page']): boolean {
  return page === 'sign-in' || page === 'welcome' || page === 'sso';
}

/** Pages of the shell name themselves: they know more. */
function useTitle(page: Place['page']): void {
  const { product, signIn, apps } = texts.value;
  const name = { 'sign-in': signIn.title, 'new-app': apps.nextTitle }[page as string];
  useEffect(() => {
    document.title = [name, product].filter(Boolean).join(' · ');
  }, [name, product]);
}

