import type { Media } from '../../sdk/index.ts';
import { Icon } from '../icons.tsx';
import type { Messenger } from '../model.ts';
import { isOurs } from '../parts/avatar.tsx';
import { wear } from '../parts/later.ts';
import { fill } from '../strings/index.ts';
import css from '../theme/lightbox.css?inline';
import { draw } from '../view/draw.ts';
import { h } from '../view/h.ts';
import { Drawing } from './drawing.tsx';
import { Stage } from './hand.ts';
import { addressOf, freshAddress, picturesOf } from './pictures.ts';
import type { Picture } from './pictures.ts';
import { lightboxStrings } from './strings.ts';
import type { LightboxStrings } from './strings.ts';

wear(css);

/** Shows a picture of the conversation in view over all there is, with a way to the others. Where it was opened from gets the focus back. */
export function show(model: Messenger, media: Media, from: HTMLElement): void {
  const pictures = picturesOf(model.messages, isOurs);
  const at = pictures.findIndex((picture) => picture.media === media);
  if (at >= 0) new Lightbox(model, pictures, at, from).open();
}

/** One showing, from opening to closing: a modal dialog, so that the browser holds the focus and closes it by Escape. */
class Lightbox {
  readonly #model: Messenger;
  readonly #strings: LightboxStrings;
  readonly #pictures: readonly Picture[];
  readonly #from: HTMLElement;
  readonly #dialog = document.createElement('dialog');
  readonly #stage: Stage;
  readonly #userId: string | undefined;
  readonly #conversation: string | undefined;
  #at: number;
  #state: 'loading' | 'shown' | 'broken' = 'loading';
  /** Addresses that were asked for anew. */
  readonly #fresh = new Map<Picture, string>();
  #isZoomed = false;
  /** Counts the pictures that were loaded: each is an element of its own, the same one tried again too. */
  #loads = 0;

  constructor(model: Messenger, pictures: readonly Picture[], at: number, from: HTMLElement) {
    this.#model = model;
    this.#strings = lightboxStrings(model);
    this.#pictures = pictures;
    this.#at = at;
    this.#from = from;
    this.#userId = model.options.client.user?.id;
    this.#conversation = model.conversationId;
    this.#stage = new Stage({
      turn: (by) => this.#turn(this.#isLeftwards ? (by === 1 ? -1 : 1) : by),
      close: () => this.#dialog.close(),
      zoomed: (isZoomed) => {
        this.#isZoomed = isZoomed;
        this.#dialog.classList.toggle('zoomed', isZoomed);
      },
    });
  }

  open(): void {
    const dialog = this.#dialog;
    dialog.className = 'lightbox';
    dialog.setAttribute('aria-label', this.#strings.pictureViewer);
    dialog.onkeydown = (event) => this.#pressed(event);
    dialog.onclose = () => {
      stop();
      dialog.remove();
      if (this.#from.isConnected) this.#from.focus();
    };
    // Whoever comes next does not see what the former person looked at.
    const stop = this.#model.on('change', () => this.#model.options.client.user?.id !== this.#userId && dialog.close());
    document.body.append(dialog);
    this.#draw();
    dialog.showModal();
    this.#focus();
  }

  /** Whether the next picture lies to the left. */
  get #isLeftwards(): boolean {
    return getComputedStyle(this.#dialog).direction === 'rtl';
  }

  #pressed(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as 1 | -1 | undefined;
    if (by === undefined) return;
    event.preventDefault();
    this.#turn(this.#isLeftwards ? (by === 1 ? -1 : 1) : by);
  }

  #turn(by: 1 | -1): void {
    const next = this.#at + by;
    if (!this.#pictures[next]) return;
    this.#at = next;
    this.#set('loading');
  }

  #set(state: 'loading' | 'shown' | 'broken'): void {
    if (state === 'loading') this.#loads++;
    this.#state = state;
    this.#draw();
    // A button that had the focus may be gone.
    if (!this.#dialog.contains(document.activeElement)) this.#focus();
  }

  #focus(): void {
    this.#dialog.querySelector<HTMLElement>('.close')?.focus();
  }

  /** An address may have ended meanwhile: once, another one is asked for. */
  async #failed(picture: Picture): Promise<void> {
    const address = this.#fresh.has(picture) ? undefined : await this.#ask(picture);
    if (address !== undefined) this.#fresh.set(picture, address);
    if (this.#pictures[this.#at] === picture) this.#set(address === undefined ? 'broken' : 'loading');
  }

  async #ask(picture: Picture): Promise<string | undefined> {
    if (this.#conversation === undefined) return undefined;
    return freshAddress(this.#model.options.client, this.#conversation, picture).catch(() => undefined);
  }

  #again(picture: Picture): void {
    this.#fresh.delete(picture);
    this.#set('loading');
  }

  #draw(): void {
    const picture = this.#pictures[this.#at];
    if (!picture) return;
    const strings = this.#strings;
    const { media } = picture;
    const source = this.#fresh.get(picture) ?? addressOf(media) ?? '';
    const name = nameOf(media);
    const alt = media.altText ?? strings.picture;
    const count = this.#pictures.length;
    const isLarger = this.#state === 'shown' && this.#stage.most > 1.05;
    const said = fill(strings.pictureOf, { value: alt, count: this.#at + 1, number: count });
    const label = (words: string) => ({ 'aria-label': words, title: words });
    draw(
      <div class="showing">
        <div class="stage" onpointerdown={(event) => this.#stage.down(event)} onpointermove={(event) => this.#stage.move(event)} onpointerup={(event) => this.#stage.up(event)} onpointercancel={(event) => this.#stage.up(event)}>
          {this.#state === 'broken' ? (
            <div key="broken" class="broken">
              <Drawing name="broken" />
              <p>{strings.unableToLoadImage}</p>
              <button onpointerdown={(event) => event.stopPropagation()} onclick={() => this.#again(picture)}>
                {strings.imageClickToReload}
              </button>
            </div>
          ) : (
            <img
              key={`picture ${this.#loads}`}
              class={isLarger ? 'larger' : undefined}
              src={source}
              alt={alt}
              drawn={(image) => this.#stage.take(image)}
              onload={() => this.#set('shown')}
              onerror={() => void this.#failed(picture)}
            />
          )}
          {this.#state === 'loading' && <span key="busy" class="busy" />}
        </div>
        <header class="showing-bar">
          <p class="showing-name" dir="auto">{name}</p>
          {count > 1 && <p aria-hidden="true">{`${this.#at + 1} / ${count}`}</p>}
          <p class="hidden" role="status">{count > 1 ? said : alt}</p>
          {isLarger && (
            <button key="zoom" {...label(strings.enlargePicture)} aria-pressed={this.#isZoomed ? 'true' : 'false'} onclick={() => this.#enlarge()}>
              <Drawing name="zoom" />
            </button>
          )}
          <a key="save" {...label(strings.downloadPicture)} href={source} download={name}>
            <Drawing name="save" />
          </a>
          <button key="close" class="close" {...label(strings.closePicture)} onclick={() => this.#dialog.close()}>
            <Icon name="cross" />
          </button>
        </header>
        {count > 1 && [
          <button class="turn-to before" {...label(strings.previousPicture)} aria-disabled={this.#at === 0} onclick={() => this.#turn(-1)}>
            <Drawing name="before" />
          </button>,
          <button class="turn-to after" {...label(strings.nextPicture)} aria-disabled={this.#at === count - 1} onclick={() => this.#turn(1)}>
            <Drawing name="after" />
          </button>,
        ]}
      </div>,
      this.#dialog,
    );
  }

  #enlarge(): void {
    this.#stage.toggle();
    this.#draw();
  }
}

/** The last part of the address that the sender gave, as the file is called. */
function nameOf({ mediaUrl = '' }: Media): string {
  try {
    return decodeURIComponent(new URL(mediaUrl).pathname.split('/').at(-1) ?? '').replace(/\p{C}/gu, '');
  } catch {
    return '';
  }
}
