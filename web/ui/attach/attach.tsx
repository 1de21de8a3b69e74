import type { Messenger } from '../model.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { Drawing } from './drawing.tsx';
import { attachStrings } from './strings.ts';

const files = () => import('../files/files.tsx');

/** How somebody sets about sending files: what it is called, and what is done when they reach for it, or press it. */
export interface FileWay {
  words: string;
  reached(event: Event): void;
}

/**
 * The ways to send what is not written: the button in the composer, which is the answer, pasting and dropping. What sends files
 * (ui/files/files.tsx) is fetched when somebody reaches for the button or brings files, and where some are left on their way by a page
 * that was closed. Where the host page wants locations, too, there is a menu (menu.tsx).
 */
export async function attaching(model: Messenger): Promise<() => Child> {
  const { attachmentsEnabled, menuItems: { imageUpload, fileUpload, shareLocation } = {} } = model.options;
  const way = attachmentsEnabled && (imageUpload !== false || fileUpload !== false) ? wayOfFiles(model) : undefined;
  if (shareLocation) {
    const menu = new (await import('./menu.tsx')).Menu(model, way);
    return () => menu.picture();
  }
  return () =>
    way && (
      <button class="tool" type="button" aria-label={way.words} title={way.words} onpointerenter={way.reached} onfocus={way.reached} onclick={way.reached}>
        <Drawing name="clip" />
      </button>
    );
}

function wayOfFiles(model: Messenger): FileWay {
  const hand = (how: string, given: readonly File[] = []) =>
    void files().then(
      ({ filesOf }) => filesOf(model).take(how, given),
      () => undefined,
    );
  const offered = (event: Event, data: DataTransfer | null) => {
    // Of a text that was copied there is often a picture, too.
    if (!data?.types.includes('Files') || data.types.includes('text/plain')) return;
    event.preventDefault();
    hand(event.type, [...data.files]);
  };
  addEventListener('paste', (event) => offered(event, event.clipboardData));
  for (const name of ['dragover', 'drop'] as const) addEventListener(name, (event) => offered(event, event.dataTransfer));
  const left = () => !model.files && model.entries.some(({ file }) => file) && hand('left');
  model.on('change', left);
  left();
  const { uploadDocument, uploadPhoto } = attachStrings(model);
  return { words: model.options.menuItems?.fileUpload === false ? uploadPhoto : uploadDocument, reached: ({ type }) => hand(type) };
}
