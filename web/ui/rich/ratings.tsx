import type { FormField, Message } from '../../sdk/index.ts';
import type { Messenger } from '../model.ts';
import { linked } from '../parts/text.tsx';
import { fill } from '../strings/index.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { answerOf } from './form.ts';
import type { Forms } from './forms.tsx';
import { Glyph } from './glyph.tsx';
import type { RichStrings } from './strings.ts';

/** The question of an app that has none of its own: it is asked in the language of the person. */
const usualQuestion = 'How did we do?';
const mouths = ['M8 16.5c1-1.600 2.400-2.500 4-2.500s3 .900 4 2.500', 'M8.500 16c1-.800 2.200-1.200 3.500-1.200s2.500.400 3.500 1.200', 'M8.500 15.200h7', 'M8.500 14.500c1 .900 2.200 1.300 3.500 1.300s2.500-.400 3.500-1.300', 'M8 13.800c.800 2 2.200 3 4 3s3.200-1 4-3z'];

interface Filling {
  value: string;
  comment: string;
  /** It is on its way to the outbox: the host page may be asked what it says of it. */
  isAsked?: boolean;
  fault?: string;
}

/** Asks how satisfied somebody is: five faces to choose from, and a line for more. */
export class Ratings {
  readonly #model: Messenger;
  readonly #strings: RichStrings;
  readonly #forms: Forms;
  /** By person and form: who comes after somebody else sees nothing of what they chose. */
  readonly #fillings = new Map<string, Filling>();

  constructor(model: Messenger, strings: RichStrings, forms: Forms) {
    this.#model = model;
    this.#strings = strings;
    this.#forms = forms;
  }

  picture(message: Message): Child {
    const { text = '', submitted } = message.content;
    const title = text === usualQuestion ? this.#strings.ratingQuestion : text;
    if (submitted || this.#forms.isSent(message)) {
      return (
        <div class="bubble form" key="closed">
          <p class="answered">
            <Glyph name="tick" />
            {this.#strings.ratingThanks}
          </p>
        </div>
      );
    }
    if (message !== this.#newest) return <p class="bubble" dir="auto">{title}</p>;
    return this.#open(message, title);
  }

  /** What somebody chose, and what they said beside it. */
  response({ content: { fields = [] } }: Message): Child {
    const value = fields.find(({ name }) => name === 'rating')?.select?.[0]?.name ?? '';
    const comment = fields.find(({ name }) => name === 'comment')?.text;
    return (
      <div class="bubble rated">
        <p class="rated-value">
          {this.#face(value)}
          <span>{this.#labelOf(value)}</span>
          <small>{fill(this.#strings.ratingOf, { value })}</small>
        </p>
        {comment && <p dir="auto">{linked(comment)}</p>}
      </div>
    );
  }

  /** Whoever did not answer before is not asked about that again. */
  get #newest(): Message | undefined {
    return this.#model.messages.findLast(({ content }) => content.type === 'form' && content.rating);
  }

  #open(message: Message, title: string): Child {
    const { user, mayWrite } = this.#model.options.client;
    const key = `${user?.id} ${message.id}`;
    const filling = this.#fillings.get(key) ?? { value: '', comment: '' };
    this.#fillings.set(key, filling);
    const { value, comment, fault, isAsked } = filling;
    const changed = (change: Partial<Filling>) => {
      Object.assign(filling, change);
      this.#model.set({});
    };
    const [rating] = message.content.fields ?? [];
    const id = `${message.id}-comment`;
    return (
      <form class="bubble form" key="open" novalidate onsubmit={(event) => (event.preventDefault(), void this.#send(message, filling))}>
        <p class="form-title" dir="auto" id={`${message.id}-title`}>{linked(title)}</p>
        <div class="rating-faces" role="radiogroup" aria-labelledby={`${message.id}-title`}>
          {rating?.options?.map(({ name }) => (
            <label title={this.#labelOf(name)}>
              <input class="hidden" type="radio" name={message.id} value={name} aria-label={this.#labelOf(name)} onchange={() => changed({ value: name })} />
              {this.#face(name)}
            </label>
          ))}
        </div>
        <p class="rating-ends" aria-hidden="true">
          {value ? <span>{this.#labelOf(value)}</span> : [<span>{this.#strings.rating1}</span>, <span>{this.#strings.rating5}</span>]}
        </p>
        {value && (
          <div class="field" key="comment">
            <label for={id}>{this.#strings.ratingComment}</label>
            <input id={id} type="text" dir="auto" maxlength={256} value={comment} oninput={({ currentTarget }) => changed({ comment: currentTarget.value })} />
          </div>
        )}
        <p class="fault" role="alert">{fault}</p>
        {value && <button class="submit" key="submit" disabled={!mayWrite || isAsked}>{this.#strings.formSubmit}</button>}
      </form>
    );
  }

  async #send({ id, content: { fields = [] } }: Message, filling: Filling): Promise<void> {
    if (!filling.value || filling.isAsked) return;
    const values: Record<string, string> = { rating: filling.value, comment: filling.comment };
    const answers: FormField[] = fields.filter(({ name }) => values[name]?.trim()).map((field) => answerOf(field, values[field.name] ?? ''));
    const text = [this.#labelOf(filling.value), filling.comment.trim()].filter(Boolean).join('\n');
    filling.fault = undefined;
    filling.isAsked = true;
    await this.#model.post({ type: 'formResponse', text, quotedMessageId: id, fields: answers }).catch(() => {
      filling.fault = this.#strings.formErrorUnknown;
    });
    filling.isAsked = false;
    this.#model.set({});
  }

  #labelOf(value: string): string {
    const { rating1, rating2, rating3, rating4, rating5 } = this.#strings;
    return [rating1, rating2, rating3, rating4, rating5][Number(value) - 1] ?? value;
  }

  #face(value: string): JSX.Element {
    return (
      <svg class="mood" viewBox="0 0 24 24" aria-hidden="true">
        <path d={`M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zM9 9.800v.010M15 9.800v.010${mouths[Number(value) - 1] ?? ''}`} />
      </svg>
    );
  }
}
