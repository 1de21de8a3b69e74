/** What the host page is asked before something is sent or shown: fetched where it has a function that wants to be asked. */
import { messageShape } from '../../sdk/index.ts';
import type { Action, Content, Draft, Message, MessageShape, Metadata } from '../../sdk/index.ts';
import type { MessengerOptions } from '../../ui/model.ts';
import type { HostPort } from './port.ts';

/** The functions of the messenger that the host page may have a word in. */
export type Delegated = Pick<MessengerOptions, 'beforeSend' | 'beforeDisplay' | 'beforePostbackSend'>;

export function delegated(port: HostPort): Required<Delegated> {
  return {
    beforeSend: async (message: Draft, conversation) => {
      const { text, payload, metadata, fields, coordinates } = (await port.ask('beforeSend', [{ type: 'text', role: 'user', ...message }, conversation])) as Draft;
      return { ...message, text, payload, metadata, fields, coordinates };
    },
    beforePostbackSend: async ({ id, type, text, payload, metadata }: Action, conversation) => {
      const postback = { actionId: id, type, text, payload, metadata };
      return ((await port.ask('beforePostbackSend', [postback, conversation])) as { metadata?: Metadata }).metadata;
    },
    beforeDisplay: async (messages, conversation) => {
      const answers = (await port.ask('beforeDisplay', [messages.map(messageShape), conversation])) as (Partial<MessageShape> | null)[];
      return messages.map((message, i) => displayed(message, answers[i]));
    },
  };
}

/** The message with what the page says of it. */
function displayed(message: Message, shown: Partial<MessageShape> | null | undefined): Message | undefined {
  if (!shown) return undefined;
  const { displayName, avatarUrl } = shown;
  const content = { ...message.content };
  for (const name of Object.keys(content) as (keyof Content)[]) if (name in shown) Object.assign(content, { [name]: shown[name] });
  // Who changes the words means them, and not the markup of before.
  if (content.text !== message.content.text) delete content.htmlText;
  return { ...message, author: { ...message.author, displayName, avatarUrl }, content };
}
