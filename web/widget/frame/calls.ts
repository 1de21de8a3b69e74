import { badRequest, conversationShape, messageShape, newConversation, userShape } from '../../sdk/index.ts';
import type { Client, Conversation, ConversationFields, Door, Draft, UserFields } from '../../sdk/index.ts';
import type { Messenger } from '../../ui/model.ts';
import type { ConversationOptions, MethodName, OutgoingMessage } from '../api.ts';

const typingEndsMs = 10_000;

/** Answers the calls of the public interface. Arguments come from the host page: each is checked before it is used. */
export class Calls {
  private typingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: Client,
    private readonly model: Messenger,
    private readonly door: Door,
  ) {}

  async answer(method: string, args: unknown[]): Promise<unknown> {
    const call = this.methods[method as MethodName];
    if (!call) throw badRequest(`There is no method "${method}".`);
    return call(args[0], args[1]);
  }

  private readonly methods: Partial<Record<MethodName, (first: unknown, second: unknown) => unknown>> = {
    login: async (externalId, jwt) => {
      const id = externalId === undefined || externalId === null ? undefined : text(externalId, 'The externalId');
      await this.client.signIn({ door: this.door, token: text(jwt, 'The jwt'), externalId: id });
    },
    logout: () => this.client.signOut(),
    sendMessage: async (message, conversation) => {
      const id = optionalText(conversation, 'The conversation id');
      const { beforeSend } = this.model.options;
      const draft = outgoing(message);
      const sent = await this.client.send(beforeSend ? await beforeSend(draft, id) : draft, id);
      return messageShape(sent.message);
    },
    startTyping: (conversation) => {
      const id = optionalText(conversation, 'The conversation id') ?? this.model.conversationId;
      clearTimeout(this.typingTimer);
      this.client.typing(id, true);
      this.typingTimer = setTimeout(() => this.client.typing(id, false), typingEndsMs);
    },
    stopTyping: (conversation) => {
      clearTimeout(this.typingTimer);
      this.client.typing(optionalText(conversation, 'The conversation id') ?? this.model.conversationId, false);
    },
    triggerPostback: () => undefined,
    updateUser: async (fields) => {
      await this.client.updateUser(userFields(fields));
      return userShape(this.client.user, this.client.fieldsToCome);
    },
    getConversationById: async (id) => {
      const wanted = optionalText(id, 'The conversation id') ?? this.model.conversationId;
      if (wanted === undefined) throw badRequest('No conversation is loaded.');
      const conversation = await this.client.load(wanted);
      if (conversation.hasMore && conversation.messages.length < 2) await this.client.loadOlder(wanted);
      return this.shape(this.client.store.get(wanted) ?? conversation);
    },
    getMoreConversations: async () => {
      const before = new Set(this.client.store.list().map((one) => one.state.id));
      await this.client.loadMore();
      return this.client.store.list().filter((one) => !before.has(one.state.id)).map((one) => this.shape(one));
    },
    loadConversation: async (id) => {
      const conversation = await this.client.load(text(id, 'The conversation id'));
      this.model.show(conversation.state.id);
      return this.shape(conversation);
    },
    createConversation: async (options) => {
      const { messages = [], ...fields } = object<ConversationOptions>(options ?? {}, 'The options');
      const made = await this.client.createConversation(conversationFields(fields), messages.map(outgoing));
      this.model.show(made.state.id);
      return this.shape(made);
    },
    updateConversation: async (id, options) => {
      const fields = conversationFields(object<ConversationOptions>(options, 'The options'));
      return this.shape(await this.client.updateConversation(text(id, 'The conversation id'), fields));
    },
    markAllAsRead: (id) => {
      const one = optionalText(id, 'The conversation id');
      const all = one === undefined ? this.client.store.list().map(({ state }) => state.id) : [one];
      for (const each of all) this.client.store.markRead(each);
    },
    setPredefinedMessage: (message) => {
      const draft = typeof message === 'string' ? message : (object<{ text?: unknown }>(message ?? {}, 'The message').text ?? '');
      if (this.model.look.inList) this.model.show(newConversation());
      this.model.fillIn(text(draft, 'The message', true));
    },
  };

  private shape(conversation: Conversation): unknown {
    return conversationShape(conversation, this.client.user?.id);
  }
}

function outgoing(message: unknown): Draft {
  if (typeof message === 'string') return { text: text(message, 'The message') };
  const { type = 'text', text: body, payload, metadata } = object<OutgoingMessage>(message, 'The message');
  if (type !== 'text') throw badRequest(`Messages of the type "${String(type)}" cannot be sent from here.`);
  return { text: text(body, 'The text of the message'), payload, metadata };
}

function conversationFields({ displayName, description, iconUrl, metadata }: ConversationOptions): ConversationFields {
  return { displayName, description, iconUrl, metadata };
}

function userFields(fields: unknown): UserFields {
  const { givenName, surname, email, avatarUrl, locale, metadata } = object<UserFields>(fields, 'The user');
  return { givenName, surname, email, avatarUrl, locale, metadata };
}

function text(value: unknown, what: string, mayBeEmpty = false): string {
  if (typeof value !== 'string' || (value === '' && !mayBeEmpty)) throw badRequest(`${what} must be a text that is not empty.`);
  return value;
}

function optionalText(value: unknown, what: string): string | undefined {
  return value === undefined || value === null ? undefined : text(value, what);
}

function object<T extends object>(value: unknown, what: string): T {
  if (typeof value !== 'object' || value === null) throw badRequest(`${what} must be an object.`);
  return value as T;
}
