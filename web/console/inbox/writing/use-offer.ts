import type { Entry } from '../../api/inbox.ts';
import { texts } from '../../strings/index.ts';
import { useCannedChoices } from './canned-choices.tsx';
import type { Choice } from './completion.ts';
import { useEmojiChoices } from './emoji-choices.ts';
import { useValues } from './values.ts';
import type { Word } from './word.ts';

interface Offer {
  label: string;
  choices: readonly Choice[];
  isOpen: boolean;
  /** How many there are, in words. */
  said: string;
}

/** What is offered for the word before the caret. A slash by itself says what it is for, where there is nothing to choose yet. */
export function useOffer(word: Word | undefined, entry: Entry | undefined): Offer {
  const { composer, emoji: emojiWords } = texts.value;
  const canned = useCannedChoices(word?.trigger === '/' ? word.query : undefined, useValues(entry));
  const emoji = useEmojiChoices(word?.trigger === ':' ? word.query : undefined);
  const choices = canned ?? emoji ?? [];
  const words = word?.trigger === ':' ? { label: emojiWords.open, found: emojiWords.count } : { label: composer.canned, found: composer.found };
  return {
    label: words.label,
    choices,
    isOpen: choices.length > 0 || (word?.trigger === '/' && word.query === ''),
    said: choices.length > 0 ? words.found(choices.length) : '',
  };
}
