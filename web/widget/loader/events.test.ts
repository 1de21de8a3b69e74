import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Events } from './events.ts';

describe('events', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('that last are heard by who binds later, once, and no longer when they are over', async () => {
    const events = new Events();
    const [early, late, tooLate, gone] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
    events.on('connected', early);
    events.emit('connected', { at: 1 });
    events.on('connected', late);
    events.on('connected', gone);
    events.off('connected', gone);
    await Promise.resolve();
    events.emit('disconnected');
    events.on('connected', tooLate);
    await Promise.resolve();
    expect([early.mock.calls, late.mock.calls, gone.mock.calls, tooLate.mock.calls]).toEqual([[[{ at: 1 }]], [[{ at: 1 }]], [], []]);
  });

  it('reach every handler, also where one of them fails; the failure is the page\'s to hear', () => {
    const events = new Events();
    const heard = vi.fn();
    events.on('message', () => {
      throw new Error('of the page');
    });
    events.on('message', heard);
    events.emit('message', 'hello');
    expect(heard).toHaveBeenCalledWith('hello');
    expect(() => vi.runAllTimers()).toThrow('of the page');
  });

  it('are unbound by handler, by name, or all', () => {
    const events = new Events();
    const [one, two] = [vi.fn(), vi.fn()];
    for (const handler of [one, two]) for (const name of ['message', 'typing']) events.on(name, handler);
    events.off('message', one);
    events.emit('message');
    events.off('typing');
    events.emit('typing');
    events.off();
    events.emit('message');
    expect([one.mock.calls.length, two.mock.calls.length]).toEqual([0, 1]);
  });
});
