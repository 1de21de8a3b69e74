import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Entry } from '../api/inbox.ts';
import { Icon } from '../parts/icon.tsx';
import { texts } from '../strings/index.ts';
import { useInbox } from './context.ts';
import { drafts } from './drafts.ts';
import type { Writing } from './drafts.ts';
import type { Thread } from './thread.ts';
import { nameOf } from './words.ts';
import { NoCanned } from './writing/canned-choices.tsx';
import { Choices } from './writing/choices.tsx';
import { useCompletion } from './writing/completion.ts';
import { Modes } from './writing/modes.tsx';
import { Sending } from './writing/sending.ts';
import { Tools } from './writing/tools.tsx';
import { TrayList } from './writing/tray-list.tsx';
import { useTyping } from './writing/typing.ts';
import { Unfilled, UnfilledDialog } from './writing/unfilled.tsx';
import { useFiles } from './writing/use-files.ts';
import { useOffer } from './writing/use-offer.ts';
import { unfilled } from './writing/variables.ts';

interface ComposerProps {
  thread: Thread;
  entry: Entry | undefined;
  writing: Writing;
  write(writing: Writing): void;
}

/** Where an answer or a note is written: two drafts, of which one is seen. */
export function Composer({ thread, entry, writing, write }: ComposerProps): JSX.Element {
  const { composer, files: fileWords } = texts.value;
  const { trays } = useInbox();
  const { conversation } = thread;
  const id = useId();
  const [text, setText] = useState('');
  const [isAsking, setAsking] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const toldAt = useRef(0);
  const isNote = writing === 'note';
  const put = (written: string) => {
    drafts.set(conversation, writing, written);
    setText(written);
  };
  useEffect(() => setText(drafts.get(conversation, writing)), [conversation, writing]);
  useTyping(thread, text !== '', isNote, toldAt);

  const completion = useCompletion(field, ['/', ':'], put);
  const { label, choices, isOpen, said } = useOffer(completion.word, entry);
  const { hasFiles, isDropping, take, pasted } = useFiles(conversation, isNote, field);
  const left = isNote ? [] : unfilled(text);
  const isEmpty = !text.trim() && !hasFiles;

  const back = thread.outbox.handedBack.value;
  useEffect(() => {
    if (!back) return;
    const to = back.kind === 'note' ? 'note' : 'answer';
    drafts.giveBack(conversation, to, back.text);
    thread.outbox.handedBack.value = undefined;
    write(to);
    setText(drafts.get(conversation, to));
    field.current?.focus();
  }, [back]);

  const send = (anyway = false) => {
    const written = text.trim();
    if (isEmpty) return;
    if (left.length > 0 && !anyway) return setAsking(true);
    setAsking(false);
    put('');
    toldAt.current = 0;
    for (const chosen of isNote ? [] : trays.take(conversation)) void thread.outbox.attach(new Sending(chosen, thread.uploadsTo));
    if (written) void (isNote ? thread.outbox.note(written) : thread.outbox.answer(written));
    field.current?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    if (isOpen && completion.pressed(event, choices)) return;
    if (event.key === 'Escape') field.current?.blur();
    if ((event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === 'e') {
      event.preventDefault();
      field.current?.form?.querySelector<HTMLElement>('[data-menu=emoji]')?.click();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  /** Writes at the caret; of what begins a word, a space stands before. */
  const insert = (written: string, isWord = false) => {
    const area = field.current as HTMLTextAreaElement;
    const { selectionStart, selectionEnd } = area;
    const space = isWord && /\S$/.test(area.value.slice(0, selectionStart)) ? ' ' : '';
    area.focus();
    area.setRangeText(space + written, selectionStart, selectionEnd, 'end');
    put(area.value);
    completion.look();
  };
  const select = (part: string) => {
    field.current?.focus();
    field.current?.setSelectionRange(text.indexOf(part), text.indexOf(part) + part.length);
  };
  return (
    <form class={`writer ${writing}`} onSubmit={(event) => (event.preventDefault(), send())}>
      {entry?.status === 'closed' && !isNote && <p class="quiet">{composer.closed}</p>}
      <div class="writer-box">
        {isOpen && (
          <Choices id={id} label={label} choices={choices} completion={completion}>
            <NoCanned />
          </Choices>
        )}
        <div class="writer-bar">
          <Modes writing={writing} write={(to) => (write(to), field.current?.focus())} />
          <span class="quiet hint cut" aria-hidden="true">{composer.hint}</span>
        </div>
        <TrayList conversation={conversation} />
        <textarea
          ref={field}
          rows={2}
          value={text}
          dir="auto"
          aria-label={isNote ? composer.noteLabel : composer.answerLabel}
          aria-keyshortcuts={isNote ? 'n' : 'r'}
          aria-autocomplete="list"
          aria-controls={isOpen ? id : undefined}
          aria-activedescendant={isOpen && choices.length > 0 ? `${id}-${completion.at}` : undefined}
          title={composer.keys}
          placeholder={isNote || !entry ? composer.notePlaceholder : composer.answerPlaceholder(nameOf(entry, texts.value))}
          onInput={({ currentTarget }) => (put(currentTarget.value), completion.look())}
          onKeyUp={completion.look}
          onClick={completion.look}
          onBlur={completion.close}
          onKeyDown={pressed}
          onPaste={pasted}
        />
        <Tools canned={() => insert('/', true)} attach={isNote ? undefined : take} insert={insert} />
        <button class={isNote ? 'button note' : 'button main'} disabled={isEmpty}>
          <Icon name={isNote ? 'note' : 'send'} />
          {isNote ? composer.addNote : composer.send}
        </button>
      </div>
      <Unfilled left={left} select={select} />
      <p class="hidden" role="status">{said}</p>
      {isDropping && <p class="drop-here" aria-hidden="true">{isNote ? fileWords.notInNotes : fileWords.drop}</p>}
      {isAsking && <UnfilledDialog left={left} close={() => setAsking(false)} send={() => send(true)} />}
    </form>
  );
}
