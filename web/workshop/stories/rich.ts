import type { Action, Content } from '../../sdk/index.ts';
import { seen, until } from '../ready.ts';
import type { Stage, Story } from '../stage.ts';
import { kim } from './talk.ts';

/** As the sender named it, and as the server shows it. */
const pictureOf = (name: string) => ({ mediaUrl: `https://cdn.fernhill.example/${name}`, displayUrl: `/pictures/${name}` });

const longFile = `${'a-very-long-name-of-a-file-'.repeat(5)}.zip`;

let lastAction = 0;
const button = (type: Action['type'], text: string, more: Partial<Action> = {}): Action => ({ id: `action-${++lastAction}`, type, text, ...more });

const offer = () => ({
  type: 'text',
  text: 'Is this yours?',
  actions: [
    button('link', 'Read about it', { uri: 'https://fernhill.example/lamp' }),
    button('webview', 'Look inside', { uri: 'https://fernhill.example/w', fallback: 'https://fernhill.example/f' }),
    button('postback', 'Take it'),
    button('buy', 'Buy it', { amount: 1999, currency: 'EUR' }),
    button('buy', 'Buy two', { amount: 3800, currency: 'EUR', uri: 'https://fernhill.example/pay' }),
  ],
});

const card = (title: string, picture: string, more: object = {}) => ({
  title,
  description: 'Made of steel and linen, by hand, in Galway. 32 cm high.',
  ...pictureOf(picture),
  width: 640,
  height: 420,
  actions: [button('link', 'Look', { uri: 'https://fernhill.example/lamp', default: true }), button('postback', 'Take it')],
  ...more,
});

const question = () => ({
  type: 'text',
  text: 'Where shall we send it?',
  actions: [button('reply', 'To the shop'), button('reply', 'Home'), button('locationRequest', 'Where I am')],
});

const form = (more: object = {}) => ({
  type: 'form',
  text: 'Who are you?',
  fields: [
    { type: 'text' as const, name: 'name', label: 'Name', placeholder: 'Ana Silva' },
    { type: 'email' as const, name: 'mail', label: 'E-mail', placeholder: 'ana@example.com' },
    { type: 'select' as const, name: 'size', label: 'Size of the pot', options: [{ name: 's', label: 'Small' }, { name: 'l', label: 'Large' }] },
  ],
  ...more,
});

/** Opens a conversation in which the business has said this. */
async function told(stage: Stage, ...contents: Content[]): Promise<void> {
  stage.begin();
  stage.ago(4);
  for (const content of contents) stage.kim(content, kim);
  await stage.open();
}

/** The same where the person said it. */
async function tellsOf(stage: Stage, ...contents: Content[]): Promise<void> {
  stage.begin();
  stage.ago(4);
  for (const content of contents) stage.ana(content);
  await stage.open();
}

/** Half of a picture that is one, as its upload was cut off. */
async function halfPicture(): Promise<string> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [320, 240];
  const brush = canvas.getContext('2d') as CanvasRenderingContext2D;
  for (let y = 0; y < 240; y += 8) {
    brush.fillStyle = `oklch(0.7 0.1 ${y})`;
    brush.fillRect(0, y, 320, 8);
  }
  const whole = await new Promise<Blob>((done) => canvas.toBlob((blob) => done(blob as Blob), 'image/jpeg'));
  return URL.createObjectURL(whole.slice(0, whole.size / 2, 'image/jpeg'));
}

/** Messages that are more than a text. */
export const rich: Record<string, Story> = {
  'rich/markup': (stage) =>
    told(stage, {
      type: 'text',
      text: 'Water it',
      htmlText:
        '<p>Water it <b>every second day</b>, and <i>never</i> let it dry out:</p><ol><li>in the morning</li><li>with rain, or <code>18 °C</code> at least</li></ol><blockquote>Ferns forgive nothing.</blockquote><pre><code>fern.water({ every: "2d", amount: "a cup", from: "below" });</code></pre><p>More in <a href="https://fernhill.example/care" rel="noopener noreferrer nofollow">our guide</a>.</p>',
    }),
  'rich/buttons': (stage) => told(stage, offer()),
  'rich/button-done': async (stage) => {
    await told(stage, offer());
    stage.press('button.action');
    await seen('.action.done');
  },
  'rich/button-failed': async (stage) => {
    stage.parlor.refusals.set('postback', { code: 'service_unavailable', title: 'Not now.' });
    await told(stage, offer());
    stage.press('button.action');
    await seen('.action.failed');
  },
  'rich/button-sending': async (stage) => {
    await told(stage, offer());
    stage.stall();
    stage.press('button.action');
    await seen('.action.sending');
  },
  'rich/quick-answers': (stage) => told(stage, question()),
  'rich/quick-answers-many': (stage) =>
    told(stage, { ...question(), actions: [...question().actions, button('reply', 'To my neighbour at number 12, who is always at home in the morning and knows about it'), button('reply', 'Later')] }),
  'rich/where-refused': async (stage) => {
    await told(stage, question());
    // (Asking the browser itself would ask whoever looks at the story.)
    Object.defineProperty(navigator, 'geolocation', { value: { getCurrentPosition: (_: unknown, refused: (why: { code: number }) => void) => refused({ code: 1 }) } });
    stage.press('.replies button:nth-of-type(3)');
    await seen('.replies .fault');
  },
  'rich/image': (stage) => told(stage, { type: 'image', text: 'A lamp', altText: 'A lamp', width: 640, height: 420, ...pictureOf('lamp.svg') }, { type: 'image', text: 'It is 32 cm high.', altText: 'A fern', width: 480, height: 480, ...pictureOf('fern.svg') }),
  'rich/image-own': (stage) => tellsOf(stage, { type: 'image', text: 'This one?', altText: 'A lamp', width: 640, height: 420, ...pictureOf('lamp.svg') }),
  'rich/image-unmeasured': (stage) => told(stage, { type: 'image', text: 'A fern', altText: 'A fern', ...pictureOf('fern.svg') }),
  'rich/image-broken': async (stage) => {
    await told(stage, { type: 'image', text: 'A fern in a pot', altText: 'A fern in a pot', width: 480, height: 480, ...pictureOf('none.png') });
    await seen('.instead');
  },
  'rich/image-half': async (stage) => {
    const url = await halfPicture();
    await told(stage, { type: 'image', text: 'Half a flag', altText: 'Half a flag', width: 320, height: 240, mediaUrl: url, displayUrl: url });
  },
  'rich/image-elsewhere': (stage) => told(stage, { type: 'image', text: 'A fern in a pot', altText: 'A fern in a pot', mediaUrl: 'https://cdn.fernhill.example/fern.png' }),
  'rich/files': (stage) =>
    told(
      stage,
      { type: 'file', text: 'invoice-2026-11.pdf', mediaUrl: 'https://cdn.fernhill.example/invoice-2026-11.pdf', displayUrl: '/media/invoice-2026-11.pdf', mediaSize: 48_120, mediaType: 'application/pdf' },
      { type: 'file', text: 'How to repot', mediaUrl: 'https://cdn.fernhill.example/how-to-repot.mp4', mediaSize: 7_300_000, mediaType: 'video/mp4' },
      { type: 'file', text: longFile, mediaUrl: `https://cdn.fernhill.example/${longFile}` },
    ),
  'rich/file-own': (stage) => tellsOf(stage, { type: 'file', text: 'order.pdf', mediaUrl: 'https://cdn.fernhill.example/order.pdf', displayUrl: '/media/order.pdf', mediaSize: 48_120 }),
  'rich/location': (stage) => told(stage, { type: 'location', text: 'The shop', coordinates: { lat: 38.7223, long: -9.1393 }, location: { name: 'Fernhill plants', address: 'Rua Augusta 1, Lisbon' } }),
  'rich/location-own': (stage) => tellsOf(stage, { type: 'location', text: '38.7, -9.1', coordinates: { lat: 38.722_301, long: -9.139_337 } }),
  'rich/carousel': (stage) => told(stage, { type: 'carousel', text: 'Lamps', items: [card('Fastnet', 'lamp.svg'), card('Malin, with a very long name that takes two lines', 'fern.svg'), card('Dogger', 'lamp.svg')] }),
  'rich/carousel-end': async (stage) => {
    await told(stage, { type: 'carousel', text: 'Lamps', items: ['Fastnet', 'Malin', 'Dogger'].map((title) => card(title, 'lamp.svg')) });
    const cards = document.querySelector('.cards') as Element;
    cards.scrollTo({ left: document.dir === 'rtl' ? -9_999 : 9_999 });
    await seen('.turn.after[aria-disabled=true]');
  },
  'rich/carousel-square': (stage) => told(stage, { type: 'carousel', text: 'Ferns', displaySettings: { imageAspectRatio: 'square' }, items: [card('Maidenhair', 'fern.svg'), card('Staghorn', 'fern.svg', { description: undefined })] }),
  'rich/carousel-words': (stage) => told(stage, { type: 'carousel', text: 'Hours', items: [card('Monday', '', { mediaUrl: undefined, displayUrl: undefined }), card('Tuesday', '', { mediaUrl: undefined, displayUrl: undefined, actions: [] })] }),
  'rich/carousel-mixed': (stage) => told(stage, { type: 'carousel', text: 'Lamps', items: [card('Fastnet', '', { mediaUrl: undefined, displayUrl: undefined }), card('Malin', 'none.png'), card('Dogger', 'lamp.svg')] }),
  'rich/carousel-one': (stage) => told(stage, { type: 'carousel', text: 'A lamp', items: [card('Fastnet', 'lamp.svg')] }),
  'rich/list': (stage) => told(stage, { type: 'list', text: 'Help', items: [card('Fastnet', 'lamp.svg'), card('Delivery', '', { mediaUrl: undefined, displayUrl: undefined }), card('Maidenhair', 'fern.svg', { size: 'large' })], actions: [button('link', 'All plants', { uri: 'https://fernhill.example/all' })] }),
  'rich/form': (stage) => told(stage, form()),
  'rich/form-faults': async (stage) => {
    await told(stage, form());
    stage.press('.submit');
    await seen('.fault:not(:empty)', 3);
  },
  'rich/form-filled': async (stage) => {
    await told(stage, form());
    fillIn(['Ana', 'ana@example.com', 'l']);
    await until(() => document.querySelector<HTMLSelectElement>('select')?.value === 'l');
  },
  'rich/form-answered': async (stage) => {
    stage.begin();
    stage.ago(4);
    stage.kim(form({ submitted: true }), kim);
    stage.ago(2);
    stage.ana({ type: 'formResponse', text: 'Name: Ana', fields: [{ type: 'text', name: 'name', label: 'Name', text: 'Ana' }, { type: 'email', name: 'mail', label: 'E-mail', email: 'ana@example.com' }, { type: 'select', name: 'size', label: 'Size of the pot', select: [{ name: 'l', label: 'Large' }] }] });
    await stage.open();
  },
  'rich/unknown': (stage) => told(stage, { type: 'template', text: 'greeting', payload: '1' }),
};

/** Writes into the fields of the form, as the person would. */
function fillIn(values: readonly string[]): void {
  document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('.form :is(input, select)').forEach((field, i) => {
    field.value = values[i] ?? '';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
