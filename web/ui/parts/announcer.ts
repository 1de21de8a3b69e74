import type { Message } from '../../sdk/index.ts';
import type { Messenger } from '../model.ts';
import { fill } from '../strings/index.ts';
import { announcementStrings } from './announcement-strings.ts';

const kinds: Partial<Record<string, 'sentImage' | 'sentFile' | 'sentCarousel' | 'sentLocation'>> = {
  image: 'sentImage',
  file: 'sentFile',
  carousel: 'sentCarousel',
  list: 'sentCarousel',
  location: 'sentLocation',
};

/**
 * Says to screen readers, politely and once, what others write while the person looks on, and by whom. The log itself says nothing:
 * it changes with every tick and every older message that is loaded, and all of that would be read aloud.
 */
export class Announcer {
  readonly #model: Messenger;
  readonly #region = document.createElement('div');
  #conversation: string | undefined;
  #said = 0;
  /** What stands in the region. */
  #lines: readonly Message[] = [];

  constructor(model: Messenger) {
    this.#model = model;
    this.#region.className = 'hidden';
    this.#region.ariaLive = 'polite';
    document.body.append(this.#region);
    model.on('change', () => this.#listen());
    this.#listen();
  }

  #listen(): void {
    const { conversationId, messages, look, options } = this.#model;
    const said = conversationId === this.#conversation ? this.#said : Infinity;
    const me = options.client.user?.id;
    const news = messages.filter(({ number, author }) => number > said && author.userId !== me);
    // Of a history that is read far above, the end is not held.
    this.#said = Math.max(conversationId === this.#conversation ? this.#said : 0, messages.at(-1)?.number ?? 0);
    this.#conversation = conversationId;
    if (look.opened && news.length > 0) this.#say(news);
    else if (this.#lines.some(({ id }) => !messages.some((message) => message.id === id))) this.#say([]);
  }

  /** One element for each line, which replace those of before: what is added is what is read. Nothing stays of what is out of view or gone. */
  #say(lines: readonly Message[]): void {
    this.#lines = lines;
    this.#region.replaceChildren(
      ...lines.map((line) => {
        const element = document.createElement('p');
        element.textContent = this.#lineOf(line);
        return element;
      }),
    );
  }

  #lineOf({ content, author: { displayName } }: Message): string {
    const texts = announcementStrings(this.#model);
    const kind = kinds[content.type];
    const words = kind ? content.altText : content.text;
    return [fill(texts[kind ?? 'supportSays'], { author: displayName || this.#model.options.businessName }), words].filter(Boolean).join(' ');
  }
}
