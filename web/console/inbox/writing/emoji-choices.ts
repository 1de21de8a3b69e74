import { useEffect } from 'preact/hooks';
import type { Choice } from './completion.ts';
import { allEmoji, emojiMeant, fetchEmoji, noteTaken } from './emoji.ts';

const most = 8;

/** The emoji that a word means; undefined as long as they are not known. */
export function useEmojiChoices(query: string | undefined): readonly Choice[] | undefined {
  const isWanted = query !== undefined;
  useEffect(() => {
    // Without them the word stays as it was written.
    if (isWanted) void fetchEmoji().catch(() => undefined);
  }, [isWanted]);
  const all = allEmoji();
  if (!isWanted || !all) return undefined;
  return emojiMeant(all, query).slice(0, most).map(({ sign, name }) => ({
    key: sign,
    name: sign,
    detail: name,
    text: () => {
      noteTaken(sign);
      return sign;
    },
  }));
}
