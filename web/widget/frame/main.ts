/**
 * The frame: the messenger on Parlor's own origin, inside the host page. It owns session, connection, outbox and what is drawn;
 * the host page only sees a mirror. Nothing happens before the host page has greeted (port.ts).
 */
import { Client, ParlorError } from '../../sdk/index.ts';
import type { PlainError } from '../../sdk/index.ts';
import { alone, attend, paint, valuesOf } from '../../ui/browser.ts';
import { mount } from '../../ui/messenger.tsx';
import { Messenger } from '../../ui/model.ts';
import { localeAmong, stringsFor } from '../../ui/strings/index.ts';
import { localeOf } from '../../ui/time.ts';
import '../../ui/theme/messenger.css';
import type { Delegates, HostMessage, Settings } from '../bridge.ts';
import { Answers } from './calls.ts';
import type { Delegated } from './delegates.ts';
import { HostPort } from './port.ts';
import { Reports } from './reports.ts';

type Hello = Extract<HostMessage, { parlor: 'hello' }>;

const appId = decodeURIComponent(location.pathname.split('/').at(-1) ?? '');

let receive: (message: HostMessage) => void = (message) => {
  if (message.parlor === 'hello') void begin(message);
};
const port = new HostPort((message) => receive(message));

async function begin({ settings, signIn }: Hello): Promise<void> {
  dress(settings);
  const client = openClient(settings);
  const model = openModel(settings, client);
  const answers = new Answers(client, model, settings.door);
  const reports = new Reports(client, model, port);
  receive = (message) => take(message, model, answers, reports);
  mount(model, document.getElementById('app') as HTMLElement);
  if (settings.embedded) model.open();
  const { error } = await outcomeOf(signIn ? client.signInAtStart({ door: settings.door, ...signIn }) : client.start());
  reports.flush();
  port.post({ parlor: 'started', error });
  // A host page that wants to do without the person goes on with nobody; the others take the frame away.
  if (error) void client.start();
}

function take(message: HostMessage, model: Messenger, answers: Answers, reports: Reports): void {
  switch (message.parlor) {
    case 'call':
      return void outcomeOf(answers.answer(message.method, message.args)).then((outcome) => {
        reports.flush();
        port.post({ parlor: 'result', ref: message.ref, ...outcome });
      });
    case 'opened':
      model.set({ expanded: message.expanded, expandable: message.expandable });
      if (message.opened === model.look.opened) return;
      return message.opened ? model.open() : model.close();
    case 'delegates':
      return model.delegatesChanged(delegatesOf(message.delegates));
  }
}

/** What the host page is told of how it went. */
async function outcomeOf(work: Promise<unknown>): Promise<{ value?: unknown; error?: PlainError }> {
  try {
    return { value: await work };
  } catch (error) {
    return { error: ParlorError.from(error).toPlain() };
  }
}

function openClient(settings: Settings): Client {
  const client = new Client({
    appId,
    origin: location.origin,
    storage: valuesOf(settings.storage),
    dial: (url) => new WebSocket(url),
    fetch: (input, init) => fetch(input, init),
    anonymous: settings.anonymous,
    resume: settings.resume,
    info: { locale: localeOf(settings.locale), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, info: settings.info },
    alone,
    freshToken: () => port.ask('onInvalidAuth', []).then((token) => (typeof token === 'string' ? token : undefined)),
  });
  attend(client);
  return client;
}

function openModel(settings: Settings, client: Client): Messenger {
  const { businessName, businessIconUrl, conversationList, uploads, embedded, delegates } = settings;
  const strings = stringsFor(settings.customText);
  return new Messenger({
    client,
    strings,
    locale: localeAmong(strings, localeOf(settings.locale)),
    businessName: businessName ?? strings.headerText,
    businessIconUrl,
    conversationList,
    uploads,
    close: embedded ? undefined : () => port.post({ parlor: 'wish', wish: 'close' }),
    expand: embedded ? undefined : () => port.post({ parlor: 'wish', wish: 'expand' }),
    ...delegatesOf(delegates),
  });
}

/** Asks the host page by functions that are fetched at once, but only where it has any of its own. */
function delegatesOf(present: Delegates): Delegated {
  const fetched = () => import('./delegates.ts');
  const asking = (['beforeSend', 'beforeDisplay', 'beforePostbackSend'] as const).map((name) => {
    if (present[name]) fetched().catch(() => undefined);
    return [name, present[name] ? async (...args: unknown[]) => (await fetched()).delegated(port)[name](...(args as [never, never])) : undefined];
  });
  return Object.fromEntries(asking) as Delegated;
}

/** Language, direction, colours, and the theme that the page wants. */
function dress({ locale, direction, theme, colors }: Settings): void {
  const root = document.documentElement;
  root.lang = localeOf(locale);
  root.dir = direction;
  if (theme) root.style.colorScheme = theme;
  paint(colors);
}
