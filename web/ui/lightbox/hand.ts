/** What a hand does to the picture. */
export interface Hand {
  /** Moves on by so many pictures: as the fingers go, whatever the direction of writing. */
  turn(by: 1 | -1): void;
  close(): void;
  zoomed(isZoomed: boolean): void;
}

interface Point {
  x: number;
  y: number;
}

const swipePx = 48;
const closePx = 90;
const tapPx = 8;

/**
 * Mouse, fingers and pen on the stage: a tap on the picture makes it as large as it is, where that is larger than the screen, and small
 * again; two fingers do it by degrees; one moves it, or turns to the next picture, or puts it away downwards. A tap beside it closes.
 */
export class Stage {
  readonly #hand: Hand;
  readonly #points = new Map<number, Point>();
  #image: HTMLImageElement | undefined;
  #scale = 1;
  #at: Point = { x: 0, y: 0 };
  #began: Point = { x: 0, y: 0 };
  #isTap = false;

  constructor(hand: Hand) {
    this.#hand = hand;
  }

  /** How much larger the picture is than it stands there. */
  get most(): number {
    const image = this.#image;
    return image?.clientWidth ? Math.max(1, image.naturalWidth / image.clientWidth) : 1;
  }

  /** Another picture, as it stands. */
  take(image: HTMLImageElement | undefined): void {
    if (image === this.#image) return;
    this.#image = image;
    this.#points.clear();
    this.#set(1, { x: 0, y: 0 });
  }

  /** As large as it is, or as it stands; around the point, which is the middle where none is given. */
  toggle(around?: Point): void {
    const { most } = this;
    if (this.#scale > 1) return this.#set(1, { x: 0, y: 0 });
    if (most > 1) this.#zoom(most, around ?? this.#middle());
  }

  down(event: PointerEvent & { currentTarget: HTMLElement }): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#points.set(event.pointerId, pointOf(event));
    this.#began = pointOf(event);
    this.#isTap = this.#points.size === 1;
  }

  move(event: PointerEvent): void {
    const before = this.#points.get(event.pointerId);
    if (!before) return;
    const now = pointOf(event);
    const other = [...this.#points].find(([id]) => id !== event.pointerId)?.[1];
    if (far(now, this.#began) > tapPx) this.#isTap = false;
    this.#points.set(event.pointerId, now);
    if (other) this.#zoom((this.#scale * far(now, other)) / (far(before, other) || 1), other);
    else if (!this.#isTap) this.#set(this.#scale, { x: this.#at.x + now.x - before.x, y: this.#at.y + now.y - before.y }, this.#scale === 1);
  }

  up(event: PointerEvent): void {
    if (!this.#points.delete(event.pointerId) || this.#points.size > 0) return;
    const now = pointOf(event);
    const [x, y] = [now.x - this.#began.x, now.y - this.#began.y];
    if (this.#isTap && event.type === 'pointerup') return this.#tap(now);
    if (this.#scale > 1) return;
    this.#set(1, { x: 0, y: 0 });
    if (Math.abs(x) > swipePx && Math.abs(x) > Math.abs(y)) this.#hand.turn(x < 0 ? 1 : -1);
    else if (y > closePx) this.#hand.close();
  }

  #tap(point: Point): void {
    const box = this.#image?.getBoundingClientRect();
    const isOn = box && point.x >= box.left && point.x <= box.right && point.y >= box.top && point.y <= box.bottom;
    if (isOn) this.toggle(point);
    else this.#hand.close();
  }

  /** What lies under the point stays there. */
  #zoom(wanted: number, around: Point): void {
    const scale = Math.min(this.most, Math.max(1, wanted));
    const middle = this.#middle();
    const grown = scale / this.#scale;
    this.#set(scale, { x: this.#at.x + (around.x - middle.x) * (1 - grown), y: this.#at.y + (around.y - middle.y) * (1 - grown) });
  }

  /** Where the middle of the picture is on the screen. */
  #middle(): Point {
    const box = this.#image?.getBoundingClientRect();
    return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : { x: 0, y: 0 };
  }

  #set(scale: number, at: Point, isFree = false): void {
    this.#scale = scale;
    const image = this.#image;
    const stage = image?.parentElement;
    if (!image || !stage) return;
    const room = (large: number, small: number, wanted: number) => {
      const most = Math.max(0, (large * scale - small) / 2);
      return isFree ? wanted : Math.min(most, Math.max(-most, wanted));
    };
    this.#at = { x: room(image.clientWidth, stage.clientWidth, at.x), y: room(image.clientHeight, stage.clientHeight, at.y) };
    image.style.transform = `translate(${this.#at.x}px, ${this.#at.y}px) scale(${scale})`;
    this.#hand.zoomed(scale > 1);
  }
}

function pointOf({ clientX: x, clientY: y }: PointerEvent): Point {
  return { x, y };
}

function far(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
