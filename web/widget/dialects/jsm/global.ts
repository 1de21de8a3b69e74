import type { UserShape } from '../../api.ts';
import { server } from '../script.ts';
import { begin, signIn } from './begin.ts';
import { infoOf } from './meta.ts';
import { first, take } from './pool.ts';

/** `window.spartezSupportChat` (contracts/jsm-chat.md section 4.1). The addresses of a configuration are not read: Parlor's is the script's. */
export interface SupportChat {
  portal?: number | string;
  meta?: unknown;
  /** How long to wait after the page has loaded, in ms. */
  delay?: number;
  /** The id of the element that the chat takes the place in. */
  container?: string;
  iconClass?: string;
  chatClass?: string;
  locale?: string;
  initCallback?(): unknown;
  sso?: {
    login(token: string): Promise<{ user: UserShape }>;
    logout(): Promise<void>;
  };
}

/** Gives the object its methods, and begins its chat; where the page has no object, it gets one that begins nothing. */
export function serveGlobal(): void {
  const page = window as unknown as { spartezSupportChat?: SupportChat };
  const chat = page.spartezSupportChat;
  const portal = String(chat?.portal ?? '');
  const widget = chat ? take(`${server} ${portal}`) : first;
  const { locale, meta, container, iconClass, chatClass } = (page.spartezSupportChat = chat ?? {});
  page.spartezSupportChat.sso = {
    login: (token) => signIn(widget, token),
    logout: () => widget.call('logout') as Promise<void>,
  };
  if (!chat) return;
  widget.on('ready', () => chat.initCallback?.());
  const className = [iconClass, chatClass].filter(Boolean).join(' ');
  void pause(chat.delay)
    .then(() => begin(widget, { server, portal, locale, info: infoOf(meta), className }, container))
    .catch(() => undefined);
}

async function pause(ms?: number): Promise<void> {
  if (!ms) return;
  if (document.readyState !== 'complete') await new Promise((done) => window.addEventListener('load', done));
  await new Promise((done) => setTimeout(done, ms));
}
