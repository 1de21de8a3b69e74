import { useEffect, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import { wordAt } from './word.ts';
import type { Trigger, Word } from './word.ts';

/** One of those that a word may become. */
export interface Choice {
  key: string;
  name: string;
  detail: string;
  /** What would be written, to be seen before. */
  preview?: string;
  text(): string | Promise<string>;
}

export interface Completion {
  /** The word that is completed; undefined: nothing is offered. */
  word: Word | undefined;
  at: number;
  goTo(at: number): void;
  pick(choice: Choice): Promise<void>;
  /** Whether the press was for the list. */
  pressed(event: KeyboardEvent, choices: readonly Choice[]): boolean;
  /** To be called when text or caret have changed. */
  look(): void;
  close(): void;
}

/** Completes the word before the caret. Keys that an input method needs for itself are left to it. */
export function useCompletion(field: RefObject<HTMLTextAreaElement | null>, triggers: readonly Trigger[], put: (text: string) => void): Completion {
  const [word, setWord] = useState<Word | undefined>();
  const [at, goTo] = useState(0);
  /** Where a word begins whose list was closed: it stays closed. */
  const closed = useRef<number | undefined>(undefined);
  const look = () => {
    const { value, selectionStart, selectionEnd } = field.current as HTMLTextAreaElement;
    const found = selectionStart === selectionEnd ? wordAt(value, selectionStart, triggers) : undefined;
    if (found?.from !== closed.current) closed.current = undefined;
    setWord(closed.current === undefined ? found : undefined);
  };
  const close = () => {
    closed.current = word?.from;
    setWord(undefined);
  };
  useEffect(() => goTo(0), [word?.query, word?.trigger]);

  const pick = async (choice: Choice) => {
    if (!word) return;
    setWord(undefined);
    const text = await choice.text();
    const area = field.current;
    if (!area || area.value.slice(word.from, word.to) !== word.trigger + word.query) return;
    area.focus();
    area.setRangeText(text, word.from, word.to, 'end');
    put(area.value);
  };
  const pressed = (event: KeyboardEvent, choices: readonly Choice[]) => {
    if (!word || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = choices[at];
    const isTaken = /^(Enter|Tab)$/.test(event.key) && !event.shiftKey && chosen !== undefined;
    if (event.key === 'Escape') close();
    else if (step !== undefined && choices.length > 0) goTo((at + step + choices.length) % choices.length);
    else if (isTaken) void pick(chosen);
    else return false;
    event.preventDefault();
    return true;
  };
  return { word, at, goTo, pick, pressed, look, close };
}
