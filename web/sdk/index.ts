/**
 * The client of Parlor without any user interface and without a DOM: session, connection, conversations, outbox.
 * Storage, sockets, fetch and time are given to it. The way of a message: `Client.send` → outbox → connection → server →
 * event → store → `change`; nothing flows back against it.
 */
export { Client } from './client.ts';
export type { ClientOptions } from './client.ts';
export type { Presence, SignIn } from './identity.ts';
export { systemClock, wait } from './clock.ts';
export type { Clock, Timer } from './clock.ts';
export type { ConnectionState, Hint } from './connection.ts';
export type { Action, Content, Coordinates, FormField, Item, Media, Option } from './content.ts';
export type { Conversation } from './conversation.ts';
export { Emitter } from './emitter.ts';
export { ParlorError, badRequest, unavailable } from './errors.ts';
export type { PlainError, WireError } from './errors.ts';
export type { Dial, SocketLike } from './line.ts';
export { isNewConversation, newConversation, newId } from './ids.ts';
export type { Entry, FileNote, Sent } from './outbox.ts';
export type {
  Author,
  ClientInfo,
  ConversationFields,
  ConversationState,
  CountedEvent,
  Credentials,
  Cursor,
  Door,
  Draft,
  Message,
  Metadata,
  SessionGrant,
  User,
  UserFields,
} from './protocol.ts';
export { conversationShape, messageShape, seconds, userShape } from './shapes.ts';
export type { ActionShape, ConversationShape, ItemShape, MessageShape, UserShape } from './shapes.ts';
export { removeSession, saveSession, sessionKey, storedSession } from './session.ts';
export type { Carrier, Session } from './session.ts';
export { MemoryValues, Storage } from './storage.ts';
export type { KeyValues } from './storage.ts';
export { Store } from './store.ts';
