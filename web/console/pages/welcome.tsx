import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Link } from '../api/people.ts';
import { Problem, asProblem } from '../api/problem.ts';
import { useConsole } from '../console.ts';
import { Trouble } from '../parts/trouble.tsx';
import { texts } from '../strings/index.ts';
import { addressOf } from '../router.ts';
import { Acceptance } from './acceptance.tsx';
import { Gate } from './gate.tsx';

/** The token of the link, which is taken out of the address at once: nobody shall find it there, nor in the history. */
export function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(null, '', location.pathname);
  return token;
}

/** Whoever opens a link to the console: they make their account, or join with the one that they have. */
export function Welcome({ token }: { token: string }): JSX.Element {
  const { api } = useConsole();
  const { welcome, common } = texts.value;
  const [link, setLink] = useState<Link | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const look = () => {
    setProblem(undefined);
    api.call<{ link: Link }>('POST', 'links/look', { token }).then((answer) => setLink(answer.link), (reason: unknown) => setProblem(asProblem(reason)));
  };
  useEffect(() => {
    if (token) look();
  }, [token]);

  if (!token) return <Dead title={welcome.noneTitle} lead={welcome.noneLead} />;
  if (problem?.status === 404 || problem?.code === 'link_over') return <Dead title={welcome.overTitle} lead={welcome.overLead} next={welcome.overNext} />;
  if (problem) {
    return (
      <Gate title={texts.value.product}>
        <Trouble problem={problem} />
        <button type="button" class="button wide" onClick={look}>{common.tryAgain}</button>
      </Gate>
    );
  }
  return link ? <Acceptance token={token} link={link} over={() => setProblem(new Problem(404, 'link_over', ''))} /> : <Gate title={texts.value.product} lead={<span class="late">{welcome.looking}</span>} />;
}

function Dead({ title, lead, next }: { title: string; lead: string; next?: string }): JSX.Element {
  return (
    <Gate title={title} lead={lead}>
      {next && <p class="aside">{next}</p>}
      <a class="button wide" href={addressOf({ page: 'sign-in' })}>{texts.value.welcome.toSignIn}</a>
    </Gate>
  );
}
