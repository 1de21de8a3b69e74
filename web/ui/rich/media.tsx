import type { Media } from '../../sdk/index.ts';
import { isOurs } from '../parts/avatar.tsx';
import type { Messenger } from '../model.ts';
import { sizeOf } from '../size.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { Glyph } from './glyph.tsx';
import { Link, addressOf, decoded, placeOf } from './links.tsx';
import type { RichStrings } from './strings.ts';

const lightbox = () => import('../lightbox/lightbox.tsx');

/** Pictures and files. Only this server's own addresses are ever loaded: of anything else there is a link. */
export class Gallery {
  readonly #model: Messenger;
  readonly #strings: RichStrings;
  /** Addresses that gave no picture. */
  readonly #broken = new Set<string>();

  constructor(model: Messenger, strings: RichStrings) {
    this.#model = model;
    this.#strings = strings;
  }

  /**
   * A picture in a bubble of its own shape: that of the picture where it is known, so that nothing moves when it comes. `local` is where
   * this browser has it, from which it was sent.
   */
  picture(media: Media, local?: string): Child {
    const { altText = this.#strings.picture, width, height } = media;
    const source = this.#sourceOf(media);
    if (!source) return this.#instead(media);
    return (
      <a class={width && height ? 'picture' : 'picture unmeasured'} {...this.#large(source, media)}>
        {this.#img(local ?? source, altText, media)}
      </a>
    );
  }

  /** A picture on a card, which says itself what it is about. Where a touch on the card leads somewhere it is not opened by itself. */
  thumbnail(media: Media, leads: boolean): Child {
    if (!media.mediaUrl) return undefined;
    const source = this.#sourceOf(media);
    if (!source) return this.#instead(media);
    const { altText = '' } = media;
    if (leads) return <div class="shape">{this.#img(source, altText, media)}</div>;
    return (
      <a class="shape" aria-label={altText || this.#strings.picture} {...this.#large(source, media)}>
        {this.#img(source, '', media)}
      </a>
    );
  }

  /** A file by its name, with what is known of it, and where it lies if that is elsewhere. */
  file({ mediaUrl, displayUrl, mediaSize, mediaType, altText }: Media): Child {
    const url = addressOf(displayUrl && isOurs(displayUrl) ? new URL(displayUrl, location.href).href : mediaUrl);
    const name = fileNameOf(mediaUrl) || altText || this.#strings.file;
    const kind = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? mediaType;
    const size = mediaSize && sizeOf(mediaSize, this.#model.options.locale);
    const isForeign = url && !isOurs(url.href);
    return (
      <a class="bubble file" dir="auto" href={url?.href} download={isForeign ? undefined : ''} target="_blank" rel="noopener noreferrer nofollow">
        <Glyph name="file" />
        <span class="file-name">
          <span>{name}</span>
          <small dir="auto">{[kind, size, isForeign && placeOf(url)].filter(Boolean).join(' · ')}</small>
        </span>
      </a>
    );
  }

  /** A link to the picture, which is opened here; in a tab of its own for who asks for one, and where the part that shows it is not to be had. */
  #large(source: string, media: Media) {
    const { displayUrl } = media;
    const href = displayUrl && isOurs(displayUrl) ? displayUrl : source;
    return {
      href,
      target: '_blank' as const,
      rel: 'noopener noreferrer nofollow',
      title: this.#strings.imageClickToView,
      'aria-haspopup': 'dialog',
      onclick: (event: MouseEvent & { currentTarget: HTMLElement }) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        const from = event.currentTarget;
        lightbox().then(
          ({ show }) => show(this.#model, media, from),
          () => window.open(href, '_blank', 'noopener'),
        );
      },
    };
  }

  #img(source: string, alt: string, { width, height }: Media): Child {
    const failed = () => {
      this.#broken.add(source);
      this.#model.set({});
    };
    return <img src={source} alt={alt} width={width} height={height} loading="lazy" onerror={failed} />;
  }

  #sourceOf({ mediaUrl, displayUrl = mediaUrl, thumbnailUrl }: Media): string | undefined {
    return [thumbnailUrl, displayUrl].find((url) => url && isOurs(url) && !this.#broken.has(url));
  }

  /** Where there is no picture to show: where it lies. */
  #instead({ mediaUrl, altText }: Media): Child {
    const url = addressOf(mediaUrl);
    const words = altText ?? this.#strings.picture;
    return url && <p class="instead"><Link url={url} words={words}>{words}</Link></p>;
  }
}

/** The last part of the path. */
export function fileNameOf(mediaUrl: string | undefined): string {
  const last = addressOf(mediaUrl)?.pathname.split('/').filter(Boolean).at(-1);
  return decoded(last ?? '');
}
