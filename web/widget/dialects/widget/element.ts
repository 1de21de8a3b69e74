import type { MessageShape } from '../../api.ts';
import { Widget } from '../../loader/widget.ts';
import type { WidgetOptions } from '../../options.ts';
import { server } from '../script.ts';

/** The chat that `window.Parlor` speaks of: that of the first element on the page, or the script's own. */
export const first = new Widget();
let isTaken = false;

/** The name of each event of the chat that the element dispatches, by the name of the widget's. */
const events = { ready: 'ready', login: 'login', logout: 'logout', unread: 'unread', 'message:received': 'message', 'widget:opened': 'open', 'widget:closed': 'close' };

const css = `:host{display:contents}:host([embedded]){display:block}div{block-size:100%}`;

/**
 * `<parlor-chat app server token door locale theme brand-color embedded open>`: a chat as an element, a launcher or, embedded, a box
 * (docs/embed.md). Attributes may change while it lives; its calls wait for the chat; its chat ends when it is taken out of the document.
 */
export class ParlorChat extends HTMLElement {
  static readonly observedAttributes = ['app', 'server', 'token', 'door', 'locale', 'theme', 'brand-color', 'embedded', 'open'];

  readonly #widget = isTaken ? new Widget() : first;
  readonly #box = document.createElement('div');
  #isBegun = false;
  #isStale = false;

  constructor() {
    super();
    isTaken = true;
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    root.append(this.#box);
  }

  connectedCallback(): void {
    if (!this.#isBegun) this.#begin();
  }

  /** An element that is only moved is in the document again by the time that this is looked at. */
  disconnectedCallback(): void {
    queueMicrotask(() => this.isConnected || this.#end());
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (!this.#isBegun || before === value) return;
    if (name === 'open') return value === null ? this.close() : this.open();
    if (name !== 'token') return this.#beginAnew();
    queueMicrotask(() => this.#tokenSet());
  }

  open(): void {
    void this.#widget.call('open');
  }

  close(): void {
    this.#widget.ask('close');
  }

  async login(token: string): Promise<void> {
    await (this.#widget.call('login', undefined, token) as Promise<void>).catch((error: unknown) => {
      this.#tell('error', error);
      throw error;
    });
  }

  logout(): Promise<void> {
    return this.#widget.call('logout') as Promise<void>;
  }

  sendMessage(text: string): Promise<MessageShape> {
    return this.#widget.call('sendMessage', text) as Promise<MessageShape>;
  }

  #begin(): void {
    const widget = this.#widget;
    const embedded = this.hasAttribute('embedded');
    const text = (name: string) => this.getAttribute(name) || undefined;
    const brandColor = text('brand-color');
    this.#isBegun = true;
    for (const [name, told] of Object.entries(events)) widget.on(name, (detail: never) => this.#tell(told, detail));
    widget.on('widget:opened', () => this.toggleAttribute('open', true));
    widget.on('widget:closed', () => this.toggleAttribute('open', false));
    const options = { door: text('door') ?? 'code', theme: text('theme') } as Pick<WidgetOptions, 'door' | 'theme'>;
    const begun = widget.begin({
      ...options,
      server: new URL(text('server') ?? server, location.href).origin,
      app: text('app'),
      jwt: this.#takeToken(),
      resume: 'anonymous',
      locale: text('locale'),
      customColors: brandColor ? { brandColor } : undefined,
      embedded,
      onError: (error) => this.#tell('error', error),
    });
    begun.catch(() => undefined);
    if (embedded) void widget.call('render', this.#box);
    else if (this.hasAttribute('open')) this.open();
  }

  #end(): void {
    this.#isBegun = false;
    this.#widget.destroy();
  }

  /** What cannot change in a living chat begins it anew, once for all attributes that change together. */
  #beginAnew(): void {
    if (this.#isStale) return;
    this.#isStale = true;
    queueMicrotask(() => {
      this.#isStale = false;
      if (!this.#isBegun) return;
      this.#end();
      this.#begin();
    });
  }

  /** Where the chat begins anew, it begins with the token. */
  #tokenSet(): void {
    const token = !this.#isStale && this.#takeToken();
    if (token) this.login(token).catch(() => undefined);
  }

  /** A token does not stay in the document (security rule 30). */
  #takeToken(): string | undefined {
    const token = this.getAttribute('token') ?? undefined;
    this.removeAttribute('token');
    return token;
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(`parlor-${name}`, { detail, bubbles: true, composed: true }));
  }
}
