import { describe, expect, it } from 'vitest';
import type { Item } from '../api/inbox.ts';
import { contentOf } from './markdown.ts';
import { rowsOf } from './rows.ts';
import { presets } from './snoozes.ts';

const at = (minute: number, day = 20) => new Date(2026, 10, day, 14, minute).toISOString();
let number = 0;
const message = (minute: number, name: string, day?: number): Item => {
  number += 1;
  return { kind: 'message', at: at(minute, day), message: { id: `m${number}`, number, change: number, received: at(minute, day), author: { type: 'user', displayName: name }, content: { type: 'text', text: 'x' } } };
};
const note = (minute: number): Item => ({ kind: 'note', at: at(minute), note: { id: `n${minute}`, sentId: '', text: '', html: '', author: { id: 'a', name: 'A' } } });
const shape = (items: Item[]) => rowsOf(items, []).map((row) => (row.kind === 'message' ? `${row.opens ? '(' : ''}x${row.closes ? ')' : ''}` : row.kind)).join(' ');

describe('rows of a conversation', () => {
  it('put together what one person says within three minutes, unless something stands between', () => {
    expect(shape([message(0, 'Ana'), message(1, 'Ana'), message(2, 'Ben')])).toBe('day (x x) (x)');
    expect(shape([message(0, 'Ana'), message(4, 'Ana')])).toBe('day (x) (x)');
    expect(shape([message(0, 'Ana'), note(1), message(2, 'Ana')])).toBe('day (x) note (x)');
  });

  it('tell where another day begins', () => {
    expect(shape([message(0, 'Ana'), message(1, 'Ana', 21)])).toBe('day (x) day (x)');
  });
});

describe('an answer', () => {
  it.each(['Hello\nAna', '2 * 3 * 4 = 24', 'snake_case_name', '5 - 3', 'see https://x.example/a_b_c'])('is a text where it is written as one: %s', (text) => {
    expect(contentOf(text)).toEqual({ text });
  });

  it.each(['**now**', 'an *old* pot', '_soon_', 'run `go test`', '- one\n- two', '1. first', '> so', '[here](https://x.example)'])('is Markdown where it has its marks: %s', (text) => {
    expect(contentOf(text)).toHaveProperty('content.markdownText');
  });

  it('keeps its lines in Markdown, too', () => {
    expect(contentOf('**a**\nb\n\nc')).toEqual({ content: { type: 'text', markdownText: '**a**  \nb\n\nc' } });
  });
});

describe('times to put something off to', () => {
  const offered = (now: Date) => presets(now).map(({ name, at: time }) => `${name} ${time.getDate()} ${time.getHours()}:${String(time.getMinutes()).padStart(2, '0')}`);

  it('are an hour, this evening while it is a while away, tomorrow and Monday', () => {
    expect(offered(new Date(2026, 10, 18, 9, 30))).toEqual(['hour 18 10:30', 'tonight 18 18:00', 'tomorrow 19 8:00', 'week 23 8:00']);
    expect(offered(new Date(2026, 10, 18, 17, 30))).toEqual(['hour 18 18:30', 'tomorrow 19 8:00', 'week 23 8:00']);
  });

  it('are those of the Monday after next day on a Monday', () => {
    expect(offered(new Date(2026, 10, 23, 9)).at(-1)).toBe('week 30 8:00');
  });
});
