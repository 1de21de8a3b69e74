/**
 * Other looks of launcher and window than the plain ones: fetched by the scripts whose page asks for them. Pictures on other
 * hosts are loaded here, by the host page's own document and under its policy, as the frame loads none.
 */
import type { InitOptions } from '../api.ts';
import type { Launcher } from '../shell.ts';

const css = `.launcher.tab{inset-block-end:calc(30px + var(--up) - env(safe-area-inset-bottom));inline-size:min(260px,100vw - 40px);block-size:calc(48px + env(safe-area-inset-bottom));padding:0 18px env(safe-area-inset-bottom);border-radius:14px 14px 0 0;grid-auto-flow:column;grid-template-columns:auto minmax(0,1fr);justify-items:start;white-space:nowrap;overflow:hidden}
.launcher.tab:is(:hover,:active){transform:none;filter:brightness(1.06)}
.launcher.tab svg{inline-size:22px;block-size:22px}
.launcher.tab:focus-visible{outline-offset:-5px;outline-color:currentColor}
@media(max-width:480px){.launcher.tab{inset-inline:0;inline-size:auto;border-radius:0}}
.launcher.sized{border-radius:999px;overflow:hidden}
img{grid-area:1/1;inline-size:100%;block-size:100%;min-block-size:0;object-fit:cover;transition:opacity .15s}
.open img{opacity:0}`;

/** What stands above the launcher is made for this height of it. */
const usualHeightPx = 56;
const usualEdgePx = 20;

type Look = Pick<InitOptions, 'displayStyle' | 'buttonIconUrl' | 'buttonWidth' | 'buttonHeight' | 'backgroundImageUrl'>;

export function dress({ root, button }: Launcher, { displayStyle, buttonIconUrl, buttonWidth, buttonHeight, backgroundImageUrl }: Look): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  if (backgroundImageUrl && URL.canParse(backgroundImageUrl, document.baseURI)) {
    sheet.insertRule('.panel.panel{}', 0);
    (sheet.cssRules[0] as CSSStyleRule).style.backgroundImage = pictureAt(backgroundImageUrl);
  }
  root.adoptedStyleSheets.push(sheet);
  if (displayStyle === 'tab') {
    button.classList.add('tab');
    raise(root, -usualEdgePx - 10);
    return;
  }
  if (buttonWidth || buttonHeight) resize(button, length(buttonWidth), length(buttonHeight));
  if (buttonIconUrl) setIcon(button, buttonIconUrl);
  const taller = buttonHeight ? button.offsetHeight - usualHeightPx : 0;
  button.style.insetBlockEnd = `calc(${usualEdgePx - taller}px + var(--up))`;
  raise(root, taller);
}

/** The picture of another host; undefined where that host or the page's policy forbids to read it. */
export async function carried(url: string): Promise<Blob | undefined> {
  try {
    const answer = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(3_000) });
    const picture = await answer.blob();
    if (!answer.ok || !picture.type.startsWith('image/')) throw new TypeError(`It answers ${answer.status} ${picture.type}.`);
    return picture;
  } catch (error) {
    console.info(`Parlor: the businessIconUrl ${url} cannot be read from this page, which needs CORS there and connect-src here. The first letter of the name stands in its place.`, error);
    return undefined;
  }
}

/** For a style sheet: text in quotes cannot end the value. */
function pictureAt(url: string): string {
  return `url("${new URL(url, document.baseURI).href.replace(/["\\]/g, encodeURIComponent)}")`;
}

function resize(button: HTMLElement, width: string, height: string): void {
  button.classList.add('sized');
  button.style.inlineSize = width;
  button.style.blockSize = height;
}

/** In the place of the drawing, which comes back where the picture cannot be loaded. */
function setIcon(button: HTMLElement, url: string): void {
  const drawing = button.firstElementChild as Element;
  const icon = document.createElement('img');
  icon.alt = '';
  icon.addEventListener('error', () => icon.replaceWith(drawing));
  icon.src = url;
  drawing.replaceWith(icon);
  button.classList.add('sized');
}

/** Moves what stands above the launcher. */
function raise(root: ShadowRoot, px: number): void {
  const { style } = root.host as HTMLElement;
  style.setProperty('--up', `calc(${px}px + ${style.getPropertyValue('--up')})`);
}

function length(value: string | number | undefined): string {
  return typeof value === 'number' || /^\d+$/.test(value ?? '') ? `${value}px` : (value ?? '');
}
