import type { Messenger } from '../model.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { attachText } from './strings.ts';

const files = () => import('../files/files.tsx');

/**
 * The ways to send a file: the button in the composer, which is the answer, pasting and dropping. What they need further
 * (ui/files/files.tsx) is fetched when somebody reaches for the button or brings files, and where some are left on their way by a page
 * that was closed.
 */
export function attaching(model: Messenger): () => Child {
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
  const words = attachText(model);
  const reached = ({ type }: Event) => hand(type);
  return () => (
    <button class="tool" type="button" aria-label={words} title={words} onpointerenter={reached} onfocus={reached} onclick={reached}>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M20.500 11.500l-8.200 8.200a5.400 5.400 0 0 1-7.600-7.600l8.500-8.500a3.600 3.600 0 0 1 5.100 5.100l-8.500 8.500a1.800 1.800 0 0 1-2.500-2.500l7.800-7.900" />
      </svg>
    </button>
  );
}
