/**
 * The public interface of the widget, as integrators know it (contracts/sunshine.md sections 3.2 to 3.5).
 * Types only: loader, host core and npm package all speak of these.
 */
import type { Content, Coordinates, FormField } from '../sdk/content.ts';
import type { MenuItems, PrechatCapture } from '../ui/wishes/wishes.ts';
import type { ActionShape, ConversationShape, ItemShape, MessageShape, ParticipantShape, UserShape } from '../sdk/shapes.ts';

export type { MenuItems, PrechatCapture };
export type { ActionShape, Content, ConversationShape, Coordinates, FormField, ItemShape, MessageShape, ParticipantShape, UserShape };

/** What `data` of delegates and events holds. */
export interface EventData {
  conversation?: ConversationShape | { id: string };
  [name: string]: unknown;
}

export interface Delegate {
  /** The message to show, changed or not; anything falsy hides it. Concerns the display only. */
  beforeDisplay?(message: MessageShape, data: EventData): MessageShape | null | undefined | Promise<MessageShape | null | undefined>;
  /** The message to send. Must answer with one. */
  beforeSend?(message: OutgoingMessage, data: EventData): OutgoingMessage | Promise<OutgoingMessage>;
  /** The postback to send: its `metadata` may be added to. Must answer with one. */
  beforePostbackSend?(postback: Postback, data: EventData): Postback | Promise<Postback>;
  /** A fresh token for the same person: asked for before the present one ends, and when one was refused. */
  onInvalidAuth?(): string | undefined | Promise<string | undefined>;
}

/** What the person or the page sends. `sendMessage` takes texts; `beforeSend` is asked of the other types, too. Of an image or a file its `metadata` count. */
export interface OutgoingMessage {
  type?: 'text' | 'formResponse' | 'location' | 'image' | 'file';
  text: string;
  payload?: string;
  metadata?: Record<string, string | number | boolean>;
  fields?: FormField[];
  quotedMessageId?: string;
  coordinates?: Coordinates;
}

/** A pressed button. */
export interface Postback {
  actionId: string;
  type: string;
  text: string;
  payload?: string;
  metadata?: Record<string, string | number | boolean>;
}

export interface ConversationOptions {
  displayName?: string | null;
  description?: string | null;
  iconUrl?: string | null;
  metadata?: Record<string, string | number | boolean> | null;
  messages?: (string | OutgoingMessage)[];
}

export interface UserOptions {
  givenName?: string | null;
  surname?: string | null;
  email?: string | null;
  avatarUrl?: string | null;
  locale?: string | null;
  metadata?: Record<string, string | number | boolean> | null;
}

export interface InitOptions {
  integrationId: string;
  /** With `jwt`: signs in during init; no anonymous user is ever made. */
  externalId?: string;
  /** The older name of `externalId`. */
  userId?: string;
  jwt?: string;
  /** Default: the language of the page, or else the first of the browser that we have. */
  locale?: string;
  embedded?: boolean;
  /** A tab is a labelled bar at the lower edge of the window. */
  displayStyle?: 'button' | 'tab';
  /** Loaded by the host page's own document, whose policy it needs. */
  buttonIconUrl?: string;
  /** A length of CSS, or pixels as a number. */
  buttonWidth?: string | number;
  buttonHeight?: string | number;
  businessName?: string;
  businessIconUrl?: string;
  /** Tiled behind the messages; loaded by the host page's own document. */
  backgroundImageUrl?: string;
  /** The introduction stays above the messages. */
  fixedHeader?: boolean;
  /** Three or six hexadecimal digits each, with or without `#`. */
  customColors?: { brandColor?: string; conversationColor?: string; actionColor?: string };
  /** By the names of docs/texts.md. */
  customText?: Record<string, string>;
  /** Also by the names of docs/texts.md: `supportSays` and its like. */
  customScreenReaderAnnouncement?: Record<string, string>;
  canUserSeeConversationList?: boolean;
  browserStorage?: 'localStorage' | 'sessionStorage';
  soundNotificationEnabled?: boolean;
  /** Whether the page's title says how many answers are unread, as "(2) Fernhill". Default: true. */
  titleBadgeEnabled?: boolean;
  /** What is asked before the first message of somebody who has not signed in. */
  prechatCapture?: PrechatCapture;
  menuItems?: MenuItems;
  /** False: neither pictures nor files. The older form of `menuItems`. */
  imageUploadEnabled?: boolean;
  delegate?: Delegate;
  /** npm package only: where Parlor is. */
  serverUrl?: string;
  /** npm package only: another name of `serverUrl`. Scripts know their server by their own address. */
  configBaseUrl?: string;
  /** Concern what Parlor does not have, and have no effect. */
  integrationOrder?: string[];
  notificationChannelPromptEnabled?: boolean;
  region?: string;
  authCode?: string;
}

/** What is rejected is always an `Error` with these members. */
export interface SmoochError extends Error {
  code: string;
  reason?: string;
  claim?: string;
  status: number;
  retryable: boolean;
}

export type Handler = (...args: never[]) => void;

export interface Smooch {
  init(options: InitOptions): Promise<void>;
  render(element: HTMLElement): Promise<void>;
  destroy(): void;
  open(): void;
  close(): void;
  isOpened(): boolean;
  login(externalId: string, jwt: string): Promise<void>;
  logout(): Promise<void>;
  on(name: string, handler: Handler): void;
  off(name?: string, handler?: Handler): void;
  sendMessage(message: string | OutgoingMessage, conversationId?: string): Promise<MessageShape>;
  startTyping(conversationId?: string): Promise<void>;
  stopTyping(conversationId?: string): Promise<void>;
  triggerPostback(actionId: string, conversationId?: string): Promise<void>;
  updateUser(fields: UserOptions): Promise<UserShape>;
  getUser(): UserShape;
  getConversationById(id?: string): Promise<ConversationShape>;
  getConversations(): ConversationShape[];
  getDisplayedConversation(): ConversationShape | null;
  getMoreConversations(): Promise<ConversationShape[]>;
  hasMoreConversations(): boolean;
  loadConversation(id: string): Promise<ConversationShape>;
  createConversation(options?: ConversationOptions): Promise<ConversationShape>;
  updateConversation(id: string, options: ConversationOptions): Promise<ConversationShape>;
  markAllAsRead(id?: string): Promise<void>;
  showNotificationChannelPrompt(): Promise<void>;
  setPredefinedMessage(message: string | { text: string }): Promise<void>;
  setDelegate(delegate: Delegate | undefined): void;
}

export type MethodName = keyof Smooch;
