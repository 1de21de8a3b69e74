import type { Messenger } from '../model.ts';
import { fill } from '../strings/index.ts';
import { Icon } from '../icons.tsx';
import { h } from '../view/h.ts';

const maxCharacters = 4096;
const countFrom = 0.8 * maxCharacters;

/** Enter sends, Shift and Enter break the line; an input method that is still composing keeps its Enter. */
export class Composer {
  readonly #model: Messenger;
  #focused = 0;

  constructor(model: Messenger) {
    this.#model = model;
  }

  picture(): JSX.Element {
    const model = this.#model;
    const { strings, client } = model.options;
    const { text } = model.look;
    const left = maxCharacters - [...text].length;
    const canSend = (text.trim() || model.files?.isReady) && left >= 0;
    const send = (event: Event) => {
      event.preventDefault();
      if (canSend) void model.send();
    };
    const blocked = client.mayWrite ? model.rich?.blocked() : client.presence === 'expired' ? strings.sessionEnded : strings.signInToWrite;
    if (blocked) return <p class="blocked">{blocked}</p>;
    return (
      <form class="composer" onsubmit={send}>
        {model.files?.tray()}
        <textarea
          drawn={(field) => this.#drawn(field)}
          rows={1}
          dir={text ? 'auto' : undefined}
          aria-label={strings.composer}
          aria-describedby="characters"
          aria-invalid={left < 0}
          placeholder={strings.inputPlaceholder}
          value={text}
          oninput={(event) => model.write(event.currentTarget.value)}
          onblur={() => model.stopTyping()}
          onkeydown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
          }}
        />
        {model.attach?.()}
        <button class="send" aria-label={strings.sendButtonText} disabled={!canSend}>
          <Icon name="send" />
        </button>
        <span id="characters" class={left < 0 ? 'characters error' : 'characters'}>
          {left < 0 ? fill(strings.messageTooLongError, { characters: -left, size: maxCharacters }) : left < maxCharacters - countFrom && fill(strings.charactersLeft, { count: left })}
        </span>
      </form>
    );
  }

  #drawn(field: HTMLTextAreaElement): void {
    const { look } = this.#model;
    if (!CSS.supports('field-sizing: content')) {
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight}px`;
    }
    if (look.focus === this.#focused || !look.opened) return;
    this.#focused = look.focus;
    // A touch keyboard would cover what the person came to read. (A focus needs a layout: a task of its own, beside the drawing.)
    if (matchMedia('(hover: hover)').matches) setTimeout(() => field.focus());
  }
}
