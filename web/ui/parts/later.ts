import type { Messenger } from '../model.ts';

/** A part of the messenger that is fetched as soon as it may be wanted, and so is there when it is, also without a line. */
export class Later<Part> {
  part: Part | undefined;
  #isAsked = false;

  /** Where it cannot be fetched, the next change of the model tries again. */
  constructor(model: Messenger, isWanted: () => unknown, fetch: () => Promise<Part>) {
    model.on('change', () => {
      if (this.#isAsked || !isWanted()) return;
      this.#isAsked = true;
      fetch().then(
        (part) => {
          this.part = part;
          model.set({});
        },
        () => (this.#isAsked = false),
      );
    });
  }
}

/** Puts on a style sheet that came with a later part. */
export function wear(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
