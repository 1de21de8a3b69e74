import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Problem } from '../../api/problem.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Icon } from '../../parts/icon.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import { Waiting, useLoaded } from '../parts/loaded.tsx';
import { adminTexts } from '../words.ts';
import { draftOf, moved, newDraft, placeOf, questionOf } from './question-drafts.ts';
import type { Draft, Question } from './question-drafts.ts';
import { QuestionRow } from './question-row.tsx';

const most = 5;

interface Answer {
  questions: Question[];
}

/** What an app asks of its own before the first message, beside name and address. */
export function Questions({ app }: AdminProps): JSX.Element {
  const { questions: words } = adminTexts.value.settings;
  const loaded = useLoaded<Answer>(`apps/${app.id}/questions`);
  return loaded.value ? <Form app={app} now={loaded.value.questions} saved={loaded.set} /> : <Waiting of={loaded} title={words.failed} />;
}

function Form({ app, now, saved }: AdminProps & { now: Question[]; saved(answer: Answer): void }): JSX.Element {
  const { api } = useConsole();
  const { questions: words } = adminTexts.value.settings;
  const { common } = texts.value;
  const [edited, setEdited] = useState<Draft[] | undefined>();
  const [isSaved, setSaved] = useState(false);
  const [news, setNews] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const more = useRef<HTMLButtonElement>(null);
  const drafts = edited ?? now.map(draftOf);
  const { run, isBusy, problem } = useAction(async () => {
    saved(await api.call<Answer>('PUT', `apps/${app.id}/questions`, { questions: drafts.map(questionOf) }));
    // What was changed meanwhile is still to be saved.
    setEdited((now) => (now === edited ? undefined : now));
    setSaved(true);
  });
  const edit = (next: Draft[]) => {
    setSaved(false);
    setEdited(next);
  };
  const move = (from: number, to: number) => {
    if (to < 0 || to >= drafts.length) return;
    edit(moved(drafts, from, to));
    setNews(words.movedTo(to + 1, drafts.length));
    // The button that was pressed goes along with its question.
    list.current?.children[to]?.querySelector<HTMLElement>(`[data-move="${to - from}"]`)?.focus();
  };
  const remove = (at: number) => {
    edit(drafts.filter((_, i) => i !== at));
    more.current?.focus();
  };
  const place = placeOf(problem?.field);
  return (
    <form
      class="subject settings"
      aria-labelledby="questions"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (edited) void run();
      }}
    >
      <header>
        <div>
          <h2 id="questions">{words.title}</h2>
          <p class="quiet">{words.lead}</p>
        </div>
      </header>
      {drafts.length === 0 && <p class="nothing">{words.none}</p>}
      <div class="questions" ref={list}>
        {drafts.map((draft, i) => (
          <QuestionRow
            key={i}
            place={i}
            count={drafts.length}
            draft={draft}
            change={(part) => edit(drafts.map((other, at) => (at === i ? { ...other, ...part } : other)))}
            move={(by) => move(i, i + by)}
            remove={() => remove(i)}
            fault={place?.at === i ? { part: place.part, words: wordsOf(problem) } : undefined}
          />
        ))}
      </div>
      <p class="hidden" role="status">{news}</p>
      <button ref={more} type="button" class="button" aria-disabled={drafts.length >= most} onClick={() => drafts.length < most && edit([...drafts, newDraft])}>
        <Icon name="plus" />
        {words.add}
      </button>
      {drafts.length >= most && <p class="hint">{words.most(most)}</p>}
      <Trouble problem={place ? undefined : problem} />
      <footer class="keep">
        <button class="button main" disabled={!edited} aria-disabled={isBusy} aria-describedby="questions">{common.save}</button>
        <span class="saved" role="status">{isSaved && !edited && <Fragment><Icon name="check" />{common.saved}</Fragment>}</span>
      </footer>
    </form>
  );
}

/** A problem with a field begins with its name, and stands below it. */
function wordsOf(problem: Problem | undefined): string {
  const words = problem?.message.replace(/^[\w.[\]]+: /, '') ?? '';
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
