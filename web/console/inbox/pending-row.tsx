import { h } from 'preact';
import type { JSX } from 'preact';
import { fill } from '../../ui/strings/index.ts';
import { sizeOf } from '../../ui/size.ts';
import type { Problem } from '../api/problem.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../parts/trouble.tsx';
import { locale, texts } from '../strings/index.ts';
import { PlainBody } from './body.tsx';
import type { Outbox, Pending } from './outbox.ts';
import type { Sending } from './writing/sending.ts';

/** What is on its way, or could not go: it is kept until somebody decides. */
export function PendingRow({ pending, outbox }: { pending: Pending; outbox: Outbox }): JSX.Element {
  const { thread: words, common } = texts.value;
  const { kind, text, file, state, problem } = pending;
  const again = () => void (kind === 'note' ? outbox.note(text, pending) : file ? outbox.attach(file, pending) : outbox.answer(text, pending));
  const discard = () => outbox.discard(pending.id);
  return (
    <div class={kind === 'note' ? 'note-row pending' : 'message own opens closes pending'}>
      {file ? <FileBody file={file} isGoing={state === 'sending'} cancel={discard} /> : <PlainBody text={text} />}
      {state === 'sending' && !file && <p class="meta late">{words.sending}</p>}
      {state === 'failed' && (
        <p class="meta bad" role="alert">
          <Icon name="alert" />
          <span>{words.failed} {problem && (file ? fileWordsOf(problem, file.name) : wordsOf(problem, texts.value))}</span>
          <button type="button" class="plain" onClick={again}>{common.tryAgain}</button>
          {!file && <button type="button" class="plain" onClick={() => outbox.handBack(pending)}>{words.edit}</button>}
          <button type="button" class="plain" onClick={discard}>{words.discard}</button>
        </p>
      )}
      {state === 'guarded' && <Guard who={problem?.message ?? ''} send={again} look={file ? discard : () => outbox.handBack(pending)} isFile={!!file} />}
    </div>
  );
}

/** The server reads the bytes: what it says of them is said in the words of the page. */
function fileWordsOf(problem: Problem, value: string): string {
  const { files } = texts.value;
  if (problem.status === 415) return fill(files.fileTypeError, { value });
  return problem.status === 400 ? fill(files.unreadable, { value }) : wordsOf(problem, texts.value);
}

function FileBody({ file, isGoing, cancel }: { file: Sending; isGoing: boolean; cancel(): void }): JSX.Element {
  const { files: words } = texts.value;
  const { url, width, height, file: { size } } = file.chosen;
  const part = file.progress.value;
  return (
    <div class="bubble file-going">
      {url && <img src={url} alt="" width={width} height={height} />}
      <p class="file-line">
        {!url && <Icon name="file" />}
        <span class="cut" dir="auto">{file.name}</span>
        <small class="quiet">{isGoing && part > 0 ? new Intl.NumberFormat(locale.value, { style: 'percent' }).format(part) : sizeOf(size, locale.value)}</small>
        {isGoing && (
          <button type="button" class="tool" aria-label={words.cancel(file.name)} onClick={cancel}>
            <Icon name="cross" />
          </button>
        )}
      </p>
      {isGoing && <progress aria-label={words.uploading(file.name)} value={part} />}
    </div>
  );
}

/** Somebody else has answered meanwhile: two answers to one question look as if nobody talked to each other. */
function Guard({ who, send, look, isFile }: { who: string; send(): void; look(): void; isFile: boolean }): JSX.Element {
  const { thread } = texts.value;
  // The buttons go: who has pressed one goes on writing.
  const decide = (act: () => void) => (event: MouseEvent) => {
    (event.target as Element).closest('.conversation-pane')?.querySelector('textarea')?.focus();
    act();
  };
  return (
    <div class="guard" role="alert">
      <p>{thread.guard(who)}</p>
      <button type="button" class="button" onClick={decide(look)}>{isFile ? thread.discard : thread.lookFirst}</button>
      <button type="button" class="button" onClick={decide(send)}>{thread.sendAnyway}</button>
    </div>
  );
}
