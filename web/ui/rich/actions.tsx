// From the file itself: by way of sdk/index.ts the bundler takes the whole client out of the entry, into a part that all parts load.
import { newId } from '../../sdk/ids.ts';
import type { Action, Message } from '../../sdk/index.ts';
import type { Messenger } from '../model.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { Glyph } from './glyph.tsx';
import { Link, addressOf } from './links.tsx';
import type { RichStrings } from './strings.ts';

/** Buttons that answer: they stand below the newest message, as long as it is that. */
export function answers({ type }: Action): boolean {
  return type === 'reply' || type === 'locationRequest';
}

/** Whether a button of the message says something or brings something back; those of its cards count. */
export function asks(message: Message): boolean {
  return buttonsOf(message).some((action) => answers(action) || action.type === 'postback');
}

/** What stands on a button: a quick answer without words has its payload, and nothing else to show. */
export function labelOf({ text, payload = '' }: Action): string {
  return text || payload;
}

const shortLabel = 80;

/** The words of a button: of many the first lines, and all of them where a pointer rests. */
export function Label({ text }: { text: string }): JSX.Element {
  const isLong = text.length > shortLabel;
  return <span class={isLong ? 'long' : undefined} title={isLong ? text : undefined} dir="auto">{text}</span>;
}

interface Press {
  /** The same for each attempt. */
  id: string;
  state: 'sending' | 'done' | 'failed';
}

/** The buttons of messages, and what became of those that were pressed. */
export class Buttons {
  readonly #model: Messenger;
  readonly #strings: RichStrings;
  readonly #presses = new Map<string, Press>();

  constructor(model: Messenger, strings: RichStrings) {
    this.#model = model;
    this.#strings = strings;
  }

  /** The buttons that lead somewhere or bring something back, one below the other. */
  picture(message: Message, actions: readonly Action[] = []): Child {
    const lasting = actions.filter((action) => !answers(action));
    return lasting.length > 0 && <div class="actions">{lasting.map((action) => this.#button(message, action))}</div>;
  }

  /** Whether a button of the message has brought something back. */
  isUsed(message: Message): boolean {
    return buttonsOf(message).some(({ id }) => this.#presses.get(id)?.state === 'done');
  }

  #button(message: Message, action: Action): Child {
    const { text, uri, fallback } = action;
    switch (action.type) {
      case 'link':
      case 'webview': {
        // A page of another site may not stand in this one, so that there is no webview.
        const url = addressOf(action.type === 'link' ? uri : fallback);
        return url && <Link url={url} words={text} kind="action"><Label text={text} /></Link>;
      }
      case 'buy':
        return this.#price(action);
      case 'postback':
        return this.#postback(message, action);
    }
  }

  #postback(message: Message, action: Action): Child {
    const strings = this.#strings;
    const state = this.#presses.get(action.id)?.state;
    return [
      <button class={`action ${state ?? ''}`} type="button" aria-busy={state === 'sending'} aria-disabled={state === 'sending'} onclick={() => void this.#press(message, action)}>
        <Label text={action.text} />
        {state === 'sending' && <i class="busy" aria-hidden="true" />}
        {state === 'done' && <Glyph name="tick" />}
      </button>,
      <span class={state === 'failed' ? 'fault' : 'hidden'} role="status">
        {state === 'failed' ? strings.actionPostbackError : state === 'done' ? strings.actionDone : state && strings.actionSending}
      </span>,
    ];
  }

  /** A link to where one pays, if the business has such a place. There is nobody here to pay to, and the offer is shown all the same. */
  #price({ text, amount = 0, currency, uri }: Action): Child {
    const price = moneyOf(amount / 100, currency, this.#model.options.locale);
    const url = addressOf(uri);
    if (url) return <Link url={url} words={text} kind="action"><Label text={text} />{` · ${price}`}</Link>;
    return (
      <p class="offer">
        <Label text={text} /> <b>{price}</b>
        <small>{this.#strings.paymentNotPossible}</small>
      </p>
    );
  }

  async #press(message: Message, action: Action): Promise<void> {
    const model = this.#model;
    const { id: pressed } = action;
    const before = this.#presses.get(pressed);
    if (before?.state === 'sending') return;
    const id = before?.state === 'failed' ? before.id : newId();
    const become = (state: Press['state']) => {
      this.#presses.set(pressed, { id, state });
      model.set({});
    };
    const conversation = model.conversationId ?? '';
    become('sending');
    try {
      const { press } = await import('../press.ts');
      await press(model, conversation, { message, action }, id);
      become('done');
    } catch {
      become('failed');
    }
  }
}

function buttonsOf({ content: { actions = [], items = [] } }: Message): Action[] {
  return [...actions, ...items.flatMap((item) => item.actions)];
}

function moneyOf(amount: number, currency: string | undefined, locale: string): string {
  try {
    return new Intl.NumberFormat(locale, currency ? { style: 'currency', currency } : { minimumFractionDigits: 2 }).format(amount);
  } catch {
    return `${amount} ${currency ?? ''}`;
  }
}
