/**
 * The messenger in the preview: client, model and parts are those of the widget's frame (widget/frame/main.ts), dressed by the same code. In place of
 * the server stands a line that is spoken here (line.ts), nothing is remembered, and the policy of this page lets no request out: so
 * looking makes no user and no session.
 */
import { Client, MemoryValues, Storage, saveSession } from '../sdk/index.ts';
import { mount } from '../ui/messenger.tsx';
import { Messenger } from '../ui/model.ts';
import { wear } from '../ui/parts/later.ts';
import { speak } from '../ui/strings/index.ts';
import css from '../ui/theme/messenger.css?inline';
import { isHostMessage } from '../widget/bridge.ts';
import type { FrameMessage, HostMessage, Settings } from '../widget/bridge.ts';
import { dress, optionsOf } from '../widget/frame/dress.ts';
import { madeColors } from './colors.ts';
import { SampleLine, session } from './line.ts';
import type { Told } from '../console/admin/designer/messages.ts';

const appId = 'preview';
const hasTalk = location.search === '?talk';

let model: Messenger | undefined;
let turn = Promise.resolve();

wear(css);
// What the messenger asks by plain requests has one answer: somebody is there, and such files may be sent.
globalThis.fetch = () => Promise.resolve(Response.json({ open: true, maxBytes: 25_000_000, pictures: ['png', 'jpg'], files: ['pdf'] }));

// The messenger goes where one writes; here that is done only by whoever is in it already, and not to whoever fills in the form beside it.
const { focus } = HTMLElement.prototype;
HTMLElement.prototype.focus = function (options) {
  if (document.hasFocus()) focus.call(this, options);
};

addEventListener('message', ({ data, origin, source }: MessageEvent<unknown>) => {
  if (origin === location.origin && source === parent && isHostMessage(data)) turn = turn.then(() => take(data));
});

async function take(message: HostMessage): Promise<void> {
  if (message.parlor === 'hello') return show(message.settings);
  if (message.parlor !== 'opened' || !model) return;
  const { opened, expanded, expandable } = message;
  // (Opened by itself, it would take the focus.)
  model.set({ opened, expanded, expandable });
}

/** Begins, and from then on changes what is there in its place. */
async function show(settings: Settings): Promise<void> {
  const spoken = await speak([settings.locale], settings.customText);
  // What a look before this one has set is taken back, where this one does not set it.
  document.documentElement.style.cssText = '';
  dress(settings, spoken);
  if (spoken.names) post({ parlor: 'named', names: spoken.names });
  if (model) {
    Object.assign(model.options, optionsOf(settings, spoken));
    model.set({});
  } else {
    model = begin(settings, spoken);
    post({ parlor: 'started' });
  }
  const told: Told = { preview: 'colors', light: madeColors('light'), dark: madeColors('dark') };
  top?.postMessage(told, location.origin);
}

function begin(settings: Settings, spoken: Awaited<ReturnType<typeof speak>>): Messenger {
  const values = new MemoryValues();
  if (hasTalk) saveSession(new Storage(values, `parlor.${appId}.`), session);
  const client = new Client({ appId, origin: location.origin, storage: values, dial: () => new SampleLine(hasTalk), fetch: () => Promise.reject(new TypeError('nothing is asked')), anonymous: true });
  const begun = new Messenger({
    ...optionsOf(settings, spoken),
    client,
    close: () => post({ parlor: 'wish', wish: 'close' }),
    expand: () => post({ parlor: 'wish', wish: 'expand' }),
  });
  mount(begun, document.getElementById('app') as HTMLElement);
  void client.start();
  return begun;
}

function post(message: FrameMessage): void {
  parent.postMessage(message, location.origin);
}
