import type { FormField } from '../../sdk/content.ts';

/** What only some host pages want of the messenger. Types only; what does it is fetched where one wants it (grant.tsx). */
export interface Wishes {
  /** The introduction stays above the messages, below the header with name and picture, which always stays. */
  fixedHeader?: boolean;
  /** The host page has a picture behind the messenger. */
  seeThrough?: boolean;
  /** In place of the business's icon at an address: the host page has read what the frame does not load. */
  businessIcon?: Blob;
  /** What is asked before the first message. */
  prechat?: PrechatCapture;
}

/** What the composer offers beside writing: of files, what is not forbidden; the own location, where the page wants that. */
export interface MenuItems {
  imageUpload?: boolean;
  fileUpload?: boolean;
  shareLocation?: boolean;
}

export interface PrechatCapture {
  enabled: boolean;
  /** Of whoever asks: on Parlor's own host, as others are not loaded. */
  avatarUrl?: string;
  /** Concerns the channel of e-mails, which is not there: no effect. */
  enableEmailLinking?: boolean;
  /** Absent: name and e-mail address, or those of them that are {@link asked}. */
  fields?: FormField[];
  asked?: readonly ('name' | 'email')[];
  /** What the settings of the app ask after these. */
  questions?: FormField[];
}
