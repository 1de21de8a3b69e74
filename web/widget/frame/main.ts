/**
 * The frame: the messenger on Parlor's own origin, inside the host page. It owns session, connection, outbox and what is drawn;
 * the host page only sees a mirror. Nothing happens before the host page has greeted (port.ts).
 */
import { Client, MemoryValues, ParlorError, Storage, messageShape, sessionKey } from '../../sdk/index.ts';
import type { Draft, KeyValues, Message, MessageShape } from '../../sdk/index.ts';
import { mount } from '../../ui/messenger.tsx';
import { Messenger } from '../../ui/model.ts';
import type { MessengerOptions } from '../../ui/model.ts';
import { stringsFor } from '../../ui/strings/index.ts';
import { localeOf } from '../../ui/time.ts';
import { tokens } from '../../ui/theme/theme.ts';
import '../../ui/theme/messenger.css';
import type { Delegates, HostMessage, Settings } from '../bridge.ts';
import { Answers } from './calls.ts';
import { HostPort } from './port.ts';
import { Reports } from './reports.ts';

type Hello = Extract<HostMessage, { parlor: 'hello' }>;

const appId = decodeURIComponent(location.pathname.split('/').at(-1) ?? '');
const reloadedKey = 'parlor.reloaded';
const reloadAgainMs = 60_000;

let receive: (message: HostMessage) => void = (message) => {
  if (message.parlor === 'hello') void begin(message);
};
const port = new HostPort((message) => receive(message));

async function begin({ settings, signIn }: Hello): Promise<void> {
  paint(settings);
  const waiting: HostMessage[] = [];
  receive = (message) => waiting.push(message);
  const client = openClient(settings);
  const model = await openModel(settings, client);
  const answers = new Answers(client, model, settings.door);
  const reports = new Reports(client, model, port);
  receive = (message) => take(message, model, answers, reports);
  waiting.forEach(receive);
  mount(model, document.getElementById('app') as HTMLElement);
  if (settings.embedded) model.open();
  const start = signIn ? client.signInAtStart({ door: settings.door, ...signIn }) : client.start();
  const error = await start.then(
    () => undefined,
    (thrown: unknown) => ParlorError.from(thrown).toPlain(),
  );
  reports.flush();
  port.post({ parlor: 'started', error });
  // A host page that wants to do without the person goes on with nobody; the others take the frame away.
  if (error) void client.start();
}

function take(message: HostMessage, model: Messenger, answers: Answers, reports: Reports): void {
  switch (message.parlor) {
    case 'call':
      return void answers.answer(message.method, message.args).then(
        (value) => result(message.ref, reports, { value }),
        (error: unknown) => result(message.ref, reports, { error: ParlorError.from(error).toPlain() }),
      );
    case 'opened':
      model.set({ expanded: message.expanded, expandable: message.expandable });
      if (message.opened === model.look.opened) return;
      return message.opened ? model.open() : model.close();
    case 'delegates':
      return model.delegatesChanged(delegatesOf(message.delegates));
    case 'hello':
    case 'answer':
      return;
  }
}

function result(ref: number, reports: Reports, outcome: { value?: unknown; error?: ReturnType<ParlorError['toPlain']> }): void {
  reports.flush();
  port.post({ parlor: 'result', ref, ...outcome });
}

function openClient(settings: Settings): Client {
  const storage = valuesOf(settings.storage);
  const client = new Client({
    appId,
    origin: location.origin,
    storage,
    dial: (url) => new WebSocket(url),
    fetch: (input, init) => fetch(input, init),
    anonymous: settings.anonymous,
    resume: settings.resume,
    info: { locale: localeOf(settings.locale), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, info: settings.info },
    alone,
    freshToken: () => port.ask('onInvalidAuth', []).then((token) => (typeof token === 'string' ? token : undefined)),
  });
  const key = sessionKey(new Storage(storage, `parlor.${appId}.`));
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) client.sessionChanged();
  });
  addEventListener('online', () => client.hint('online'));
  addEventListener('offline', () => client.hint('offline'));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && client.hint('visible'));
  addEventListener('pagehide', (event) => event.persisted || client.close());
  client.on('outdated', reloadOnce);
  return client;
}

async function openModel(settings: Settings, client: Client): Promise<Messenger> {
  const { businessName, businessIconUrl, conversationList, embedded, delegates } = settings;
  const locale = localeOf(settings.locale);
  const strings = await stringsFor(locale, settings.customText);
  return new Messenger({
    client,
    strings,
    locale,
    businessName: businessName ?? strings.headerText,
    businessIconUrl,
    conversationList,
    close: embedded ? undefined : () => port.post({ parlor: 'wish', wish: 'close' }),
    expand: embedded ? undefined : () => port.post({ parlor: 'wish', wish: 'expand' }),
    ...delegatesOf(delegates),
  });
}

function delegatesOf({ beforeSend, beforeDisplay }: Delegates): Pick<MessengerOptions, 'beforeSend' | 'beforeDisplay'> {
  return { beforeSend: beforeSend ? askBeforeSend : undefined, beforeDisplay: beforeDisplay ? askBeforeDisplay : undefined };
}

async function askBeforeSend(message: Draft, conversation: string | undefined): Promise<Draft> {
  const { text, payload, metadata } = (await port.ask('beforeSend', [{ type: 'text', role: 'user', ...message }, conversation])) as Draft;
  return { text, payload, metadata };
}

async function askBeforeDisplay(messages: readonly Message[], conversation: string): Promise<(Message | undefined)[]> {
  const answers = (await port.ask('beforeDisplay', [messages.map(messageShape), conversation])) as (Partial<MessageShape> | null)[];
  return messages.map((message, i) => {
    const shown = answers[i];
    if (!shown) return undefined;
    const author = { ...message.author, displayName: shown.displayName, avatarUrl: shown.avatarUrl };
    return { ...message, author, content: { ...message.content, text: shown.text } };
  });
}

/** Language, direction, and colours for both themes or the one that the page wants. */
function paint(settings: Settings): void {
  const root = document.documentElement;
  root.lang = localeOf(settings.locale);
  root.dir = settings.direction;
  if (settings.theme) root.style.colorScheme = settings.theme;
  const [light, dark] = [tokens(settings.colors, 'light'), tokens(settings.colors, 'dark')];
  for (const name in light) root.style.setProperty(name, `light-dark(${light[name]}, ${dark[name]})`);
}

/** Runs under a lock that all tabs share; a browser that refuses locks to frames has to do without. */
async function alone<T>(name: string, run: () => Promise<T>): Promise<T> {
  let began = false;
  const begin = () => {
    began = true;
    return run();
  };
  try {
    return await (navigator.locks.request(name, begin) as Promise<T>);
  } catch (error) {
    if (began) throw error;
    return run();
  }
}

/** The browser's storage; a memory for this page where it refuses. */
function valuesOf(kind: Settings['storage']): KeyValues {
  try {
    const values = window[kind];
    values.getItem('parlor');
    return values;
  } catch {
    return new MemoryValues();
  }
}

/** A page older than its server loads itself anew, but not again and again. */
function reloadOnce(): void {
  const values = valuesOf('sessionStorage');
  if (Date.now() - Number(values.getItem(reloadedKey) ?? 0) < reloadAgainMs) return;
  values.setItem(reloadedKey, String(Date.now()));
  location.reload();
}
