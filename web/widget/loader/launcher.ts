import type { Launcher } from '../shell.ts';

const css = `:host{all:initial}
.launcher{position:fixed;inset-block-end:calc(20px + env(safe-area-inset-bottom));inset-inline-end:20px;z-index:2147483000;inline-size:56px;block-size:56px;padding:0;border:0;border-radius:50%;display:grid;place-items:center;cursor:pointer;background:var(--brand);color:var(--on);box-shadow:0 4px 16px rgb(0 0 0/.2),0 1px 3px rgb(0 0 0/.16);transition:transform .15s;-webkit-tap-highlight-color:transparent}
.launcher:hover{transform:scale(1.05)}.launcher:active{transform:scale(.96)}
.launcher:focus-visible{outline:3px solid var(--brand);outline-offset:3px}
svg{grid-area:1/1;inline-size:28px;block-size:28px;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round;transition:opacity .15s,transform .18s}
.open svg:first-child,svg:nth-child(2){opacity:0;transform:scale(.6)}.open svg:nth-child(2){opacity:1;transform:none}
@media(max-width:480px){.launcher.open{display:none}}
@media(prefers-reduced-motion:reduce){.launcher,svg{transition:none}}
@media(forced-colors:active){.launcher{border:2px solid}}`;

const bubble = 'M12 4c4.7 0 8.5 3.2 8.5 7.2s-3.8 7.2-8.5 7.2c-1 0-2-.1-2.8-.4L4.8 20l.9-3.7C4.3 14.9 3.5 13.2 3.5 11.2 3.5 7.2 7.300 4 12 4z';
const chevron = 'M6 9.5l6 6 6-6';

/**
 * Draws the launcher in a shadow root of its own, styled through the CSSOM: a host page whose policy forbids inline styles
 * has nothing to object to, and no style goes in or out.
 */
export function drawLauncher(brand: string): Launcher & { remove(): void } {
  const host = document.createElement('div');
  host.id = 'parlor';
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'launcher';
  button.style.setProperty('--brand', brand);
  button.style.setProperty('--on', isLight(brand) ? '#14171c' : '#fff');
  button.append(drawing(bubble), drawing(chevron));
  const setOpen = (open: boolean) => {
    button.setAttribute('aria-label', open ? 'Close chat' : 'Open chat');
    button.setAttribute('aria-expanded', String(open));
    button.classList.toggle('open', open);
  };
  setOpen(false);
  root.append(button);
  document.body.append(host);
  return { root, button, setOpen, remove: () => host.remove() };
}

function drawing(path: string): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(namespace, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** Whether ink reads better on the colour than white, by the relative luminance of WCAG 2.2. */
function isLight(hex: string): boolean {
  const [r, g, b] = [1, 3, 5].map((at) => (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.4;
}
