import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { may } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { addressOf } from '../../router.ts';
import { texts } from '../../strings/index.ts';
import { useInbox } from '../context.ts';
import { meant } from './canned.ts';
import type { Choice } from './completion.ts';
import { filled } from './variables.ts';
import type { Values } from './variables.ts';

/** The canned replies that a word means; undefined as long as they are not known. */
export function useCannedChoices(query: string | undefined, values: () => Promise<Values>): readonly Choice[] | undefined {
  const { canned } = useInbox();
  const isWanted = query !== undefined;
  const asked = useRef<Promise<Values>>(Promise.resolve({}));
  const [known, setKnown] = useState<Values>({});
  useEffect(() => {
    if (!isWanted) return;
    asked.current = values();
    void asked.current.then(setKnown);
    void canned.load();
  }, [isWanted]);
  const all = canned.list.value;
  if (!isWanted || !all) return undefined;
  return meant(all, query).map(({ id, shortcut, title, text }) => ({
    key: id,
    name: `/${shortcut}`,
    detail: title,
    preview: filled(text, known),
    text: async () => filled(text, await asked.current),
  }));
}

/** What stands where an app has no canned replies. */
export function NoCanned(): JSX.Element {
  const desk = useConsole();
  const { app, canned } = useInbox();
  const { composer, problems, common } = texts.value;
  if (canned.problem.value && !canned.list.value) return <p role="alert">{problems.unreachable}</p>;
  if (!canned.list.value) return <p>{common.loading}</p>;
  const isAdmin = may(desk.app(app)?.role ?? 'agent', 'admin');
  return (
    <>
      <p>{composer.noCanned}</p>
      {isAdmin && <a href={addressOf({ page: 'canned-replies', app })}>{composer.makeCanned}</a>}
    </>
  );
}
