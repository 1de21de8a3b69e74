/**
 * `smooch.js`: all that a page carries before anybody wants to chat. Defines `window.Smooch` at once with every method,
 * draws the launcher, and fetches the core on intent, for a remembered session, or for the first call that needs it.
 * Calls made earlier than they can be answered wait in order; none is lost and none is reordered.
 */
import type { Delegate, Handler, InitOptions, MethodName, Smooch } from '../api.ts';
import type { AppConfig, Core, CoreModule, Launcher, Shell } from '../shell.ts';
import { drawLauncher } from './launcher.ts';

/** The address of the core below Parlor's origin, with its hash: put in by the build. */
declare const CORE: string;

interface Life {
  options: InitOptions;
  config?: AppConfig;
  launcher?: Launcher & { remove(): void };
  core?: Core;
  loading?: Promise<Core>;
}

const { origin } = new URL((document.currentScript as HTMLScriptElement).src);
const handlers: Record<string, Handler[]> = {};
const lasting: Record<string, unknown[] | undefined> = {};
let delegate: Delegate = {};
let life: Life | undefined;
let started: Promise<void> | undefined;
let begin: () => void;
let begun = new Promise<void>((resolve) => (begin = resolve));

function fail(message: string, code: string, status = 0, retryable = false): Error {
  return Object.assign(new Error(message), { code, status, retryable });
}

function run(handler: Handler, args: unknown[]): void {
  try {
    (handler as (...args: unknown[]) => void)(...args);
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}

/** `ready` and `connected` are facts that last: who binds later hears them too. */
function emit(name: string, ...args: unknown[]): void {
  if (name === 'ready' || name === 'connected') lasting[name] = args;
  if (name === 'disconnected') delete lasting['connected'];
  for (const handler of [...(handlers[name] ?? [])]) run(handler, args);
}

function on(name: string, handler: Handler): void {
  (handlers[name] ??= []).push(handler);
  const args = lasting[name];
  if (args) queueMicrotask(() => handlers[name]?.includes(handler) && run(handler, args));
}

function off(name?: string, handler?: Handler): void {
  for (const key of name === undefined ? Object.keys(handlers) : [name]) {
    handlers[key] = handler ? (handlers[key] ?? []).filter((one) => one !== handler) : [];
  }
}

function memory(options: InitOptions): Storage {
  return window[options.browserStorage === 'sessionStorage' ? 'sessionStorage' : 'localStorage'];
}

function remembers(options: InitOptions): boolean {
  try {
    return memory(options).getItem(`parlor.${options.integrationId}`) !== null;
  } catch {
    return false;
  }
}

function remember(options: InitOptions, session: boolean): void {
  try {
    const key = `parlor.${options.integrationId}`;
    if (session) memory(options).setItem(key, '1');
    else memory(options).removeItem(key);
  } catch {
    return;
  }
}

async function getConfig({ integrationId }: InitOptions): Promise<AppConfig> {
  const answer = await fetch(`${origin}/sdk/v1/apps/${encodeURIComponent(integrationId)}/config`, { credentials: 'omit' }).catch(() => {
    throw fail(`Parlor at ${origin} cannot be reached from ${location.origin}. Is this page's origin on the app's list?`, 'unavailable', 0, true);
  });
  if (answer.ok) return answer.json() as Promise<AppConfig>;
  if (answer.status === 404) throw fail(`There is no app with the integration id "${integrationId}" at ${origin}.`, 'app_not_found', 404);
  throw fail(`Parlor at ${origin} answered ${answer.status}.`, 'unavailable', answer.status, answer.status > 428);
}

function loadCore(mine: Life): Promise<Core> {
  mine.loading ??= (import(/* @vite-ignore */ origin + CORE) as Promise<CoreModule>).then(
    ({ start }) => {
      if (mine !== life || !mine.config) throw fail('The widget was destroyed.', 'destroyed');
      const { options, config, launcher } = mine;
      const shell: Shell = { origin, config, options, launcher, emit, delegate: () => delegate, remember: (session) => remember(options, session) };
      return (mine.core = start(shell));
    },
    () => {
      mine.loading = undefined;
      throw fail(`The chat could not be loaded from ${origin}.`, 'unavailable', 0, true);
    },
  );
  return mine.loading;
}

async function start(mine: Life): Promise<void> {
  const { options } = mine;
  const { integrationId, jwt, externalId = options.userId, customColors, embedded } = options;
  if (!integrationId) throw fail('Smooch.init needs an integrationId.', 'bad_request', 400);
  if (externalId && !jwt) throw fail('An externalId needs a jwt that proves it.', 'bad_request', 400);
  mine.config = await getConfig(options);
  if (document.readyState === 'loading') await new Promise((done) => document.addEventListener('DOMContentLoaded', done));
  if (mine !== life) throw fail('The widget was destroyed.', 'destroyed');
  if (!embedded) {
    const hex = /^#?(\w{3}|\w{6})$/.exec(customColors?.brandColor ?? '')?.[1] ?? '2553d9';
    const launcher = (mine.launcher = drawLauncher(`#${hex.replace(/^(.)(.)(.)$/, '$1$1$2$2$3$3')}`));
    const intent = () => void loadCore(mine).catch(() => undefined);
    for (const name of ['pointerenter', 'focus']) launcher.button.addEventListener(name, intent);
    launcher.button.addEventListener('click', () => void loadCore(mine).then((core) => core.toggle(), (error: unknown) => console.error(error)));
  }
  if (jwt || remembers(options)) await (await loadCore(mine)).ready;
  emit('ready');
}

function init(options: InitOptions): Promise<void> {
  if (started && life?.options.integrationId === options?.integrationId) return started;
  if (life) destroy();
  const mine: Life = (life = { options: options ?? { integrationId: '' } });
  delegate = mine.options.delegate ?? delegate;
  started = start(mine).catch((error: unknown) => {
    if (mine === life) end();
    throw error;
  });
  started.catch(() => undefined);
  begin();
  return started;
}

function end(): void {
  life?.core?.destroy();
  life?.launcher?.remove();
  life = started = undefined;
  delete lasting['ready'];
  delete lasting['connected'];
  begun = new Promise((resolve) => (begin = resolve));
}

function destroy(): void {
  if (!life) return;
  end();
  delegate = {};
  emit('destroy');
  off();
}

/** Calls that need the core: they wait for `init`, and then for what it takes to answer. */
function later(method: MethodName): (...args: unknown[]) => unknown {
  return (...args) => {
    if (life?.core && lasting['ready']) return life.core.call(method, args);
    const answer = begun
      .then(() => started)
      .then(() => loadCore(life as Life))
      .then((core) => core.ready.then(() => core.call(method, args)));
    answer.catch(() => undefined);
    return answer;
  };
}

/** Questions about what the core knows: without it, there is nothing to know. */
function now<T>(method: MethodName, without: () => T): () => T {
  return () => (life?.core ? (life.core.call(method, []) as T) : without());
}

const smooch = {
  init,
  destroy,
  on,
  off,
  setDelegate: (next: Delegate | undefined) => {
    delegate = next ?? {};
    life?.core?.delegateChanged();
  },
  close: () => life?.core?.call('close', []),
  isOpened: now('isOpened', () => false),
  getUser: now('getUser', () => ({ hasPaymentInfo: false, metadata: {} })),
  getConversations: now('getConversations', () => []),
  getDisplayedConversation: now('getDisplayedConversation', () => null),
  hasMoreConversations: now('hasMoreConversations', () => false),
} as unknown as Smooch & Record<string, unknown>;

for (const method of ['render', 'open', 'login', 'logout', 'sendMessage', 'startTyping', 'stopTyping', 'triggerPostback', 'updateUser', 'getConversationById', 'getMoreConversations', 'loadConversation', 'createConversation', 'updateConversation', 'markAllAsRead', 'showNotificationChannelPrompt', 'setPredefinedMessage'] as const) {
  (smooch as Record<string, unknown>)[method] = later(method);
}

const page = window as unknown as { Smooch: Smooch; __onWebMessengerHostReady__?(smooch: Smooch): void };
page.Smooch = smooch;
page.__onWebMessengerHostReady__?.(smooch);
