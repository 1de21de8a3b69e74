import { inside } from '../../ui/messenger.tsx';
import { Composer } from '../../ui/parts/composer.tsx';
import { ConversationList } from '../../ui/parts/list.tsx';
import { Log } from '../../ui/parts/log.tsx';
import { h } from '../../ui/view/h.ts';
import type { Chat } from '../chat.ts';

/** The messenger over the whole page: the list beside the conversation where there is room, else one after the other. */
export class Talk {
  readonly #chat: Chat;
  readonly #log: Log;
  readonly #composer: Composer;

  constructor(chat: Chat) {
    this.#chat = chat;
    this.#log = new Log(chat.model);
    this.#composer = new Composer(chat.model);
  }

  picture(): JSX.Element {
    const { model, wide } = this.#chat;
    return (
      <main class="messenger" key="messenger">
        {wide.matches && (
          <div class="side">
            <h2>{model.options.strings.conversationListHeaderText}</h2>
            <ConversationList model={model} />
          </div>
        )}
        <div class="pane">{inside(model, this.#log, this.#composer, { picture: () => <ConversationList model={model} /> })}</div>
      </main>
    );
  }
}
