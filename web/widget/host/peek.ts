/** The first lines of an answer beside the launcher: fetched with the first answer that nobody has in view. */
import type { Shell } from '../shell.ts';

/** An open chat and one without anything unread have no peek: style sheets see both (panel.ts). */
const css = `.peek{position:fixed;z-index:2147483000;inset-block-end:calc(90px + var(--up));inset-inline:var(--side);max-inline-size:min(300px,100vw - 40px);display:flex;align-items:flex-start;border-radius:14px;background:light-dark(#fff,#1e2127);color:light-dark(#14171c,#f1f3f6);box-shadow:0 6px 28px rgb(0 0 0/.18),0 0 0 1px rgb(0 0 0/.05);font:400 14px/20px system-ui,sans-serif;animation:rise .18s}
.open~.peek,.badge:empty~.peek{display:none}
.peek button{border:0;background:none;font:inherit;color:inherit;cursor:pointer;text-align:start;border-radius:14px}
.peek .say{padding:12px 14px 0;overflow:hidden;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;margin-block-end:12px;overflow-wrap:anywhere}
.peek b{display:block;overflow:hidden;white-space:nowrap;text-overflow:ellipsis;font-weight:600;font-size:12px;line-height:18px;color:light-dark(#5c6370,#a3abb8)}
.peek .shut{flex:none;inline-size:44px;block-size:44px;color:light-dark(#5c6370,#a3abb8);font-size:18px;line-height:1;text-align:center}
:is(.peek button):focus-visible{outline:2px solid #2553d9;outline-offset:-2px}
@keyframes rise{from{opacity:0;transform:translateY(8px)}}
@media(prefers-reduced-motion:reduce){.peek{animation:none}}
@media(forced-colors:active){.peek{border:1px solid}}`;

const longest = 160;

let sheet: CSSStyleSheet | undefined;

/** Draws the answer in the place of the former one, until it is dismissed or the chat is opened. */
export function peek({ launcher, options, config }: Shell, { displayName, text }: { displayName?: string; text?: string }, open: () => void): void {
  if (!launcher || !text) return;
  const { root, button, dismiss: dismissName = 'Dismiss' } = launcher;
  root.querySelector('.peek')?.remove();
  if (button.ariaExpanded === 'true') return;
  wear(root);
  const peek = document.createElement('div');
  peek.className = 'peek';
  peek.setAttribute('role', 'status');
  const say = document.createElement('button');
  say.className = 'say';
  const name = document.createElement('b');
  name.textContent = displayName ?? options.businessName ?? config.app.name ?? '';
  say.append(name, text.slice(0, longest));
  say.dir = 'auto';
  say.addEventListener('click', open);
  const shut = document.createElement('button');
  shut.className = 'shut';
  shut.textContent = '×';
  shut.setAttribute('aria-label', dismissName);
  // (The launcher has this one listener, however many peeks there were.)
  for (const pressed of [shut, say, button]) pressed.addEventListener('click', dismiss, { once: true });
  peek.append(say, shut);
  root.append(peek);
}

function dismiss({ currentTarget }: Event): void {
  ((currentTarget as Element).getRootNode() as ShadowRoot).querySelector('.peek')?.remove();
}

function wear(root: ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
