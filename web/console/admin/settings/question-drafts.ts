export type QuestionKind = 'short' | 'long' | 'choice';

export const questionKinds: readonly QuestionKind[] = ['short', 'long', 'choice'];

/** A question of the app's own, as the server has it. */
export interface Question {
  /** Of the answer; a new question is given one. */
  name?: string;
  kind: QuestionKind;
  label: string;
  options?: string[];
  required: boolean;
}

/** A question while it is being written: its options are lines. */
export interface Draft extends Omit<Question, 'options'> {
  lines: string;
}

export const newDraft: Draft = { kind: 'short', label: '', lines: '', required: false };

export function draftOf({ options = [], ...rest }: Question): Draft {
  return { ...rest, lines: options.join('\n') };
}

/** What is sent. Options of what is no choice any more are left behind. */
export function questionOf({ lines, ...rest }: Draft): Question {
  if (rest.kind !== 'choice') return rest;
  return { ...rest, options: lines.split('\n').map((line) => line.trim()).filter(Boolean) };
}

/** The list with one of it at another place. */
export function moved<One>(list: readonly One[], from: number, to: number): One[] {
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)];
}

/** Which question a refusal is about, and which part of it. */
export function placeOf(field: string | undefined): { at: number; part: string } | undefined {
  const [, at, part] = field?.match(/^questions\[(\d+)\]\.(\w+)/) ?? [];
  return at && part ? { at: Number(at), part } : undefined;
}
