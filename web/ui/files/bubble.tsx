import type { Entry } from '../../sdk/index.ts';
import { Icon } from '../icons.tsx';
import type { Messenger } from '../model.ts';
import { sizeOf } from '../size.ts';
import { fill } from '../strings/index.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import type { FileStrings } from './strings.ts';
import type { Upload } from './uploads.ts';

/**
 * A file on its way: a picture in the shape that its message will have, in the elements of that (ui/rich/media.tsx), which takes them over;
 * else its name and its size. Where it is under way, how far, and the way to stop it.
 */
export function bubbleOf(model: Messenger, strings: FileStrings, entry: Entry, upload: Upload | undefined): Child {
  const { locale } = model.options;
  const { name = '', size = 0 } = entry.file ?? {};
  const failed = entry.failure !== undefined;
  const going = !failed && upload && !entry.message.attachmentId && <Progress model={model} strings={strings} entry={entry} upload={upload} />;
  const percent = going && upload.progress > 0 && <span class="percent" aria-hidden="true">{new Intl.NumberFormat(locale, { style: 'percent' }).format(upload.progress)}</span>;
  if (upload?.url) {
    const { url, width, height } = upload;
    return [
      <a class={`picture on-way${width && height ? '' : ' unmeasured'}${failed ? ' failed' : ''}`}>
        <img src={url} alt={name} width={width} height={height} />
        {going}
        {percent}
      </a>,
    ];
  }
  return [
    <a class={failed ? 'bubble file failed' : 'bubble file'} dir="auto">
      {going || (
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M13.500 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.500zM13.500 3v5.500H19" />
        </svg>
      )}
      <span class="file-name">
        <span>{name}</span>
        <small dir="auto">
          {sizeOf(size, locale)}
          {percent && [' · ', percent]}
        </small>
      </span>
    </a>,
  ];
}

/** Why a file was not sent, and what can be done; nothing where it is as with a text. */
export function statusOf(model: Messenger, { fileLost }: FileStrings, { id, failure, message }: Entry, upload: Upload | undefined): Child {
  const { strings, client } = model.options;
  const isLost = !upload && !message.attachmentId;
  if (failure === undefined) return undefined;
  return (
    <span class="meta error not-sent">
      <Icon name="alert" />
      <span dir="auto">{isLost ? fileLost : failure}</span>
      <span class="ways">
        {!isLost && (
          <button class="link" onclick={() => client.outbox.retry(id)}>
            {strings.clickToRetry}
          </button>
        )}
        <button class="link" onclick={() => client.outbox.discard(id)}>
          {strings.discard}
        </button>
      </span>
    </span>
  );
}

/** A ring that fills around the button that stops it. The number is for eyes alone: read aloud, it would never end. */
function Progress({ model, strings, entry, upload }: { model: Messenger; strings: FileStrings; entry: Entry; upload: Upload }): JSX.Element {
  const { client } = model.options;
  const value = upload.file.name;
  return (
    <span class="progress" drawn={(element) => element.style.setProperty('--done', String(upload.progress))}>
      <span class="hidden" role="progressbar" aria-label={fill(strings.uploading, { value })} aria-valuenow={String(Math.round(upload.progress * 100))} aria-valuemin="0" aria-valuemax="100" />
      <button class="cancel" aria-label={`${strings.cancelUpload}: ${value}`} title={strings.cancelUpload} onclick={() => client.outbox.discard(entry.id)}>
        <Icon name="cross" />
      </button>
    </span>
  );
}
