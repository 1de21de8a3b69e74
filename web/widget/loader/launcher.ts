import type { WidgetOptions } from '../options.ts';
import type { AppConfig, Launcher } from '../shell.ts';

/** The picture is white, or ink on a colour on which that reads better: from a relative luminance of 0.4 on (WCAG 2.2). */
const css = `:host{all:initial}\
.launcher{position:fixed;inset-block-end:calc(20px + var(--up));inset-inline:var(--side);z-index:2147483000;inline-size:56px;block-size:56px;padding:0;border:0;border-radius:50%;display:grid;place-items:center;cursor:pointer;background:var(--brand);color:oklch(from var(--brand) clamp(.2,(.737 - l)*1e3,1) 0 0);box-shadow:0 4px 16px rgb(0 0 0/.2),0 1px 3px rgb(0 0 0/.16);transition:transform .15s;-webkit-tap-highlight-color:transparent}\
.launcher:hover{transform:scale(1.05)}.launcher:active{transform:scale(.96)}\
.launcher:focus-visible{outline:3px solid var(--brand);outline-offset:3px}\
.text{grid:none/auto-flow;inline-size:auto;padding-inline:14px 20px;border-radius:28px;gap:10px;font:600 15px system-ui,sans-serif}\
svg{grid-area:1/1;inline-size:28px;block-size:28px;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round;transition:opacity .15s,transform .18s}\
.open svg:first-child,svg:nth-child(2){opacity:0;transform:scale(.6)}.open svg:nth-child(2){opacity:1;transform:none}\
@media(max-width:480px){.launcher.open{display:none}}\
@media(prefers-reduced-motion:reduce){.launcher,svg{transition:none}}\
@media(forced-colors:active){.launcher{border:2px solid}}\
@media print{:host{display:none}}`;

const bubble = 'M12 4c4.7 0 8.5 3.2 8.5 7.2s-3.8 7.2-8.5 7.2c-1 0-2-.1-2.8-.4L4.8 20l.9-3.7C4.3 14.9 3.5 13.2 3.5 11.2 3.5 7.2 7.3 4 12 4z';
const chevron = 'M6 9.5l6 6 6-6';

const apart = 72;

/**
 * Draws the launcher in a shadow root of its own, styled through the CSSOM: a host page whose policy forbids inline styles
 * has nothing to object to, and no style goes in or out but how far from the corner it stands. Several launchers stand one above
 * the other.
 */
export function drawLauncher({ customColors, position, side = 20, bottom = 0, theme, buttonText, className, hideUntilLogin }: WidgetOptions, { color }: AppConfig): Launcher & { remove(): void } {
  const host = document.createElement('div');
  let up = 0;
  while (document.getElementById((host.id = `parlor${up || ''}`))) up += apart;
  host.className = className ?? '';
  const { style } = host;
  style.setProperty('--up', `calc(${up}px + var(--parlor-bottom,${bottom}px) + env(safe-area-inset-bottom))`);
  style.colorScheme = theme ?? 'light dark';
  const gap = `var(--parlor-side,${side}px)`;
  const isRtl = getComputedStyle(document.documentElement).direction === 'rtl';
  style.setProperty('--side', position && (position === 'start' || (position === 'left') !== isRtl) ? `${gap} auto` : `auto ${gap}`);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.className = buttonText ? 'launcher text' : 'launcher';
  style.setProperty('--brand', colorOf(customColors?.brandColor) ?? color ?? '#2553d9');
  button.append(drawing(bubble), drawing(chevron), buttonText ?? '');
  const setOpen = (open: boolean) => {
    button.ariaLabel = open ? 'Close chat' : buttonText ? `Open chat: ${buttonText}` : 'Open chat';
    button.ariaExpanded = `${open}`;
    button.classList.toggle('open', open);
  };
  const show = (visible: boolean) => {
    style.display = visible ? '' : 'none';
  };
  setOpen(false);
  show(!hideUntilLogin);
  root.append(button);
  document.body.append(host);
  return { root, button, setOpen, show, remove: () => host.remove() };
}

/** A colour of three or six hexadecimal digits, with or without `#`. */
function colorOf(text = ''): string | undefined {
  return /^#?(\w{3}){1,2}$/.test(text) ? `#${text.replace('#', '')}` : undefined;
}

function drawing(path: string): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.ariaHidden = 'true';
  const line = document.createElementNS(namespace, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
