import type { Launcher } from '../shell.ts';

const css = `.panel{position:fixed;z-index:2147483001;inset-block-end:calc(90px + var(--up));inset-inline:var(--side);inline-size:min(392px,100vw - 40px);block-size:min(680px,100dvh - 110px - var(--up));border-radius:16px;overflow:hidden;background:Canvas;box-shadow:0 12px 48px rgb(0 0 0/.2),0 0 0 1px rgb(0 0 0/.06);opacity:0;transform:translateY(8px);visibility:hidden;transition:opacity .18s,transform .18s,visibility 0s .18s}\
.panel.open{opacity:1;transform:none;visibility:visible;transition:opacity .18s,transform .18s}\
.panel.wide{inline-size:min(720px,100vw - 40px);block-size:calc(100dvh - 110px - var(--up))}\
iframe{display:block;border:0;inline-size:100%;block-size:100%}\
.badge{position:fixed;z-index:2147483002;inset-block-end:calc(60px + var(--up));inset-inline:var(--side);margin-inline:-4px;min-inline-size:24px;padding-inline:5px;border-radius:12px;border:2px solid #fff;box-sizing:border-box;background:#d3261b;color:#fff;font:650 12px/20px system-ui,sans-serif;text-align:center;pointer-events:none}\
.badge:empty,.open~.badge{display:none}\
@media(max-width:480px){.panel,.panel.wide{inset:0;inline-size:auto;block-size:auto;border-radius:0}}\
@media(prefers-reduced-motion:reduce){.panel,.panel.open{transition:none}}`;

/** The window that the launcher opens: position, size and badge. What is in it is the frame's. */
export class Panel {
  readonly #launcher: Launcher;
  readonly #frame: HTMLIFrameElement;
  opened = false;
  expanded = false;
  readonly #box = document.createElement('div');
  readonly #badge = document.createElement('span');
  #pageOverflow: string | undefined;
  #isLoaded = false;
  readonly #phone = matchMedia('(max-width: 480px)');

  /** `resized` hears when {@link expandable} changes. */
  constructor(launcher: Launcher, frame: HTMLIFrameElement, resized: () => void) {
    this.#launcher = launcher;
    this.#frame = frame;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    launcher.root.adoptedStyleSheets.push(sheet);
    this.#box.className = 'panel';
    this.#badge.className = 'badge';
    this.#badge.id = 'unread';
    launcher.button.setAttribute('aria-describedby', this.#badge.id);
    this.#box.append(frame);
    launcher.root.append(this.#box, this.#badge);
    this.#phone.onchange = resized;
    const loaded = () => {
      this.#isLoaded = true;
      this.#enter();
    };
    frame.addEventListener('load', loaded, { once: true });
  }

  /** Whether there is room for another size: on a phone the chat fills the screen. */
  get expandable(): boolean {
    return !this.#phone.matches;
  }

  setOpen(open: boolean): void {
    const had = this.#launcher.root.activeElement === this.#frame;
    this.opened = open;
    this.#box.classList.toggle('open', open);
    this.#launcher.setOpen(open);
    this.#holdPage(open);
    if (open) this.#enter();
    else if (had) this.#launcher.button.focus();
  }

  setExpanded(expanded: boolean): void {
    this.expanded = expanded;
    this.#box.classList.toggle('wide', expanded);
  }

  setUnread(count: number): void {
    this.#badge.textContent = count === 0 ? '' : count > 9 ? '9+' : String(count);
  }

  remove(): void {
    this.#holdPage(false);
    this.#phone.onchange = null;
    this.#box.remove();
    this.#badge.remove();
  }

  /** Takes the focus into the open chat. A frame that has it while its document comes from another process gets no keys in Chromium. */
  #enter(): void {
    if (this.opened && this.#isLoaded) this.#frame.focus();
  }

  /** On a phone the chat fills the screen, and the page behind must not scroll. */
  #holdPage(hold: boolean): void {
    const { style } = document.documentElement;
    if (hold && this.#phone.matches && this.#pageOverflow === undefined) {
      this.#pageOverflow = style.overflow;
      style.overflow = 'hidden';
    } else if (!hold && this.#pageOverflow !== undefined) {
      style.overflow = this.#pageOverflow;
      this.#pageOverflow = undefined;
    }
  }
}
