/** What the host page is asked before something is sent or shown: fetched where it has a function that wants to be asked. */
import { messageShape } from '../../sdk/index.ts';
import type { Action, Content, Draft, Message, MessageShape, Metadata } from '../../sdk/index.ts';
import type { MessengerOptions } from '../../ui/model.ts';
import type { HostPort } from './port.ts';

/** The functions of the messenger that the host page may have a word in. */
export type Delegated = Pick<MessengerOptions, 'beforeSend' | 'display' | 'beforePostbackSend'>;

/** `changed` is called when there is something else to display. */
export function delegated(port: HostPort, changed: () => void): Required<Delegated> {
  const displayed = new Displayed(port, changed);
  return {
    display: (messages, conversation) => displayed.of(messages, conversation),
    beforeSend: async (message: Draft, conversation) => {
      const { text, payload, metadata, fields, coordinates } = (await port.ask('beforeSend', [{ type: 'text', role: 'user', ...message }, conversation])) as Draft;
      return { ...message, text, payload, metadata, fields, coordinates };
    },
    beforePostbackSend: async ({ id, type, text, payload, metadata }: Action, conversation) => {
      const postback = { actionId: id, type, text, payload, metadata };
      return ((await port.ask('beforePostbackSend', [postback, conversation])) as { metadata?: Metadata }).metadata;
    },
  };
}

/** What the page lets be displayed. It is asked once about each message, and again when that has become another: a form that was answered. */
class Displayed {
  readonly #port: HostPort;
  readonly #changed: () => void;
  readonly #shown = new Map<string, Message | undefined>();
  readonly #asked = new WeakSet<Message>();

  constructor(port: HostPort, changed: () => void) {
    this.#port = port;
    this.#changed = changed;
  }

  /** Messages that the page has not passed yet wait, or stay as they were. */
  of(messages: readonly Message[], conversation: string): readonly Message[] {
    const unasked = messages.filter((message) => !this.#asked.has(message));
    for (const message of unasked) this.#asked.add(message);
    if (unasked.length > 0) void this.#ask(unasked, conversation);
    return messages.flatMap(({ id }) => this.#shown.get(id) ?? []);
  }

  /** A page whose function fails has no say. */
  async #ask(messages: readonly Message[], conversation: string): Promise<void> {
    const asking = this.#port.ask('beforeDisplay', [messages.map(messageShape), conversation]) as Promise<(Partial<MessageShape> | null)[]>;
    const answers = await asking.then((all) => messages.map((message, i) => shownAs(message, all[i]))).catch(() => messages);
    messages.forEach(({ id }, i) => this.#shown.set(id, answers[i]));
    this.#changed();
  }
}

/** The message with what the page says of it. */
function shownAs(message: Message, shown: Partial<MessageShape> | null | undefined): Message | undefined {
  if (!shown) return undefined;
  const { displayName, avatarUrl } = shown;
  const content = { ...message.content };
  for (const name of Object.keys(content) as (keyof Content)[]) if (name in shown) Object.assign(content, { [name]: shown[name] });
  // Who changes the words means them, and not the markup of before.
  if (content.text !== message.content.text) delete content.htmlText;
  return { ...message, author: { ...message.author, displayName, avatarUrl }, content };
}
