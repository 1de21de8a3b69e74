import type { Smooch } from '../api.ts';
import type { Widget } from '../loader/widget.ts';

/** What is called alike in every dialect that has calls. */
export type Calls = Pick<Smooch, 'logout' | 'open' | 'close' | 'isOpened' | 'on' | 'off' | 'sendMessage' | 'setDelegate'>;

/** The neutral calls, the same in every script: they concern the first widget of the page, and its script's door. */
export interface Parlor extends Calls {
  login(token: string): Promise<void>;
}

export function callsOf(widget: Widget): Calls {
  const calls = {
    on: (...args) => widget.on(...args),
    off: (...args) => widget.off(...args),
    setDelegate: (delegate) => widget.setDelegate(delegate),
    close: () => widget.ask('close'),
    isOpened: () => !!widget.ask('isOpened'),
  } as Calls;
  return addCalls(calls, widget, ['open', 'logout', 'sendMessage']);
}

/** Adds calls that are handed on as they are. */
export function addCalls<T extends Partial<Smooch>>(calls: T, widget: Widget, names: readonly (keyof T & keyof Smooch)[]): T {
  for (const name of names) calls[name] = ((...args: unknown[]) => widget.call(name, ...args)) as T[typeof name];
  return calls;
}

/** Sets `window.Parlor`, unless another script of the page has. */
export function setParlor(widget: Widget): void {
  const page = window as unknown as { Parlor?: Parlor };
  page.Parlor ??= { ...callsOf(widget), login: (token) => widget.call('login', undefined, token) as Promise<void> };
}
