/** What the host page asks before the first message: a form of its own in the conversation, fetched where there is one. */
import type { FormField, Message } from '../../sdk/index.ts';
import type { Messenger } from '../model.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Forms } from '../rich/forms.tsx';
import '../rich/rich.tsx';
import { richStrings } from '../rich/strings.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { prechatStrings } from './strings.ts';
import type { PrechatStrings } from './strings.ts';
import type { PrechatCapture } from './wishes.ts';

export class Prechat {
  readonly #model: Messenger;
  readonly #avatarUrl: string | undefined;
  readonly #strings: PrechatStrings;
  readonly #forms: Forms;
  readonly #form: Message;
  #focused = 0;
  /** Whoever was asked for nothing but what may be left empty, and left it so. */
  #passed: string | undefined;

  constructor(model: Messenger, { avatarUrl, fields, asked: names = ['name', 'email'], questions = [] }: PrechatCapture) {
    const strings = (this.#strings = prechatStrings(model));
    const usual: Record<'name' | 'email', FormField> = {
      name: { type: 'text', name: 'name', label: strings.prechatCaptureNameLabel, placeholder: strings.prechatCaptureNamePlaceholder },
      email: { type: 'email', name: 'email', label: strings.prechatCaptureEmailLabel, placeholder: strings.prechatCaptureEmailPlaceholder },
    };
    const asked = fields?.length ? fields : [...names.map((name) => usual[name]), ...questions];
    this.#model = model;
    this.#avatarUrl = avatarUrl;
    this.#forms = new Forms(model, richStrings(model));
    this.#form = { id: 'prechat', number: 0, change: 0, received: '', author: { type: 'business' }, content: { type: 'form', text: strings.prechatCaptureGreetingText, fields: asked } };
  }

  /** The form in place of the messages and the composer, or these, with a word of thanks after the answers. */
  around(usual: Child[]): Child {
    if (!this.#asks) return this.#isAnswered ? [usual[0], this.#said(<p class="bubble" dir="auto">{this.#strings.prechatCaptureConfirmationText}</p>), usual[1]] : usual;
    return (
      <div class="scroller" key="prechat" drawn={(element: HTMLElement) => this.#drawn(element)}>
        {this.#said(this.#forms.picture(this.#form, (text, fields) => this.#answer(text, fields)))}
      </div>
    );
  }

  /** Somebody whom nobody knows, and who has written nothing yet. */
  get #asks(): boolean {
    const { client } = this.#model.options;
    const isSure = client.presence === 'nobody' || client.connectionState === 'connected';
    return isSure && this.#passed !== (client.user?.id ?? '') && client.mayWrite && !client.isKnown && client.store.list().length === 0 && client.outbox.list().length === 0;
  }

  /** Whether the answers are all that there is. */
  get #isAnswered(): boolean {
    const { messages, entries } = this.#model;
    const [first, second] = [...messages.map(({ content }) => content), ...entries.map(({ message }) => message)];
    return first?.type === 'formResponse' && !first.quotedMessageId && !second;
  }

  async #answer(text: string, fields: FormField[]): Promise<void> {
    const model = this.#model;
    if (fields.length === 0) {
      this.#passed = model.options.client.user?.id ?? '';
      return;
    }
    await model.post({ type: 'formResponse', text, fields });
    const givenName = fields.find(({ type, name }) => type === 'text' && name === 'name')?.text;
    const email = fields.find(({ type }) => type === 'email')?.email;
    if (givenName || email) model.options.client.updateUser({ givenName, email }).catch(() => undefined);
  }

  #said(bubble: Child): JSX.Element {
    const { businessName, businessIconUrl } = this.#model.options;
    return (
      <div class="message theirs opens closes asked" key="prechat">
        <span class="author">{businessName}</span>
        {bubble}
        <Avatar name={businessName} url={this.#avatarUrl ?? businessIconUrl} />
      </div>
    );
  }

  /** Takes the focus where the composer would. */
  #drawn(element: HTMLElement): void {
    const { opened, focus } = this.#model.look;
    if (!opened || focus === this.#focused) return;
    this.#focused = focus;
    if (matchMedia('(hover: hover)').matches) element.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }
}
