/** What a widget can be told, by whatever dialect its page speaks. Types only. */
import type { InitOptions } from './api.ts';
import type { Door } from '../sdk/index.ts';
import type { Wishes } from '../ui/wishes/wishes.ts';
import type { Launcher } from './shell.ts';

/** What dialects translate into options of their own, or leave out. */
type Translated = 'integrationId' | 'userId' | 'serverUrl' | 'configBaseUrl' | 'integrationOrder' | 'notificationChannelPromptEnabled' | 'region' | 'authCode' | 'imageUploadEnabled' | 'prechatCapture';

export interface WidgetOptions extends Omit<InitOptions, Translated> {
  /** Parlor's origin. */
  server: string;
  /** The id of an app or of an integration. Absent: the app of the portal, else the server's default app. */
  app?: string;
  /** The number of a customer portal (`parlor app set APP portal=N`). */
  portal?: string;
  /** How tokens are read on the server. */
  door: Door;
  /**
   * Which remembered session a page load without a token goes on with: any, or only that of somebody anonymous, where the token
   * is the sign-in of each page load (design section 3, rule 4).
   */
  resume?: 'any' | 'anonymous';
  /** Hears why the start or its sign-in failed; the widget then stays, without the person. Absent: it ends. */
  onError?(error: unknown): void;
  /** The launcher is not shown while nobody is signed in. */
  hideUntilLogin?: boolean;
  /** Absent: at the end of the line of writing. */
  position?: 'left' | 'right' | 'start' | 'end';
  /** Pixels between the launcher and the side of the window, where the page's styles say nothing else. Absent: 20. */
  side?: number;
  /** Pixels that the launcher stands higher than usual, where the page's styles say nothing else. Absent: 0. */
  bottom?: number;
  /** Absent: as the person's system has it. */
  theme?: 'light' | 'dark';
  /** Stands beside the launcher's picture. */
  buttonText?: string;
  /** Classes of the element around launcher and window, for the page's own styles. */
  className?: string;
  /** What the page says of itself or of the person: kept with the client, not verified. */
  info?: Record<string, string | undefined>;
  /** What few pages want of the messenger: the frame fetches it. */
  wishes?: Wishes;
  /** Awaited before the launcher is drawn and the chat begins; does not fail. */
  prepared?: Promise<unknown>;
  /** Gets the launcher as soon as it is drawn. */
  drawn?(launcher: Launcher): void;
}
