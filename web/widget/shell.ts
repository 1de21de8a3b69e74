/** What the loader and the host core, which it fetches later, know of each other. Types only. */
import type { Delegate, InitOptions, MethodName } from './api.ts';

/** The answer to `GET /sdk/v1/apps/{id}/config` (api/realtime.md section 1). */
export interface AppConfig {
  app: { id: string; name?: string };
  anonymous?: boolean;
  frame?: string;
}

/** The button that the loader drew, with the shadow root around it. */
export interface Launcher {
  root: ShadowRoot;
  button: HTMLButtonElement;
  /** Draws the button for an open or closed chat. */
  setOpen(open: boolean): void;
}

/** What the loader hands to the core. */
export interface Shell {
  /** Parlor's, where the script came from. */
  origin: string;
  config: AppConfig;
  options: InitOptions;
  /** Absent when embedded. */
  launcher?: Launcher;
  delegate(): Delegate;
  emit(name: string, ...args: unknown[]): void;
  /** Remembers for the next page load that there is a session, or that there is none. */
  remember(session: boolean): void;
}

/** What the loader has of the core. */
export interface Core {
  /** Done when the remembered session has been taken up, or the sign-in of `init` is over; fails as that failed. */
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
