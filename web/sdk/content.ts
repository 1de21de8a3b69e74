/** What messages say, type by type (`Content` of api/openapi.yaml). Which members are there depends on `type`. */
import type { Metadata } from './protocol.ts';

/** A button. */
export interface Action {
  id: string;
  type: 'buy' | 'link' | 'locationRequest' | 'postback' | 'reply' | 'webview';
  text: string;
  uri?: string;
  /** A touch on the whole card does this. */
  default?: boolean;
  payload?: string;
  iconUrl?: string;
  /** Hundredths of the currency. */
  amount?: number;
  currency?: string;
  /** Where a webview leads that is not shown as one. */
  fallback?: string;
  size?: 'compact' | 'tall' | 'full';
  metadata?: Metadata;
}

/** A picture or a file, as the sender named it (`mediaUrl`) and as this server shows it, where it can. */
export interface Media {
  mediaUrl?: string;
  mediaType?: string;
  /** Bytes. */
  mediaSize?: number;
  altText?: string;
  displayUrl?: string;
  thumbnailUrl?: string;
  /** Pixels. */
  width?: number;
  height?: number;
}

/** A card of a carousel or a list. */
export interface Item extends Media {
  title: string;
  description?: string;
  size?: 'compact' | 'large';
  actions: Action[];
}

export interface Option {
  name: string;
  label: string;
}

/** A question of a form, or the answer to one. */
export interface FormField {
  type: 'text' | 'email' | 'select';
  name: string;
  label: string;
  placeholder?: string;
  minSize?: number;
  maxSize?: number;
  format?: 'integer' | 'decimal';
  options?: Option[];
  text?: string;
  email?: string;
  select?: Option[];
  /** Of what is asked before the first message: it may be left empty. */
  optional?: boolean;
  /** Of a text that is asked then: it has several lines. */
  long?: boolean;
}

export interface Coordinates {
  lat: number;
  long: number;
}

export interface Content extends Media {
  type: string;
  /** Every type has one on the socket: the same in words. */
  text?: string;
  /** The small HTML that the server takes for safe. */
  htmlText?: string;
  payload?: string;
  actions?: Action[];
  blockChatInput?: boolean;
  items?: Item[];
  displaySettings?: { imageAspectRatio?: 'horizontal' | 'square' };
  fields?: FormField[];
  submitted?: boolean;
  /** Of a form that asks for a rating of the conversation, and of what answers it. */
  rating?: boolean;
  quotedMessageId?: string;
  coordinates?: Coordinates;
  location?: { name?: string; address?: string };
}
