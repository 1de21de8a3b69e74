import type { WidgetOptions } from '../options.ts';
import { errorOf } from './frame.ts';

const css = `:host{display:block;inline-size:100%;block-size:100%}
iframe{display:block;border:0;inline-size:100%;block-size:100%;min-block-size:var(--least,0)}`;

const collapsedPx = 120;

/** Keeps its document when it is moved, where the browser can do that. */
type Movable = ParentNode & Node & { moveBefore?(node: Node, child: Node | null): void };

/** The frame inside an element of the host page. */
export class Embedding {
  readonly #frame: HTMLIFrameElement;
  readonly #theme: string;
  #box: HTMLElement | undefined;

  constructor(frame: HTMLIFrameElement, { embedded, theme }: WidgetOptions) {
    if (!embedded) throw badRequest('Smooch.render is for widgets begun with embedded: true.');
    this.#frame = frame;
    this.#theme = theme ?? 'light dark';
  }

  /** Shows the frame in the element; may be called again, with the same element or another one. */
  render(element: unknown): void {
    if (!(element instanceof HTMLElement)) throw badRequest('Smooch.render needs an element.');
    if (this.#box?.parentElement === element) return;
    const former = this.#box;
    const isCollapsed = element.clientHeight < collapsedPx;
    this.#box = document.createElement('div');
    this.#box.style.colorScheme = this.#theme;
    const root = this.#box.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    element.append(this.#box);
    const home: Movable = root;
    if (home.moveBefore && this.#frame.isConnected) home.moveBefore(this.#frame, null);
    else root.append(this.#frame);
    this.#frame.style.display = '';
    former?.remove();
    if (isCollapsed) this.#holdOpen();
  }

  remove(): void {
    this.#box?.remove();
  }

  #holdOpen(): void {
    this.#box?.style.setProperty('--least', '480px');
    console.warn('Parlor: the element given to the chat has no height; the chat takes 480px. Set a height on the element.');
  }
}

function badRequest(message: string): Error {
  return errorOf({ message, code: 'bad_request', status: 400, retryable: false });
}
