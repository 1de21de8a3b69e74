import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { english } from './english.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/texts.md'), 'utf8');
/** The rows of the tables that have a text and its variables. */
const rows = [...page.matchAll(/^\| `(\w+)` \| (.*) \| (.*) \| (.+) \|$/gm)].map(([, key = '', text, variables = '', where]) => ({ key, text, variables, where }));

describe('docs/texts.md', () => {
  it('has each text once, as it is in English', () => {
    expect(Object.fromEntries(rows.map(({ key, text }) => [key, text]))).toEqual(english);
    expect(rows).toHaveLength(Object.keys(english).length);
  });

  it('names the variables of each text', () => {
    for (const { key, text = '', variables } of rows) {
      const own = [...text.matchAll(/\{\w+\}/g)].map(([found]) => `\`${found}\``);
      // What a documented text may hold, and ours does not.
      if (key === 'messageTooLongError') own.push('`{size}`');
      expect(variables, key).toBe(own.join(' '));
    }
  });

  it('does not say of a text that it is shown that it is not', () => {
    const ignored = page.slice(page.indexOf('## Taken and not shown')).match(/`\w+`/g) ?? [];
    expect(ignored.length).toBeGreaterThan(50);
    expect(ignored.filter((key) => Object.hasOwn(english, key.slice(1, -1)))).toEqual(['`messageError`', '`clickToRetry`']);
  });
});
