import type { UserShape } from '../../api.ts';
import type { Widget } from '../../loader/widget.ts';
import { server } from '../script.ts';
import { begin, signIn } from './begin.ts';
import { letGo, take } from './pool.ts';

type Loaded = (event: Event) => unknown;

/**
 * `<chat-widget src project locale hide-until-login container>` (contracts/jsm-chat.md section 4.3). Its calls wait for the
 * chat; its chat ends when it is taken out of the document.
 */
export class ChatWidget extends HTMLElement {
  #key: string | undefined;
  #isReady = false;
  #onload: Loaded | null = null;
  #given!: (widget: Widget) => void;
  #widget = this.#awaited();

  /** Browsers have an `onload` of every element, which would not run for what is set when the chat is ready already. */
  static {
    Object.defineProperty(this.prototype, 'onload', {
      get(this: ChatWidget) {
        return this.#onload;
      },
      set(this: ChatWidget, run: Loaded | null) {
        this.#onload = run;
        if (this.#isReady) void run?.call(this, new Event('load'));
      },
    });
  }

  connectedCallback(): void {
    if (this.#key !== undefined) return;
    const origin = new URL(this.getAttribute('src') ?? server, location.href).origin;
    const portal = this.getAttribute('project') ?? '';
    const widget = take((this.#key = `${origin} ${portal}`));
    this.#given(widget);
    this.#listen(widget);
    const options = { server: origin, portal, locale: this.getAttribute('locale') ?? undefined, hideUntilLogin: this.hasAttribute('hide-until-login') };
    begin(widget, options, this.getAttribute('container') ?? undefined).catch((error: unknown) => this.#tell('error', error));
  }

  /** An element that is only moved is in the document again by the time that this is looked at. */
  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (this.isConnected || this.#key === undefined) return;
      letGo(this.#key);
      this.#key = undefined;
      this.#isReady = false;
      this.#widget = this.#awaited();
    });
  }

  async loginWithToken(token: string): Promise<{ user: UserShape }> {
    try {
      return await signIn(await this.#widget, token);
    } catch (error) {
      this.#tell('error', error);
      throw error;
    }
  }

  async logout(): Promise<void> {
    await (await this.#widget).call('logout');
  }

  open(): void {
    void this.#widget.then((widget) => void widget.call('open'));
  }

  close(): void {
    void this.#widget.then((widget) => widget.ask('close'));
  }

  show(visible = true): void {
    void this.#widget.then((widget) => widget.on('ready', () => widget.show(visible)));
  }

  hide(): void {
    this.show(false);
  }

  #awaited(): Promise<Widget> {
    return new Promise((resolve) => (this.#given = resolve));
  }

  #listen(widget: Widget): void {
    const key = this.#key;
    const on = (name: string, tell: (detail: unknown) => void) => widget.on(name, (detail: never) => this.#key === key && tell(detail));
    on('ready', () => {
      this.#isReady = true;
      const event = this.#tell('load');
      void this.#onload?.call(this, event);
    });
    on('login', () => this.#tell('login', { user: widget.ask('getUser') }));
    on('logout', () => this.#tell('logout'));
    on('unread', (count) => this.#tell('unread', { count }));
  }

  #tell(name: string, detail?: unknown): Event {
    const event = new CustomEvent(name, { detail });
    this.dispatchEvent(event);
    return event;
  }
}
