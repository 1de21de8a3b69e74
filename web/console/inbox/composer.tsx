import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Entry } from '../api/inbox.ts';
import { Icon } from '../parts/icon.tsx';
import { texts } from '../strings/index.ts';
import { drafts } from './drafts.ts';
import type { Writing } from './drafts.ts';
import type { Thread } from './thread.ts';
import { nameOf } from './words.ts';

const typingEveryMs = 5_000;

interface ComposerProps {
  thread: Thread;
  entry: Entry | undefined;
  writing: Writing;
  write(writing: Writing): void;
}

/** Where an answer or a note is written: two drafts, of which one is seen. */
export function Composer({ thread, entry, writing, write }: ComposerProps): JSX.Element {
  const { composer } = texts.value;
  const { conversation } = thread;
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const toldAt = useRef(0);
  const isNote = writing === 'note';
  const put = (written: string) => {
    drafts.set(conversation, writing, written);
    setText(written);
  };
  useEffect(() => setText(drafts.get(conversation, writing)), [conversation, writing]);
  useTyping(thread, text !== '', isNote, toldAt);

  const back = thread.handedBack.value;
  useEffect(() => {
    if (!back) return;
    const to = back.kind === 'note' ? 'note' : 'answer';
    drafts.set(conversation, to, [back.text, drafts.get(conversation, to)].filter(Boolean).join('\n'));
    thread.handedBack.value = undefined;
    write(to);
    setText(drafts.get(conversation, to));
    field.current?.focus();
  }, [back]);

  const send = () => {
    const said = text.trim();
    if (!said) return;
    put('');
    toldAt.current = 0;
    void (isNote ? thread.note(said) : thread.answer(said));
    field.current?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') field.current?.blur();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form class={`writer ${writing}`} onSubmit={(event) => (event.preventDefault(), send())}>
      {entry?.status === 'closed' && !isNote && <p class="quiet">{composer.closed}</p>}
      <div class="writer-box">
        <div class="writer-bar">
          <Modes writing={writing} write={(to) => (write(to), field.current?.focus())} />
          <span class="quiet hint cut" aria-hidden="true">{composer.hint}</span>
        </div>
        <textarea
          ref={field}
          rows={2}
          value={text}
          dir="auto"
          aria-label={isNote ? composer.noteLabel : composer.answerLabel}
          aria-keyshortcuts={isNote ? 'n' : 'r'}
          title={composer.keys}
          placeholder={isNote || !entry ? composer.notePlaceholder : composer.answerPlaceholder(nameOf(entry, texts.value))}
          onInput={({ currentTarget }) => put(currentTarget.value)}
          onKeyDown={pressed}
        />
        <button class={isNote ? 'button note' : 'button main'} disabled={!text.trim()}>
          <Icon name={isNote ? 'note' : 'send'} />
          {isNote ? composer.addNote : composer.send}
        </button>
      </div>
    </form>
  );
}

function Modes({ writing, write }: { writing: Writing; write(writing: Writing): void }): JSX.Element {
  const { composer } = texts.value;
  return (
    <div class="modes" role="group" aria-label={composer.mode}>
      {(['answer', 'note'] as const).map((one) => (
        <button key={one} type="button" aria-pressed={one === writing} onClick={() => write(one)}>{composer[one]}</button>
      ))}
    </div>
  );
}

/** The user sees that somebody writes, and colleagues see who and what. */
function useTyping(thread: Thread, isWriting: boolean, isNote: boolean, toldAt: { current: number }): void {
  useEffect(() => {
    if (!isWriting) {
      if (toldAt.current > 0) thread.tellTyping(false, isNote);
      toldAt.current = 0;
    } else if (Date.now() - toldAt.current > typingEveryMs) {
      toldAt.current = Date.now();
      thread.tellTyping(true, isNote);
    }
  });
  useEffect(() => () => {
    if (toldAt.current > 0) thread.tellTyping(false, false);
  }, [thread]);
}
