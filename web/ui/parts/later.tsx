import type { Messenger } from '../model.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import type { ConversationList } from './list.tsx';

/** The list of conversations. It is fetched as soon as there is a way to it, and so is there when it is wanted, also without a line. */
export class LaterList {
  readonly #model: Messenger;
  #list: typeof ConversationList | undefined;
  #isAsked = false;

  constructor(model: Messenger) {
    this.#model = model;
    model.on('change', () => {
      if (model.look.opened && model.options.conversationList && model.conversation) void this.#fetch();
    });
  }

  picture(): Child {
    const List = this.#list;
    return List && <List model={this.#model} />;
  }

  /** Fetches it once; where that fails, the next change tries again. */
  async #fetch(): Promise<void> {
    if (this.#isAsked) return;
    this.#isAsked = true;
    try {
      const { default: css } = await import('../theme/list.css?inline');
      const { ConversationList } = await import('./list.tsx');
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
      this.#list = ConversationList;
      this.#model.set({});
    } catch {
      this.#isAsked = false;
    }
  }
}
