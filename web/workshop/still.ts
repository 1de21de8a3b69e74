/** When everything in the workshop happens, so that what is drawn does not depend on the clock. */
export const now = Date.parse('2026-11-20T14:32:00Z');

/** To be called before anything is drawn. */
export function stopTime(): void {
  Date.now = () => now;
}

/** Motion as it ends, for those who take pictures: no waiting, no fading, no blinking. */
export function stopMotion(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*, ::before, ::after { animation-duration: 0s !important; animation-delay: 0s !important; animation-iteration-count: 1 !important; transition: none !important; scroll-behavior: auto !important; }');
  for (const root of [document, ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])]) root.adoptedStyleSheets.push(sheet);
}
