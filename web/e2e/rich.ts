/** What a business posts beside texts, and ways to post it. */
import type { World } from './world.ts';

export interface Posted {
  id: string;
  content: { type: string; text?: string; payload?: string; quotedMessageId?: string; submitted?: boolean; coordinates?: object; fields?: object[] };
  metadata?: Record<string, unknown>;
  author: { type: string };
}

export const question = {
  type: 'text',
  text: 'Where shall we send it?',
  actions: [
    { type: 'reply', text: 'To the shop', payload: 'SHOP', metadata: { step: 2 } },
    { type: 'reply', text: 'Home', payload: 'HOME' },
    { type: 'locationRequest', text: 'Where I am' },
  ],
};

export const offer = {
  type: 'text',
  text: 'Is this yours?',
  actions: [
    { type: 'link', text: 'Read', uri: 'https://shop.example/more' },
    { type: 'webview', text: 'Look inside', uri: 'https://shop.example/w', fallback: 'https://shop.example/f' },
    { type: 'postback', text: 'Take it', payload: 'TAKE', metadata: { sku: 'R1' } },
    { type: 'buy', text: 'Buy it', amount: 1999, currency: 'EUR' },
  ],
};

export const form = {
  type: 'form',
  text: 'Who are you?',
  blockChatInput: true,
  fields: [
    { type: 'text', name: 'name', label: 'Name', minSize: 2, maxSize: 10 },
    { type: 'text', name: 'age', label: 'Age', format: 'integer' },
    { type: 'email', name: 'mail', label: 'E-mail' },
    { type: 'select', name: 'size', label: 'Size', options: [{ name: 's', label: 'Small' }, { name: 'l', label: 'Large' }] },
  ],
};

export const item = (title: string) => ({
  title,
  description: `About ${title}`,
  mediaUrl: 'https://cdn.shop.example/shoe.png',
  actions: [
    { type: 'link', text: 'Look', uri: 'https://shop.example/shoe', default: true },
    { type: 'postback', text: `Take ${title}`, payload: title },
  ],
});

export const carousel = { type: 'carousel', items: ['Red shoe', 'Blue shoe', 'Green shoe', 'White shoe'].map(item) };

/** One of each type, with every word replaced where one is given: how much room words take is not for us to say. */
export function everything(word?: string): object[] {
  const text = (words: string, most = 128) => (word ?? words).slice(0, most);
  const card = (title: string) => ({ ...item(text(title)), description: text(`About ${title}`), actions: item(title).actions.map((action) => ({ ...action, text: text(action.text) })) });
  return [
    { type: 'text', htmlText: `<p>Is <b>this</b> ${text('yours', 900)}?</p><ul><li>${text('one')}</li></ul><blockquote>${text('quoted')}</blockquote><pre><code>${text('npm install', 900)}</code></pre><a href="https://shop.example/guide">${text('our guide')}</a>` },
    { ...offer, text: text(offer.text), actions: offer.actions.map((action) => ({ ...action, text: text(action.text) })) },
    { type: 'image', mediaUrl: `https://cdn.shop.example/${text('shoe')}.png`, altText: text('A red shoe') },
    { type: 'file', mediaUrl: `https://cdn.shop.example/${text('invoice')}.pdf` },
    { type: 'location', coordinates: { lat: 38.7223, long: -9.1393 }, location: { name: text('The shop'), address: text('Rua Augusta 1') } },
    { type: 'carousel', items: ['Red shoe', 'Blue shoe', 'Green shoe'].map(card) },
    { type: 'list', items: ['Delivery', 'Returns'].map(card), actions: [{ type: 'link', text: text('All'), uri: 'https://shop.example/all' }] },
    { ...form, blockChatInput: false, text: text(form.text, 900), fields: form.fields.map((field) => ({ ...field, label: text(field.label) })) },
    { ...question, text: text(question.text, 900), actions: question.actions.map((action) => ({ ...action, text: text(action.text) })) },
  ];
}

/** A person whom the business knows, and the conversation with them. */
export class Talk {
  private constructor(
    private readonly world: World,
    readonly person: string,
    readonly id: string,
  ) {}

  static async begin(world: World, name = 'ana'): Promise<Talk> {
    const person = world.newcomer(name);
    await world.rest.createUser(person);
    const { id } = await world.rest.createConversation(person);
    return new Talk(world, person, id);
  }

  /** Posts as the business; the answer is the id of the message. */
  async post(content: object): Promise<string> {
    const body = { author: { type: 'business', displayName: 'Kim' }, content };
    const { messages } = await this.world.rest.call<{ messages: Posted[] }>('POST', `/conversations/${this.id}/messages`, body);
    return messages[0]?.id ?? '';
  }

  /** All that was said, the first one first. */
  async said(): Promise<Posted[]> {
    return this.world.rest.messages(this.id);
  }

  async last(): Promise<Posted | undefined> {
    return (await this.said()).at(-1);
  }
}
