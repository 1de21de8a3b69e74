import type { Launcher } from '../shell.ts';

const css = `.panel{position:fixed;z-index:2147483001;inset-block-end:calc(90px + env(safe-area-inset-bottom));inset-inline-end:20px;inline-size:min(392px,100vw - 40px);block-size:min(680px,100dvh - 110px);border-radius:16px;overflow:hidden;background:Canvas;color-scheme:light dark;box-shadow:0 12px 48px rgb(0 0 0/.2),0 0 0 1px rgb(0 0 0/.06);opacity:0;transform:translateY(8px);visibility:hidden;transition:opacity .18s,transform .18s,visibility 0s .18s}
.panel.open{opacity:1;transform:none;visibility:visible;transition:opacity .18s,transform .18s}
.panel.wide{inline-size:min(720px,100vw - 40px);block-size:calc(100dvh - 110px)}
iframe{display:block;border:0;inline-size:100%;block-size:100%;color-scheme:light dark}
.badge{position:fixed;z-index:2147483002;inset-block-end:calc(60px + env(safe-area-inset-bottom));inset-inline-end:16px;min-inline-size:24px;padding-inline:5px;border-radius:12px;border:2px solid #fff;box-sizing:border-box;background:#d3261b;color:#fff;font:650 12px/20px system-ui,sans-serif;text-align:center;pointer-events:none}
.peek{position:fixed;z-index:2147483000;inset-block-end:calc(90px + env(safe-area-inset-bottom));inset-inline-end:20px;max-inline-size:min(300px,100vw - 40px);display:flex;align-items:flex-start;border-radius:14px;background:#fff;color:#14171c;box-shadow:0 6px 28px rgb(0 0 0/.18),0 0 0 1px rgb(0 0 0/.05);font:400 14px/20px system-ui,sans-serif;animation:rise .18s}
.peek button{border:0;background:none;font:inherit;color:inherit;cursor:pointer;text-align:start;border-radius:14px}
.peek .say{padding:12px 0 12px 16px;overflow:hidden;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;padding-block-end:0;margin-block-end:12px;overflow-wrap:anywhere}
.peek b{display:block;font-weight:600;font-size:12px;line-height:18px;color:#5c6370}
.peek .shut{flex:none;inline-size:36px;block-size:40px;color:#5c6370;font-size:18px;line-height:1;text-align:center}
:is(.peek button):focus-visible{outline:2px solid #2553d9;outline-offset:-2px}
@keyframes rise{from{opacity:0;transform:translateY(8px)}}
[hidden]{display:none!important}
@media(prefers-color-scheme:dark){.peek{background:#1e2127;color:#f1f3f6}.peek b,.peek .shut{color:#a3abb8}}
@media(max-width:480px){.panel,.panel.wide{inset:0;inline-size:auto;block-size:auto;border-radius:0}}
@media(prefers-reduced-motion:reduce){.panel,.panel.open{transition:none}.peek{animation:none}}
@media print{:host{display:none}}`;

/** The window that the launcher opens: position, size, badge and peek. What is in it is the frame's. */
export class Panel {
  opened = false;
  expanded = false;
  private readonly box = document.createElement('div');
  private readonly badge = document.createElement('span');
  private peek: HTMLElement | undefined;
  private pageOverflow: string | undefined;
  private readonly phone = matchMedia('(max-width: 480px)');

  constructor(
    private readonly launcher: Launcher,
    private readonly frame: HTMLIFrameElement,
  ) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    launcher.root.adoptedStyleSheets.push(sheet);
    this.box.className = 'panel';
    this.badge.className = 'badge';
    this.badge.id = 'unread';
    this.badge.hidden = true;
    launcher.button.setAttribute('aria-describedby', this.badge.id);
    this.box.append(frame);
    launcher.root.append(this.box, this.badge);
  }

  /** Whether there is room for another size: on a phone the chat fills the screen. */
  get expandable(): boolean {
    return !this.phone.matches;
  }

  setOpen(open: boolean): void {
    const had = this.launcher.root.activeElement === this.frame;
    this.opened = open;
    this.box.classList.toggle('open', open);
    this.launcher.setOpen(open);
    this.dismissPeek();
    this.holdPage(open);
    if (open) this.frame.focus();
    else if (had) this.launcher.button.focus();
    this.badge.hidden = open || this.badge.textContent === '';
  }

  setExpanded(expanded: boolean): void {
    this.expanded = expanded;
    this.box.classList.toggle('wide', expanded);
  }

  setUnread(count: number): void {
    this.badge.textContent = count === 0 ? '' : count > 9 ? '9+' : String(count);
    this.badge.hidden = this.opened || count === 0;
    if (count === 0) this.dismissPeek();
  }

  /** The first lines of an answer beside the launcher. */
  showPeek(author: string, text: string, open: () => void): void {
    this.dismissPeek();
    const peek = document.createElement('div');
    peek.className = 'peek';
    peek.setAttribute('role', 'status');
    const say = document.createElement('button');
    say.className = 'say';
    const name = document.createElement('b');
    name.textContent = author;
    say.append(name, text.slice(0, 160));
    say.dir = 'auto';
    say.addEventListener('click', open);
    const shut = document.createElement('button');
    shut.className = 'shut';
    shut.textContent = '×';
    shut.setAttribute('aria-label', 'Dismiss');
    shut.addEventListener('click', () => this.dismissPeek());
    peek.append(say, shut);
    this.launcher.root.append(peek);
    this.peek = peek;
  }

  remove(): void {
    this.holdPage(false);
    this.dismissPeek();
    this.box.remove();
    this.badge.remove();
  }

  private dismissPeek(): void {
    this.peek?.remove();
    this.peek = undefined;
  }

  /** On a phone the chat fills the screen, and the page behind must not scroll. */
  private holdPage(hold: boolean): void {
    const { style } = document.documentElement;
    if (hold && this.phone.matches && this.pageOverflow === undefined) {
      this.pageOverflow = style.overflow;
      style.overflow = 'hidden';
    } else if (!hold && this.pageOverflow !== undefined) {
      style.overflow = this.pageOverflow;
      this.pageOverflow = undefined;
    }
  }
}
