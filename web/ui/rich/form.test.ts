import { describe, expect, it } from 'vitest';
import type { FormField } from '../../sdk/index.ts';
import { answerOf, faultOf, wordsOf } from './form.ts';
import type { RichStrings } from './strings.ts';

/** Each text is its own name, so that a fault says which rule it is of. */
const strings = new Proxy({} as RichStrings, { get: (_, name) => `${String(name)} {characters}` });
const field = (more: Partial<FormField>): FormField => ({ type: 'text', name: 'n', label: 'N', ...more });
const options = [{ name: 's', label: 'Small' }, { name: 'l', label: 'Large' }];
const rule = (fault: string | undefined) => fault?.replace(' {characters}', '');

// The same cases as the server's: internal/chat/form.go.
describe('an answer', () => {
  it.each<[string, Partial<FormField>, string, string | undefined]>([
    ['that is missing', {}, '', 'formErrorEntryRequired'],
    ['of blanks', {}, '  ', 'formErrorEntryRequired'],
    ['in text', {}, 'Ana', undefined],
    ['that is too short', { minSize: 3 }, 'an', 'formErrorNoShorterThan 3'],
    ['as long as it may be', { maxSize: 3 }, 'Ana', undefined],
    ['counted in characters', { maxSize: 2 }, '🙂🙂', undefined],
    ['that is too long', { maxSize: 3 }, 'Anna', 'formErrorNoLongerThan 3'],
    ['too long without a limit of its own', {}, 'x'.repeat(129), 'formErrorNoLongerThan 128'],
    ['that is a whole number', { format: 'integer' }, '-42', undefined],
    ['that is none', { format: 'integer' }, '4.2', 'formErrorInteger'],
    ['that is a number with a point', { format: 'decimal' }, '4.2', undefined],
    ['that is a number with a comma', { format: 'decimal' }, '+,5', undefined],
    ['that ends with the point', { format: 'decimal' }, '4.', 'formErrorDecimal'],
    ['with two points', { format: 'decimal' }, '1,000.5', 'formErrorDecimal'],
    ['that is an address', { type: 'email' }, ' ana.silva+x@mail.example.com ', undefined],
    ['without a dot in the host', { type: 'email' }, 'ana@example', 'formErrorInvalidEmail'],
    ['with two @', { type: 'email' }, 'a@b@example.com', 'formErrorInvalidEmail'],
    ['with dots in a row', { type: 'email' }, 'a..b@example.com', 'formErrorInvalidEmail'],
    ['with a letter beyond ASCII', { type: 'email' }, 'änne@example.com', 'formErrorInvalidEmail'],
    ['with a host that begins with a dash', { type: 'email' }, 'a@-x.example', 'formErrorInvalidEmail'],
    ['with a long name', { type: 'email' }, `${'a'.repeat(65)}@example.com`, 'formErrorInvalidEmail'],
    ['that was chosen', { type: 'select', options }, 'l', undefined],
    ['that was not', { type: 'select', options }, '', 'formErrorEntryRequired'],
  ])('%s', (_, more, value, fault) => {
    expect(rule(faultOf(field(more), value, strings))).toBe(fault);
  });

  it('repeats its question and says what was chosen', () => {
    expect(answerOf(field({ minSize: 2, placeholder: 'x' }), ' Ana ')).toEqual({ type: 'text', name: 'n', label: 'N', text: 'Ana' });
    expect(answerOf(field({ type: 'email' }), 'ana@example.com')).toEqual({ type: 'email', name: 'n', label: 'N', email: 'ana@example.com' });
    const chosen = answerOf(field({ type: 'select', options }), 'l');
    expect(chosen).toEqual({ type: 'select', name: 'n', label: 'N', select: [{ name: 'l', label: 'Large' }] });
    expect(wordsOf(chosen)).toBe('Large');
  });
});
