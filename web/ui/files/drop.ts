const shownForMs = 400;

/** Says that files can be dropped, over the whole messenger, as long as some are dragged over it: browsers tell of that again and again. */
export class DropZone {
  readonly #element = document.createElement('div');
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(words: string) {
    const label = document.createElement('p');
    label.textContent = words;
    this.#element.className = 'drop-zone';
    this.#element.ariaHidden = 'true';
    this.#element.append(label);
  }

  show(): void {
    if (!this.#element.isConnected) document.body.append(this.#element);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), shownForMs);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#element.remove();
  }
}
