import type { Delegate, EventData, MessageShape, OutgoingMessage } from '../api.ts';
import type { Delegates, FrameMessage } from '../bridge.ts';

type Ask = Extract<FrameMessage, { parlor: 'ask' }>;

/** Which of the delegates that the frame has to wait for exist. */
export function present(delegate: Delegate): Delegates {
  return { beforeDisplay: !!delegate.beforeDisplay, beforeSend: !!delegate.beforeSend };
}

/** Runs the delegate that the frame asks for. Fails where the host page's own function fails. */
export async function consult(delegate: Delegate, { what, args }: Ask, dataOf: (conversation: unknown) => EventData): Promise<unknown> {
  const data = dataOf(args[1]);
  switch (what) {
    case 'onInvalidAuth':
      return delegate.onInvalidAuth?.();
    case 'beforeSend':
      return beforeSend(delegate, args[0] as OutgoingMessage, data);
    case 'beforeDisplay':
      return Promise.all((args[0] as MessageShape[]).map(async (message) => (delegate.beforeDisplay ? delegate.beforeDisplay(message, data) : message)));
  }
}

async function beforeSend(delegate: Delegate, message: OutgoingMessage, data: EventData): Promise<OutgoingMessage> {
  const changed = delegate.beforeSend ? await delegate.beforeSend(message, data) : message;
  if (typeof changed !== 'object' || changed === null) throw new TypeError('beforeSend must return the message.');
  return changed;
}
