/** What can be sent beside words, to choose from: fetched where the host page wants more than files. */
import type { Messenger } from '../model.ts';
import { wear } from '../parts/later.ts';
import css from '../theme/attach.css?inline';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import type { FileWay } from './attach.tsx';
import { Drawing } from './drawing.tsx';
import { attachStrings } from './strings.ts';
import type { AttachStrings } from './strings.ts';

wear(css);

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** A button with a menu above it; with nothing to choose from, the button shares the location itself. */
export class Menu {
  readonly #model: Messenger;
  readonly #files: FileWay | undefined;
  readonly #strings: AttachStrings;
  #isOpen = false;
  #isLooking = false;
  /** What became of the last try. */
  #said: string | undefined;

  constructor(model: Messenger, files: FileWay | undefined) {
    this.#model = model;
    this.#files = files;
    this.#strings = attachStrings(model);
  }

  picture(): Child {
    const { attachMenu, shareLocation } = this.#strings;
    const files = this.#files;
    const name = files ? attachMenu : shareLocation;
    return [
      <p class={this.#said ? 'said' : 'hidden'} role="status">{this.#said}</p>,
      <div onkeydown={(event: KeyboardEvent) => this.#pressed(event)}>
        <button
          class="tool"
          type="button"
          aria-label={name}
          title={name}
          aria-haspopup={files && 'menu'}
          aria-expanded={files && String(this.#isOpen)}
          aria-busy={this.#isLooking}
          onclick={() => (files ? this.#turn(!this.#isOpen) : void this.#share())}
        >
          {this.#isLooking ? <i class="busy" aria-hidden="true" /> : <Drawing name={files ? 'clip' : 'place'} />}
        </button>
        {this.#isOpen && files && (
          <div class="menu" role="menu" aria-label={name} drawn={(menu) => this.#opened(menu)}>
            {this.#item(<Drawing name="clip" />, files.words, files.reached, files.reached)}
            {this.#item(<Drawing name="place" />, shareLocation, () => void this.#share())}
          </div>
        )}
      </div>,
    ];
  }

  #item(drawing: Child, words: string, chosen: (event: Event) => void, reached?: (event: Event) => void): JSX.Element {
    const choose = (event: Event) => {
      this.#turn(false);
      this.#model.set({ focus: this.#model.look.focus + 1 });
      chosen(event);
    };
    return (
      <button type="button" role="menuitem" tabindex={-1} onfocus={reached} onblur={(event: FocusEvent) => this.#left(event)} onclick={choose}>
        {drawing}
        {words}
      </button>
    );
  }

  #turn(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#said = undefined;
    this.#model.set({});
  }

  /** A menu that has just come has the focus on its first item. */
  #opened(menu: HTMLElement): void {
    if (!menu.contains(document.activeElement)) menu.querySelector('button')?.focus();
  }

  /** The focus went elsewhere, and not because what had it is gone. */
  #left({ currentTarget, relatedTarget }: FocusEvent): void {
    const menu = (currentTarget as Element).parentNode;
    if (relatedTarget && !menu?.contains(relatedTarget as Node) && this.#isOpen) this.#turn(false);
  }

  #pressed(event: KeyboardEvent): void {
    const { currentTarget, key, target } = event;
    if (!this.#isOpen) return;
    const [button, ...items] = (currentTarget as Element).querySelectorAll('button');
    const step = steps[key];
    if (key === 'Escape' || key === 'Tab') {
      this.#turn(false);
      button?.focus();
    } else if (step) items.at((items.indexOf(target as HTMLButtonElement) + step) % items.length)?.focus();
    else return;
    event.stopPropagation();
    if (key !== 'Tab') event.preventDefault();
  }

  async #share(): Promise<void> {
    if (this.#isLooking) return;
    this.#say('', true);
    try {
      const { placed, placeStrings, whereabouts } = await import('../whereabouts.ts');
      const strings = placeStrings(this.#model);
      this.#say(strings.shareLocationWaiting, true);
      const place = await whereabouts();
      if (typeof place === 'string') return this.#say(strings[place]);
      this.#say();
      // What the host page forbids is not sent.
      await this.#model.post(placed(place)).catch(() => undefined);
    } catch {
      this.#say(this.#model.options.strings.couldNotConnect);
    }
  }

  #say(words?: string, isLooking = false): void {
    this.#said = words;
    this.#isLooking = isLooking;
    this.#model.set({});
  }
}
