import { describe, expect, it, vi } from 'vitest';
import { first, isHeld, letGo, take } from './pool.ts';

describe('the chats of a page', () => {
  it('are one for each portal, the first of them that of window.Parlor, and end with the last that asks', () => {
    const ferns = take('https://chat.example.com 10');
    const mosses = take('https://chat.example.com 11');
    expect([ferns === first, mosses === first]).toEqual([true, false]);
    expect(take('https://chat.example.com 10')).toBe(ferns);

    const ended = vi.spyOn(ferns, 'destroy');
    letGo('https://chat.example.com 10');
    expect([isHeld(ferns), ended.mock.calls.length]).toEqual([true, 0]);
    letGo('https://chat.example.com 10');
    expect([isHeld(ferns), ended.mock.calls.length]).toEqual([false, 1]);
    letGo('https://chat.example.com 10');
    expect(ended).toHaveBeenCalledTimes(1);
    expect(take('https://chat.example.com 12')).toBe(first);
    expect(isHeld(mosses)).toBe(true);
  });
});
