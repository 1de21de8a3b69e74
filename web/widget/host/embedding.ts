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
  readonly #options: WidgetOptions;
  #box: HTMLElement | undefined;
  #measuring: ResizeObserver | undefined;

  constructor(frame: HTMLIFrameElement, options: WidgetOptions) {
    if (!options.embedded) throw badRequest('Smooch.render is for widgets begun with embedded: true.');
    this.#frame = frame;
    this.#options = options;
  }

  /** Shows the frame in the element; may be called again, with the same element or another one. */
  render(element: unknown): void {
    if (!(element instanceof HTMLElement)) throw badRequest('Smooch.render needs an element.');
    if (this.#box?.parentElement === element) return;
    const former = this.#box;
    const { theme, backgroundImageUrl } = this.#options;
    const box = (this.#box = document.createElement('div'));
    box.style.colorScheme = theme ?? 'light dark';
    if (backgroundImageUrl && URL.canParse(backgroundImageUrl, document.baseURI)) box.style.backgroundImage = `url(${JSON.stringify(new URL(backgroundImageUrl, document.baseURI).href)})`;
    const root = box.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    element.append(box);
    const home: Movable = root;
    if (home.moveBefore && this.#frame.isConnected && box.isConnected) home.moveBefore(this.#frame, null);
    else root.append(this.#frame);
    this.#frame.style.display = '';
    former?.remove();
    this.#measure(element, box);
  }

  remove(): void {
    this.#measuring?.disconnect();
    this.#box?.remove();
  }

  /** An element that is still out of sight has no measures: it is looked at as soon as it has. */
  #measure(element: HTMLElement, box: HTMLElement): void {
    this.#measuring?.disconnect();
    const measuring = (this.#measuring = new ResizeObserver(() => {
      if (element.getClientRects().length === 0) return;
      measuring.disconnect();
      box.style.display = 'none';
      const isCollapsed = element.clientHeight < collapsedPx;
      box.style.display = '';
      if (isCollapsed) holdOpen(box);
    }));
    measuring.observe(element);
  }
}

function holdOpen(box: HTMLElement): void {
  box.style.setProperty('--least', '480px');
  console.warn('Parlor: the element given to the chat has no height; the chat takes 480px. Set a height on the element.');
}

function badRequest(message: string): Error {
  return errorOf({ message, code: 'bad_request', status: 400, retryable: false });
}
