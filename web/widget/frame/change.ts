import { conversationShape } from '../../sdk/index.ts';
import type { Conversation, Message } from '../../sdk/index.ts';
import type { ConversationChange } from '../bridge.ts';

/** What the host page has to hear of the conversation, where it has these messages of it. `me` is the signed-in user's id. */
export function changeOf(conversation: Conversation, sent: readonly Message[] = [], me: string | undefined): ConversationChange {
  const { messages } = conversation;
  const shorter = Math.min(sent.length, messages.length);
  let before = 0;
  while (before < shorter && messages[before] === sent[before]) before++;
  let after = 0;
  while (after < shorter - before && messages.at(-1 - after) === sent.at(-1 - after)) after++;
  const between = messages.slice(before, messages.length - after);
  return { ...conversationShape({ ...conversation, messages: between }, me), before, after };
}
