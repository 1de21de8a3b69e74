import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useKeys } from '../keys.ts';
import { Empty } from '../parts/empty.tsx';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { sayTrouble } from '../parts/toasts.tsx';
import { addressOf } from '../router.ts';
import { texts } from '../strings/index.ts';
import { Actions } from './actions.tsx';
import { Announcer } from './announcer.tsx';
import { Composer } from './composer.tsx';
import { useInbox } from './context.ts';
import type { Writing } from './drafts.ts';
import { drafts } from './drafts.ts';
import { listOf } from './inbox-page.tsx';
import type { InboxPlace } from './inbox-page.tsx';
import { Log } from './log.tsx';
import { Shield } from './shield.tsx';
import type { Thread } from './thread.ts';
import { nameOf } from './words.ts';

/** One conversation: who it is with, what was said, and what to say. */
export function Conversation({ thread, place, showPanel }: { thread: Thread; place: InboxPlace; showPanel(shown: boolean): void }): JSX.Element {
  const inbox = useInbox();
  const { inbox: words, actions, common } = texts.value;
  const entry = inbox.list.get(thread.conversation);
  const [writing, write] = useState<Writing>(drafts.get(thread.conversation, 'note') && !drafts.get(thread.conversation, 'answer') ? 'note' : 'answer');
  const pane = useRef<HTMLElement>(null);
  const focusOn = (to: Writing) => {
    const focus = () => pane.current?.querySelector('textarea')?.focus();
    // What is typed at once belongs there already.
    if (to === writing) return focus();
    write(to);
    requestAnimationFrame(focus);
  };
  useKeys({ r: () => focusOn('answer'), n: () => focusOn('note') });
  useEffect(() => {
    // On a narrow window the list is gone, and with it what had the focus.
    if (document.activeElement === document.body) pane.current?.focus();
  }, []);

  const { value: state } = thread.state;
  useEffect(() => {
    if (place.at && state === 'still') void thread.reach(place.at).then((isThere) => !isThere && sayTrouble(words.notReached));
  }, [thread, place.at, state]);
  const isGone = state === 'failed' && thread.problem.value?.status === 404;
  return (
    <section class="pane conversation-pane" ref={pane} tabIndex={-1} aria-label={entry ? nameOf(entry, texts.value) : words.conversations}>
      <header class="page-header">
        <a class="tool narrow-only" href={addressOf(listOf(place))} aria-label={common.back}>
          <Icon name="back" />
        </a>
        {entry && (
          <>
            <div class="about-who">
              <h2 class="cut" dir="auto">{nameOf(entry, texts.value)}</h2>
              {entry.person && <Shield assurance={entry.person.assurance} />}
              {entry.status !== 'open' && <span class="badge">{words.views[entry.status]}</span>}
              {entry.team && <span class="badge of-team cut" title={words.withTeam(entry.team.name)}><Icon name="team" /><span class="cut">{entry.team.name}</span></span>}
              {entry.tags.map((tag) => <span key={tag} class="badge cut">{tag}</span>)}
            </div>
            <Actions entry={entry} />
          </>
        )}
        <span class={entry ? 'hidden' : 'space'} />
        <button type="button" class="tool" aria-label={actions.panel} title={actions.panel} aria-pressed={!!place.panel} aria-keyshortcuts="i" onClick={() => showPanel(!place.panel)}>
          <Icon name="person" />
        </button>
      </header>
      {state === 'failed' && thread.items.value.length === 0 ? (
        <Empty icon="alert" title={isGone ? words.goneTitle : words.threadFailed}>
          {isGone ? <p>{words.goneLead}</p> : <Trouble problem={thread.problem.value} />}
          {!isGone && <button type="button" class="button" onClick={() => void thread.open()}>{common.tryAgain}</button>}
        </Empty>
      ) : (
        <>
          <Log thread={thread} entry={entry} />
          <Announcer thread={thread} />
          <Composer thread={thread} entry={entry} writing={writing} write={write} />
        </>
      )}
    </section>
  );
}
