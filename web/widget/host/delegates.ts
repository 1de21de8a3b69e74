/** Runs the delegates that the frame asks for before something is sent or shown: fetched when it first asks for one. */
import type { Delegate, EventData, MessageShape, OutgoingMessage, Postback } from '../api.ts';
import type { Delegates } from '../bridge.ts';

/** Fails where the host page's own function fails. */
export async function consult(delegate: Delegate, what: keyof Delegates, asked: unknown, data: EventData): Promise<unknown> {
  switch (what) {
    case 'beforeSend':
      return given(what, delegate.beforeSend ? await delegate.beforeSend(asked as OutgoingMessage, data) : asked);
    case 'beforePostbackSend':
      return given(what, delegate.beforePostbackSend ? await delegate.beforePostbackSend(asked as Postback, data) : asked);
    case 'beforeDisplay':
      return Promise.all((asked as MessageShape[]).map(async (message) => (delegate.beforeDisplay ? delegate.beforeDisplay(message, data) : message)));
  }
}

function given(what: string, changed: unknown): unknown {
  if (typeof changed !== 'object' || changed === null) throw new TypeError(`${what} must return what it was given, changed or not.`);
  return changed;
}
