/**
 * The frame: the messenger on Parlor's own origin, inside the host page. It owns session, connection, outbox and what is drawn;
 * the host page only sees a mirror. Nothing happens before the host page has greeted (port.ts).
 */
import { Client, ParlorError } from '../../sdk/index.ts';
import type { PlainError } from '../../sdk/index.ts';
import { alone, attend, valuesOf } from '../../ui/browser.ts';
import { dial } from '../../ui/dial.ts';
import { mount } from '../../ui/messenger.tsx';
import { Messenger } from '../../ui/model.ts';
import { Later } from '../../ui/parts/later.ts';
import { speak } from '../../ui/strings/index.ts';
import type { Spoken } from '../../ui/strings/index.ts';
import type { Delegates, HostMessage, Settings } from '../bridge.ts';
import { Answers } from './calls.ts';
import type { Delegated } from './delegates.ts';
import { dress, optionsOf } from './dress.ts';
import { HostPort } from './port.ts';
import { Reports } from './reports.ts';

type Hello = Extract<HostMessage, { parlor: 'hello' }>;

const appId = decodeURIComponent(location.pathname.split('/').at(-1) ?? '');

let receive: (message: HostMessage) => void = (message) => {
  if (message.parlor === 'hello') void begin(message);
};
const port = new HostPort((message) => receive(message));

async function begin({ settings, signIn }: Hello): Promise<void> {
  const fetched = speak(settings.locale ? [settings.locale] : navigator.languages, settings.customText);
  // What the host page says meanwhile waits: nothing is drawn in another language first.
  receive = (message) => void fetched.then(() => receive(message));
  const spoken = await fetched;
  dress(settings, spoken);
  if (spoken.names) port.post({ parlor: 'named', names: spoken.names });
  const client = openClient(settings, spoken);
  const model = openModel(settings, client, spoken);
  heed(settings.delegates, model);
  const answers = new Answers(client, model, settings.door);
  const reports = new Reports(client, model, port);
  receive = (message) => take(message, model, answers, reports);
  const { wishes } = settings;
  // What cannot be fetched is done without.
  if (wishes) await outcomeOf(import('../../ui/wishes/grant.tsx').then(({ grant }) => grant(model, wishes)));
  if (settings.sound) new Later(model, () => model.look.opened || model.conversation, async () => Object.assign(model.extras, (await import('../../ui/sound.tsx')).sound(model)));
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
      return heed(message.delegates, model);
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

function openClient(settings: Settings, { wanted: locale }: Spoken): Client {
  const client = new Client({
    appId,
    origin: location.origin,
    storage: valuesOf(settings.storage),
    dial,
    fetch: (input, init) => fetch(input, init),
    anonymous: settings.anonymous,
    resume: settings.resume,
    info: {
      locale,
      // Asked when somebody signs in: the first question about dates costs a browser 15 ms.
      get timeZone() {
        return Intl.DateTimeFormat().resolvedOptions().timeZone;
      },
      info: settings.info,
    },
    alone,
    freshToken: () => port.ask('onInvalidAuth', []).then((token) => (typeof token === 'string' ? token : undefined)),
  });
  attend(client);
  return client;
}

function openModel(settings: Settings, client: Client, spoken: Spoken): Messenger {
  const wishes = (wish: 'close' | 'expand') => (settings.embedded ? undefined : () => port.post({ parlor: 'wish', wish }));
  return new Messenger({ ...optionsOf(settings, spoken), client, close: wishes('close'), expand: wishes('expand') });
}

/** Gives the host page its say, where it wants one, by functions that are fetched. Until they are there nothing is displayed or sent. */
function heed({ beforeDisplay, beforeSend, beforePostbackSend }: Delegates, model: Messenger): void {
  let part: Required<Delegated> | undefined;
  const changed = () => model.set({});
  const fetched = async () => (part ??= (await import('./delegates.ts')).delegated(port, changed));
  const begin = () => fetched().then(changed, () => undefined);
  const display: Delegated['display'] = (...asked) => {
    if (!part) void begin();
    return part?.display(...asked) ?? [];
  };
  const { options } = model;
  options.display = beforeDisplay ? display : undefined;
  options.beforeSend = beforeSend ? async (...asked) => (await fetched()).beforeSend(...asked) : undefined;
  options.beforePostbackSend = beforePostbackSend ? async (...asked) => (await fetched()).beforePostbackSend(...asked) : undefined;
  if (beforeSend || beforePostbackSend) void begin();
  changed();
}
