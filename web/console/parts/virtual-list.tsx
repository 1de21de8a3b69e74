import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListProps<Item> {
  items: readonly Item[];
  label: string;
  keyOf(item: Item): string;
  /** How high a row is in a list of this width. */
  rowHeight(width: number): number;
  row(item: Item, index: number): ComponentChildren;
  /** The item to keep in sight. */
  current?: number;
  /** Called when the end comes near. */
  nearEnd(): void;
  /** Called when the pointer comes, and when it goes or has been still for a while: it may lie there all day. */
  held?(isHeld: boolean): void;
}

/** Rows that are drawn beyond what is in sight, so that scrolling finds them there. */
const spare = 8;
/** A pointer that was moved last so long ago is about to press nothing. */
const stillAfterMs = 5_000;

/** A long list of which only what is in sight is drawn. What comes and goes above does not move what one looks at. */
export function VirtualList<Item>({ items, label, keyOf, rowHeight, row, current = -1, nearEnd, held }: VirtualListProps<Item>): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [top, setTop] = useState(0);
  const anchor = useRef('');
  const stillness = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const height = rowHeight(size.width);
  const first = Math.max(0, Math.floor(top / height) - spare);
  const last = Math.min(items.length, Math.ceil((top + size.height) / height) + spare);

  useLayoutEffect(() => {
    const scroller = element.current as HTMLDivElement;
    const observer = new ResizeObserver(() => setSize({ width: scroller.clientWidth, height: scroller.clientHeight }));
    observer.observe(scroller);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const scroller = element.current as HTMLDivElement;
    const at = items.findIndex((item) => keyOf(item) === anchor.current);
    if (scroller.scrollTop > 0 && at >= 0) scroller.scrollTop = at * height + (scroller.scrollTop % height);
  }, [items, height]);

  useLayoutEffect(() => {
    const scroller = element.current as HTMLDivElement;
    if (current < 0 || !size.height) return;
    const [start, end] = [current * height, (current + 1) * height];
    if (start < scroller.scrollTop) scroller.scrollTop = start;
    else if (end > scroller.scrollTop + size.height) scroller.scrollTop = end - size.height;
  }, [current, height, size.height]);

  useLayoutEffect(() => {
    if (size.height && (items.length - spare) * height < top + size.height) nearEnd();
  }, [items.length, top, size.height, height]);

  const scrolled = ({ currentTarget: { scrollTop } }: { currentTarget: HTMLElement }) => {
    const item = items[Math.floor(scrollTop / height)];
    anchor.current = item === undefined ? '' : keyOf(item);
    setTop(scrollTop);
  };
  const letGo = () => {
    clearTimeout(stillness.current);
    stillness.current = undefined;
    held?.(false);
  };
  const hold = () => {
    if (stillness.current === undefined) held?.(true);
    clearTimeout(stillness.current);
    stillness.current = setTimeout(letGo, stillAfterMs);
  };
  useEffect(() => letGo, []);
  return (
    <div ref={element} class="virtual" onScroll={scrolled} onPointerEnter={hold} onPointerMove={hold} onPointerLeave={letGo}>
      <ul aria-label={label} style={{ blockSize: `${items.length * height}px` }}>
        {items.slice(first, last).map((item, i) => (
          <li key={keyOf(item)} aria-setsize={items.length} aria-posinset={first + i + 1} style={{ blockSize: `${height}px`, translate: `0 ${(first + i) * height}px` }}>
            {row(item, first + i)}
          </li>
        ))}
      </ul>
    </div>
  );
}
