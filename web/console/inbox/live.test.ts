import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Live } from './live.ts';
import type { Socket } from './live.ts';

class Line implements Socket {
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  isClosed = false;

  close() {
    this.isClosed = true;
  }

  say(...events: unknown[]) {
    this.onmessage?.({ data: JSON.stringify(events) } as MessageEvent);
  }

  end(code: number) {
    this.onclose?.({ code } as CloseEvent);
  }
}

let lines: Line[];
let heard: string[];
let live: Live;
const last = () => lines.at(-1) as Line;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  [lines, heard] = [[], []];
  const dial = () => {
    const line = new Line();
    lines.push(line);
    return line;
  };
  live = new Live({ dial, heard: ({ type }) => heard.push(type), ended: () => heard.push('ended') });
  live.open();
});

afterEach(() => {
  live.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the line of the console', () => {
  it('tells everything that comes on it, and nothing of what is none of its frames', () => {
    last().say({ type: 'ready' }, { type: 'typing' });
    last().onmessage?.({ data: 'nonsense' } as MessageEvent);
    expect(heard).toEqual(['ready', 'typing']);
  });

  it('is dialled again where it has been silent for too long, though nobody closed it', () => {
    last().say({ type: 'ready' });
    vi.advanceTimersByTime(50_000);
    last().say({ type: 'beat' });
    vi.advanceTimersByTime(59_999);
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(501);
    expect([lines.length, lines[0]?.isClosed]).toEqual([2, true]);
    last().say({ type: 'ready' });
    expect(heard).toEqual(['ready', 'beat', 'ready']);
  });

  it('is dialled again, later and later, until it is ready', () => {
    for (const wait of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]) {
      const before = lines.length;
      last().end(1006);
      vi.advanceTimersByTime(wait / 2 - 1);
      expect(lines).toHaveLength(before);
      vi.advanceTimersByTime(wait / 2 + 1);
      expect(lines).toHaveLength(before + 1);
    }
    last().say({ type: 'ready' });
    const before = lines.length;
    last().end(1012);
    vi.advanceTimersByTime(500);
    expect(lines).toHaveLength(before + 1);
  });

  it('says that it is lost where it is away for a while, and not where it comes back at once', () => {
    last().say({ type: 'ready' });
    last().end(1006);
    vi.advanceTimersByTime(600);
    last().say({ type: 'ready' });
    vi.advanceTimersByTime(5_000);
    expect(live.isLost.value).toBe(false);
    last().end(1006);
    vi.advanceTimersByTime(1_600);
    expect(live.isLost.value).toBe(true);
    last().say({ type: 'ready' });
    expect(live.isLost.value).toBe(false);
  });

  it.each([4401, 4403])('ends where nobody may come again: %i', (code) => {
    last().end(code);
    vi.advanceTimersByTime(60_000);
    expect([heard, lines.length]).toEqual([['ended'], 1]);
  });

  it('is not dialled any more after it was closed', () => {
    live.close();
    expect(last().isClosed).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(1);
  });
});
