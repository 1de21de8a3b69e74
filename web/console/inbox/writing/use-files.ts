import type { RefObject } from 'preact';
import { texts } from '../../strings/index.ts';
import { useInbox } from '../context.ts';
import { useDrop } from './drop.ts';

interface FilesOfAnswer {
  /** Whether some wait to be sent. */
  hasFiles: boolean;
  /** Whether some are held over the conversation. */
  isDropping: boolean;
  take(files: readonly File[]): void;
  pasted(event: ClipboardEvent): void;
}

/** The files that go with an answer, however they come. Notes hold none. */
export function useFiles(conversation: string, isNote: boolean, field: RefObject<HTMLTextAreaElement | null>): FilesOfAnswer {
  const { trays } = useInbox();
  const tray = trays.of(conversation);
  const take = (files: readonly File[]) => {
    if (isNote) tray.value = { ...tray.value, refusals: [texts.value.files.notInNotes] };
    else void trays.add(conversation, files).then(() => field.current?.focus());
  };
  const isDropping = useDrop(field, take);
  const pasted = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    // Programs put a picture of a text beside it.
    if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    take(files);
  };
  return { hasFiles: !isNote && tray.value.chosen.length > 0, isDropping, take, pasted };
}
