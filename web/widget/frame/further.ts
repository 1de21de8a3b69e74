import { badRequest, conversationShape, messageShape, newConversation, newId, userShape } from '../../sdk/index.ts';
import type { Client, Conversation, ConversationFields, UserFields } from '../../sdk/index.ts';
import type { Messenger } from '../../ui/model.ts';
import type { ConversationOptions } from '../api.ts';
import { text } from './arguments.ts';
import type { Calls } from './calls.ts';
import { conversationId, object, outgoing } from './further-arguments.ts';

const typingEndsMs = 10_000;
/** How often it is told that somebody still types. */
const typingAgainMs = 5_000;

/** The calls that a host page makes to steer the messenger, and that nobody needs to chat: fetched when one is made. */
export function furtherCalls(client: Client, model: Messenger): Calls {
  const typing = new Map<string | undefined, { told: number; timer: ReturnType<typeof setTimeout> }>();
  const stopTyping = (id: string | undefined) => {
    clearTimeout(typing.get(id)?.timer);
    if (typing.delete(id)) client.typing(id, false);
  };
  let isPromptNoted = false;
  const shape = (conversation: Conversation) => conversationShape(conversation, client.user?.id);
  return {
    sendMessage: async (message, conversation) => {
      const id = conversationId(conversation);
      const { beforeSend } = model.options;
      const draft = outgoing(message);
      const sent = await client.send(beforeSend ? await beforeSend(draft, id) : draft, id);
      return messageShape(sent.message);
    },
    startTyping: (conversation) => {
      const id = conversationId(conversation) ?? model.conversationId;
      const before = typing.get(id);
      const isOld = Date.now() - (before?.told ?? 0) > typingAgainMs;
      clearTimeout(before?.timer);
      typing.set(id, { told: before && !isOld ? before.told : Date.now(), timer: setTimeout(() => stopTyping(id), typingEndsMs) });
      if (isOld) client.typing(id, true);
    },
    stopTyping: (conversation) => stopTyping(conversationId(conversation) ?? model.conversationId),
    triggerPostback: async (action, conversation) => {
      const id = conversationId(conversation) ?? model.conversationId ?? '';
      const { findButton, press } = await import('../../ui/press.ts');
      const button = findButton(client.store.get(id)?.messages ?? [], text(action, 'The action id'));
      if (!button) throw badRequest('There is no such action in the conversation.');
      await press(model, id, button, newId());
    },
    showNotificationChannelPrompt: () => {
      if (!isPromptNoted) console.info('Parlor: showNotificationChannelPrompt does nothing, as there are no other channels.');
      isPromptNoted = true;
    },
    updateUser: async (fields) => {
      await client.updateUser(userFields(fields));
      return userShape(client.user, client.fieldsToCome);
    },
    getConversationById: async (id) => {
      const wanted = conversationId(id) ?? model.conversationId;
      if (wanted === undefined) throw badRequest('No conversation is loaded.');
      const conversation = await client.load(wanted);
      if (conversation.hasMore && conversation.messages.length < 2) await client.loadOlder(wanted);
      return shape(client.store.get(wanted) ?? conversation);
    },
    getMoreConversations: async () => {
      const before = new Set(client.store.list().map((one) => one.state.id));
      await client.loadMore();
      return client.store.list().filter((one) => !before.has(one.state.id)).map(shape);
    },
    loadConversation: async (id) => {
      const conversation = await client.load(text(id, 'The conversation id'));
      model.show(conversation.state.id);
      return shape(conversation);
    },
    createConversation: async (options) => {
      const { messages = [], ...fields } = object<ConversationOptions>(options ?? {}, 'The options');
      const made = await client.createConversation(conversationFields(fields), messages.map(outgoing));
      model.show(made.state.id);
      return shape(made);
    },
    updateConversation: async (id, options) => {
      const fields = conversationFields(object<ConversationOptions>(options, 'The options'));
      return shape(await client.updateConversation(text(id, 'The conversation id'), fields));
    },
    markAllAsRead: (id) => {
      const one = conversationId(id);
      const all = one === undefined ? client.store.list().map(({ state }) => state.id) : [one];
      for (const each of all) client.store.markRead(each);
    },
    setPredefinedMessage: (message) => {
      const draft = typeof message === 'string' ? message : (object<{ text?: unknown }>(message ?? {}, 'The message').text ?? '');
      if (model.look.inList) model.show(newConversation());
      model.fillIn(text(draft, 'The message', true));
    },
  };
}

function conversationFields({ displayName, description, iconUrl, metadata }: ConversationOptions): ConversationFields {
  return { displayName, description, iconUrl, metadata };
}

function userFields(fields: unknown): UserFields {
  const { givenName, surname, email, avatarUrl, locale, metadata } = object<UserFields>(fields, 'The user');
  return { givenName, surname, email, avatarUrl, locale, metadata };
}
