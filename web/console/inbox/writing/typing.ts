import { useEffect } from 'preact/hooks';
import type { Thread } from '../thread.ts';

const typingEveryMs = 5_000;

/** The user sees that somebody writes, and colleagues see who and what. */
export function useTyping(thread: Thread, isWriting: boolean, isNote: boolean, toldAt: { current: number }): void {
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
