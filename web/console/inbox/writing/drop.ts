import { useEffect, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';

const shownForMs = 400;

/** Takes files that are dropped on the pane around an element; the answer tells whether some are held over it. Browsers tell of that again and again. */
export function useDrop(within: RefObject<HTMLElement | null>, take: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const current = useRef(take);
  current.current = take;
  useEffect(() => {
    const pane = within.current?.closest<HTMLElement>('.pane');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const moved = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      clearTimeout(timer);
      timer = setTimeout(() => setOver(false), shownForMs);
      setOver(event.type === 'dragover');
      if (event.type === 'drop') current.current([...event.dataTransfer.files]);
    };
    pane?.addEventListener('dragover', moved);
    pane?.addEventListener('drop', moved);
    return () => {
      clearTimeout(timer);
      pane?.removeEventListener('dragover', moved);
      pane?.removeEventListener('drop', moved);
    };
  }, []);
  return isOver;
}
