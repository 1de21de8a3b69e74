import type { Content, Message } from '../../sdk/index.ts';
import type { Messenger, RichParts } from '../model.ts';
import { wear } from '../parts/later.ts';
import { linked } from '../parts/text.tsx';
import css from '../theme/rich.css?inline';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { Buttons, asks, labelOf } from './actions.tsx';
import { CardList, Carousel } from './cards.tsx';
import { Forms } from './forms.tsx';
import { decoded } from './links.tsx';
import { markup } from './markup.tsx';
import { Gallery, fileNameOf } from './media.tsx';
import { placeOfContent } from './place.tsx';
import { Ratings } from './ratings.tsx';
import { Replies } from './replies.tsx';
import { richStrings } from './strings.ts';
import type { RichStrings } from './strings.ts';

wear(css);

/** Messages that are more than a text, type by type; what is of no type known here stays in words. */
export class Rich implements RichParts {
  readonly #model: Messenger;
  readonly strings: RichStrings;
  readonly buttons: Buttons;
  readonly gallery: Gallery;
  readonly #forms: Forms;
  readonly #ratings: Ratings;
  readonly #replies: Replies;
  readonly #markups = new WeakMap<Content, Child>();

  constructor(model: Messenger) {
    const strings = (this.strings = richStrings(model));
    this.#model = model;
    this.buttons = new Buttons(model, strings);
    this.gallery = new Gallery(model, strings);
    this.#forms = new Forms(model, strings);
    this.#ratings = new Ratings(model, strings, this.#forms);
    this.#replies = new Replies(model, strings);
  }

  message(message: Message): Child {
    const { content } = message;
    switch (content.type) {
      case 'text':
        return this.#text(message);
      case 'image':
        return [this.gallery.picture(content, this.#model.files?.pictureOf(message.clientMessageId)), this.#caption(message)];
      case 'file':
        return [this.gallery.file(content), this.#caption(message)];
      case 'carousel':
        return <Carousel message={message} parts={this} />;
      case 'list':
        return <CardList message={message} parts={this} />;
      case 'form':
        return content.rating ? this.#ratings.picture(message) : this.#forms.picture(message);
      case 'formResponse':
        return content.rating ? this.#ratings.response(message) : this.#forms.response(message);
      case 'location':
        return placeOfContent(content, this.strings);
      case 'template':
        return <p class="unshown">{this.strings.unsupportedMessageType}</p>;
    }
    return undefined;
  }

  below(): Child {
    return this.#replies.picture();
  }

  /**
   * The business lets nothing be written: while a form of it is not answered, and else while what it said is the newest message, until a
   * button of that was used. Where there is none to use, the business has to write anew.
   */
  blocked(): string | undefined {
    const { messages, entries } = this.#model;
    const since = messages.slice(messages.findLastIndex(({ author }) => author.type === 'user') + 1);
    const newest = since.at(-1);
    const blocks = since.find((message) => {
      const { type, blockChatInput, submitted } = message.content;
      return blockChatInput && (type === 'form' ? !submitted : message === newest && !this.#isAnswered(message));
    });
    if (!blocks || entries.length > 0) return undefined;
    const canAnswer = blocks.content.type === 'form' || asks(blocks);
    return canAnswer ? this.strings.inputPlaceholderBlocked : this.strings.inputWaits;
  }

  /** Somebody whose browser does not say where they are must be able to write it. */
  #isAnswered(message: Message): boolean {
    return this.#replies.isRefused(message) || this.buttons.isUsed(message);
  }

  #text(message: Message): Child {
    const { htmlText, actions } = message.content;
    const buttons = this.#isOffered(message) && this.buttons.picture(message, actions);
    if (!buttons && !htmlText) return undefined;
    return (
      <div class={htmlText ? 'bubble html' : 'bubble'} dir="auto">
        {this.#words(message)}
        {buttons}
      </div>
    );
  }

  /** What stands below a picture or a file. */
  #caption(message: Message): Child {
    const words = this.#words(message);
    const buttons = this.#isOffered(message) && this.buttons.picture(message, message.content.actions);
    return (words || buttons) && <div class={message.content.htmlText ? 'bubble html' : 'bubble'} dir="auto">{words}{buttons}</div>;
  }

  #words({ content }: Message): Child {
    if (content.htmlText) return this.#markup(content, content.htmlText);
    return content.text !== undefined && !isFallback(content) && <p class="said">{linked(content.text)}</p>;
  }

  /** Read once for each message: what is drawn again with every change is the same picture. */
  #markup(content: Content, html: string): Child {
    const known = this.#markups.get(content) ?? markup(html);
    this.#markups.set(content, known);
    return known;
  }

  #isOffered({ author }: Message): boolean {
    return author.type === 'business';
  }
}

/** Whether the text is what the server puts there where the sender said nothing: then the picture, the name or the buttons say it. */
function isFallback({ type, text = '', altText, mediaUrl, actions = [] }: Content): boolean {
  const name = fileNameOf(mediaUrl);
  if (type !== 'text') return [altText, mediaUrl, name].includes(text) || name === decoded(text);
  return text === actions.map((action) => [labelOf(action), action.type === 'webview' ? action.fallback : action.uri].filter(Boolean).join(' ')).join('\n');
}
