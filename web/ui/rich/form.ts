import type { FormField } from '../../sdk/index.ts';
import { fill } from '../strings/index.ts';
import type { RichStrings } from './strings.ts';

const emailCharacters = 128;
const email = /^[a-z0-9!#$%&'*+\-/=?^_`{|}~]+(\.[a-z0-9!#$%&'*+\-/=?^_`{|}~]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(\d+|\d*[.,]\d+)$/;

/**
 * Why a field cannot be answered so, in words; undefined: it can. The rules are those of the server (`chat.CheckAnswers`), but that
 * every field wants an answer, as it does in the documented widget, unless an app says otherwise of its own questions.
 */
export function faultOf(field: FormField, value: string, strings: RichStrings): string | undefined {
  const answer = value.trim();
  const characters = [...answer].length;
  if (!answer) return field.optional ? undefined : strings.formErrorEntryRequired;
  if (field.type === 'select') return undefined;
  if (field.type === 'email') return characters > emailCharacters || answer.indexOf('@') > 64 || !email.test(answer) ? strings.formErrorInvalidEmail : undefined;
  const { minSize = 1, maxSize = 128, format } = field;
  if (format === 'integer' && !integer.test(answer)) return strings.formErrorInteger;
  if (format === 'decimal' && !decimal.test(answer)) return strings.formErrorDecimal;
  if (characters < minSize) return fill(strings.formErrorNoShorterThan, { characters: minSize });
  if (characters > maxSize) return fill(strings.formErrorNoLongerThan, { characters: maxSize });
  return undefined;
}

/** The answer to a field, as a `formResponse` has it. A chosen option is named by its name. */
export function answerOf({ type, name, label, options = [] }: FormField, value: string): FormField {
  const answer = value.trim();
  if (type === 'select') return { type, name, label, select: options.filter((option) => option.name === answer) };
  return { type, name, label, [type]: answer };
}

/** What was answered, in words. */
export function wordsOf({ text, email: address, select = [] }: FormField): string {
  return text ?? address ?? select.map(({ label }) => label).join(', ');
}
