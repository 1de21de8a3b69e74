import type { Action, Message } from '../sdk/index.ts';
import type { Messenger } from './model.ts';

/** A button, and the message that it belongs to. */
export interface Button {
  message: Message;
  action: Action;
}

/** Finds a button among messages: one of their own, or one of their cards. */
export function findButton(messages: readonly Message[], id: string): Button | undefined {
  for (const message of messages) {
    const { actions = [], items = [] } = message.content;
    const action = [...actions, ...items.flatMap((item) => item.actions)].find((one) => one.id === id);
    if (action) return { message, action };
  }
  return undefined;
}

/**
 * Tells the business that the button was pressed, as the host page wants it. `id` names this press: told again under the same id,
 * it is the same. Fails where the host page forbids it, and as the server refuses it.
 */
export async function press(model: Messenger, conversation: string, { message, action }: Button, id: string): Promise<void> {
  const { client, beforePostbackSend } = model.options;
  const metadata = await beforePostbackSend?.(action, conversation);
  await client.ask('postback', { id, conversation, messageId: message.id, action: action.id, metadata });
}
