import { h } from 'preact';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon } from '../../parts/icon.tsx';
import { texts } from '../../strings/index.ts';
import { EmojiButton } from './emoji-button.tsx';

interface ToolsProps {
  /** Opens the canned replies. */
  canned(): void;
  /** Undefined: what is written holds no files. */
  attach: ((files: readonly File[]) => void) | undefined;
  insert(sign: string): void;
}

/** What can be put into what is written, for the pointer. */
export function Tools({ canned, attach, insert }: ToolsProps): JSX.Element {
  const { composer, files } = texts.value;
  const chooser = useRef<HTMLInputElement>(null);
  const chosen = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    attach?.([...(currentTarget.files ?? [])]);
    currentTarget.value = '';
  };
  return (
    <div class="writer-tools">
      <button type="button" class="tool" aria-label={composer.canned} title={`${composer.canned} (/)`} onClick={canned}>
        <Icon name="bolt" />
      </button>
      {attach && (
        <button type="button" class="tool" aria-label={files.add} title={files.add} onClick={() => chooser.current?.click()}>
          <Icon name="clip" />
        </button>
      )}
      <input ref={chooser} type="file" multiple hidden onChange={chosen} />
      <EmojiButton name="emoji" pick={insert} />
    </div>
  );
}
