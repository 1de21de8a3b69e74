import type { Action, Message } from '../../sdk/index.ts';
import type { Messenger } from '../model.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { placed, whereabouts } from '../whereabouts.ts';
import type { Refusal } from '../whereabouts.ts';
import { Label, answers, labelOf } from './actions.tsx';
import { Glyph } from './glyph.tsx';
import type { RichStrings } from './strings.ts';

/** Quick answers: they stand below the newest message until one is used, or anything else is said. */
export class Replies {
  readonly #model: Messenger;
  readonly #strings: RichStrings;
  /** The message whose quick answer is on its way, which takes a moment where the host page is asked. */
  #used: string | undefined;
  #looking = false;
  #refusal: { message: string; why: Refusal } | undefined;

  constructor(model: Messenger, strings: RichStrings) {
    this.#model = model;
    this.#strings = strings;
  }

  /** The newest message, where it is open for an answer. */
  get #open(): Message | undefined {
    const { messages, entries, options } = this.#model;
    const newest = messages.at(-1);
    return newest?.author.type === 'business' && entries.length === 0 && newest.id !== this.#used && options.client.mayWrite ? newest : undefined;
  }

  picture(): Child {
    const message = this.#open;
    const actions = message?.content.actions?.filter(answers) ?? [];
    if (!message || actions.length === 0) return undefined;
    const why = this.isRefused(message) && this.#refusal?.why;
    return (
      <div class="replies" role="group" aria-label={this.#strings.quickReplies} key={message.id}>
        {actions.map((action) => this.#button(message, action))}
        <p class={why ? 'fault' : 'hidden'} role="status">{why ? this.#strings[why] : this.#looking && this.#strings.shareLocationWaiting}</p>
      </div>
    );
  }

  /** Whether the browser has refused to say where the person is, so that they must be able to write it. */
  isRefused(message: Message): boolean {
    return this.#refusal?.message === message.id;
  }

  #button(message: Message, action: Action): JSX.Element {
    const isPlace = action.type === 'locationRequest';
    const isBusy = isPlace && this.#looking;
    return (
      <button type="button" aria-busy={isBusy} onclick={() => void (isPlace ? this.#sendPlace(message, action) : this.#reply(message, action))}>
        {isPlace && (isBusy ? <i class="busy" aria-hidden="true" /> : <Glyph name="place" />)}
        <Label text={labelOf(action)} />
      </button>
    );
  }

  #reply({ id }: Message, action: Action): Promise<void> {
    const { payload, metadata } = action;
    return this.#post(id, { text: labelOf(action), payload, metadata });
  }

  async #sendPlace({ id }: Message, { metadata }: Action): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    this.#refusal = undefined;
    this.#model.set({});
    const place = await whereabouts();
    this.#looking = false;
    if (typeof place === 'string') {
      this.#refusal = { message: id, why: place };
      return this.#model.set({});
    }
    await this.#post(id, placed(place, metadata));
  }

  async #post(message: string, draft: Parameters<Messenger['post']>[0]): Promise<void> {
    this.#used = message;
    // What the host page forbids can be answered in another way.
    await this.#model.post(draft).catch(() => undefined);
    this.#used = undefined;
    this.#model.set({});
  }
}
