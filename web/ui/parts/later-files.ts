import type { Messenger } from '../model.ts';

/** An event by which somebody may want to send files, and by which they come. */
type Offer = Event & { clipboardData?: DataTransfer | null; dataTransfer?: DataTransfer | null };

/**
 * Files are sent by a part of their own (ui/files/files.tsx). It is fetched when somebody reaches for the button, pastes or drags a file,
 * or when there is one among the messages on their way, and is handed each such event with the files in it.
 */
export function laterFiles(model: Messenger): (event: Offer) => void {
  const offered = (event: Offer) => {
    const data = event.clipboardData ?? event.dataTransfer;
    // Of a text that was copied there is often a picture, too.
    if (data && (!data.types.includes('Files') || data.types.includes('text/plain'))) return;
    if (data) event.preventDefault();
    const given = [...(data?.files ?? [])];
    void import('../files/files.tsx').then(
      (part) => part.filesOf(model).take(event.type, given),
      () => undefined,
    );
  };
  for (const name of ['paste', 'dragover', 'drop']) addEventListener(name, offered);
  model.on('change', () => model.entries.some(({ file }) => file) && offered(new Event('wait')));
  return offered;
}
