import type { Entry, FormField, Message } from '../../sdk/index.ts';
import type { Messenger } from '../model.ts';
import { linked } from '../parts/text.tsx';
import { fill } from '../strings/index.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { answerOf, faultOf, wordsOf } from './form.ts';
import { Glyph } from './glyph.tsx';
import type { RichStrings } from './strings.ts';

/** What is written into a form that is not sent. */
interface Filling {
  readonly values: string[];
  faults: (string | undefined)[];
  /** Why all of it was not sent. */
  fault?: string;
  /** The host page is asked what it says of the answers. */
  isAsked?: boolean;
}

/** Sends what was answered, in words and field by field; fails where the host page forbids it. */
type Answer = (text: string, fields: FormField[]) => Promise<void>;

/** Forms: each is answered once, by a message that quotes it. */
export class Forms {
  readonly #model: Messenger;
  readonly #strings: RichStrings;
  /** By person and form: who comes after somebody else sees nothing of what they wrote. */
  readonly #fillings = new Map<string, Filling>();

  constructor(model: Messenger, strings: RichStrings) {
    this.#model = model;
    this.#strings = strings;
  }

  /** `answer` absent: by a message that quotes the form. */
  picture(message: Message, answer: Answer = (text, fields) => this.#model.post({ type: 'formResponse', text, quotedMessageId: message.id, fields })): Child {
    const strings = this.#strings;
    const { text = '', fields = [], submitted } = message.content;
    const title = text !== fields.map(({ label }) => label).join('\n') && <p class="form-title" dir="auto">{linked(text)}</p>;
    if (!submitted && !this.isSent(message)) return this.#open(message, fields, title, answer);
    return (
      <div class="bubble form" key="closed">
        {title}
        <p class="answered">
          <Glyph name="tick" />
          {submitted ? strings.formAnswered : strings.formSending}
        </p>
      </div>
    );
  }

  /** The answers, each beside its question. */
  response({ content: { fields = [] } }: Message): Child {
    return (
      <dl class="bubble answers">
        {fields.map((field) => [<dt dir="auto">{field.label}</dt>, <dd dir="auto">{wordsOf(field)}</dd>])}
      </dl>
    );
  }

  /** Whether answers are on their way. */
  isSent(form: Message): boolean {
    return this.#entriesOf(form).some(({ failure }) => failure === undefined);
  }

  #open(message: Message, fields: readonly FormField[], title: Child, answer: Answer): Child {
    const { user, mayWrite } = this.#model.options.client;
    const key = `${user?.id} ${message.id}`;
    const filling = this.#fillings.get(key) ?? { values: [], faults: [] };
    this.#fillings.set(key, filling);
    return (
      <form class="bubble form" key="open" novalidate onsubmit={(event) => void this.#submit(event, message, filling, answer)}>
        {title}
        {fields.map((field, i) => this.#field(`${message.id}-${i}`, field, filling, i))}
        <p class="fault" role="alert">{filling.fault}</p>
        <button class="submit" disabled={!mayWrite || filling.isAsked}>{this.#strings.formSubmit}</button>
      </form>
    );
  }

  #field(id: string, field: FormField, filling: Filling, i: number): JSX.Element {
    const { type, name, label, placeholder, format, options = [], optional, long } = field;
    const value = filling.values[i] ?? '';
    const fault = filling.faults[i];
    const oninput = ({ currentTarget }: { currentTarget: { value: string } }) => {
      filling.values[i] = currentTarget.value;
      if (fault !== undefined) filling.faults[i] = faultOf(field, currentTarget.value, this.#strings);
      this.#model.set({});
    };
    const common = { id, value, oninput, 'aria-required': !optional, 'aria-invalid': fault !== undefined, 'aria-describedby': `${id}-fault` } as const;
    return (
      <div class="field" dir="auto">
        <label for={id}>{optional ? fill(this.#strings.formOptional, { label }) : label}</label>
        {type === 'select' ? (
          <select {...common}>
            <option value="" label={placeholder ?? this.#strings.formFieldSelectPlaceholderFallback} />
            {options.map((option) => <option value={option.name} selected={option.name === value}>{option.label}</option>)}
          </select>
        ) : long ? (
          <textarea {...common} dir="auto" rows={4} />
        ) : (
          <input {...common} dir="auto" placeholder={placeholder} {...typing(type, format, name)} />
        )}
        <p class="fault" id={`${id}-fault`}>{fault}</p>
      </div>
    );
  }

  async #submit(event: Event & { currentTarget: HTMLFormElement }, message: Message, filling: Filling, answer: Answer): Promise<void> {
    event.preventDefault();
    const model = this.#model;
    const { fields = [] } = message.content;
    filling.faults = fields.map((field, i) => faultOf(field, filling.values[i] ?? '', this.#strings));
    const first = filling.faults.findIndex((fault) => fault !== undefined);
    model.set({});
    if (first >= 0) return document.getElementById(`${message.id}-${first}`)?.focus();
    for (const { id } of this.#entriesOf(message)) model.options.client.outbox.discard(id);
    const answers = fields.flatMap((field, i) => (filling.values[i]?.trim() ? [answerOf(field, filling.values[i])] : []));
    const text = answers.map((field) => `${field.label}: ${wordsOf(field)}`).join('\n');
    filling.fault = undefined;
    filling.isAsked = true;
    await answer(text, answers).catch(() => {
      filling.fault = this.#strings.formErrorUnknown;
    });
    filling.isAsked = false;
    model.set({});
  }

  #entriesOf(form: Message): Entry[] {
    return this.#model.entries.filter(({ message }) => message.quotedMessageId === form.id);
  }
}

/** How the field is typed in, and what the browser may fill it in with: a field that is called `name`, as ours before a chat is, asks for that. */
function typing(type: string, format: FormField['format'], name: string): { type: string; autocomplete?: string; inputmode?: 'numeric' | 'decimal' } {
  if (type === 'email') return { type, autocomplete: 'email' };
  return { type: 'text', autocomplete: name === 'name' ? name : undefined, inputmode: format === 'integer' ? 'numeric' : format };
}
