/** What the loader and the host core, which it fetches later, know of each other. Types only. */
import type { Delegate, MethodName } from './api.ts';
import type { WidgetOptions } from './options.ts';

/** The answer to `GET /sdk/v1/apps/{id}/config` and `GET /sdk/v1/config` (api/realtime.md section 1). */
export interface AppConfig {
  app: { id: string; name?: string };
  anonymous?: boolean;
  /** Whether people may send files. */
  attachmentsEnabled?: boolean;
  frame?: string;
  /** The app's brand colour: `#` and three or six hexadecimal digits. */
  color?: string;
  /** The address of the app's logo, below Parlor's. */
  logo?: string;
  /** What the widget looks like where the page does not say. */
  looks?: Look;
  /** What the messenger says in place of its own words where the page does not say, by the names of docs/texts.md. */
  texts?: Record<string, string>;
}

export type Look = Pick<WidgetOptions, 'position' | 'side' | 'bottom' | 'theme' | 'buttonText'>;

/** The button that the loader drew, with the shadow root around it. */
export interface Launcher {
  root: ShadowRoot;
  button: HTMLButtonElement;
  /** Draws the button for an open or closed chat. */
  setOpen(open: boolean): void;
  /** What the button is called that takes the first lines of an answer away; absent: as in English. */
  dismiss?: string;
  /** Shows or hides the button and all that is drawn around it. */
  show(visible: boolean): void;
}

/** What the loader hands to the core. */
export interface Shell {
  config: AppConfig;
  options: WidgetOptions;
  /** Absent when embedded. */
  launcher?: Launcher;
  delegate(): Delegate;
  emit(name: string, ...args: unknown[]): void;
  /** Remembers for the next page load that there is a session, or that there is none. */
  remember(session: boolean): void;
}

/** What the loader has of the core. */
export interface Core {
  /** Done when the remembered session has been taken up, or the sign-in of the start is over; fails as that failed. */
  ready: Promise<void>;
  /** Opens or closes: what the launcher does. */
  toggle(): void;
  call(method: MethodName, args: unknown[]): unknown;
  delegateChanged(): void;
  destroy(): void;
}

export interface CoreModule {
  start(shell: Shell): Core;
}
