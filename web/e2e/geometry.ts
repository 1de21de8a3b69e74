import type { Page } from 'playwright-core';

/**
 * What is wrong with the places of things on a page, launcher and all: what sticks out or is cut off, what is too small to be hit, too
 * wide, one over the other, or out of sight where it must not be.
 */
export function misplaced(page: Page, smallestPx: 24 | 44): Promise<string[]> {
  return page.evaluate((smallest) => {
    const faults: string[] = [];
    const roots: (Document | ShadowRoot)[] = [document, ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
    const nameOf = (element: Element) => `${element.localName}.${element.getAttribute('class') ?? ''} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 40)}"`;
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      // What only screen readers are told is one pixel wide.
      return width > 1 && height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    };
    /** What is in these is moved about. */
    const moves = '.cards, pre, .tray ul, .stage';

    const sticksOut = (element: Element) => {
      const { left, right } = element.getBoundingClientRect();
      if (!element.parentElement?.closest(moves) && (left < -1 || right > innerWidth + 1)) faults.push(`sticks out: ${nameOf(element)} from ${left} to ${right} of ${innerWidth}`);
    };

    const isCut = (element: Element) => {
      // A letter lies below the picture of an avatar, for the case that there is none.
      if (!(element instanceof HTMLElement) || element.matches(`${moves}, textarea, select, .avatar`)) return;
      const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
      const { display, overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(element);
      if (!hasText || display === 'inline') return;
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      if (scrollWidth > clientWidth + 1 && !/auto|scroll/.test(overflowX) && textOverflow !== 'ellipsis') faults.push(`cut off: ${nameOf(element)}, ${scrollWidth} in ${clientWidth} px`);
      if (scrollHeight > clientHeight + 1 && overflowY === 'hidden' && webkitLineClamp === 'none') faults.push(`cut off: ${nameOf(element)}, ${scrollHeight} in ${clientHeight} px of height`);
    };

    const isSmall = (element: Element) => {
      const box = element.getBoundingClientRect();
      // What lies around it counts: a finger meets that, too.
      const around = getComputedStyle(element, '::after');
      const reach = (side: 'width' | 'height') => Math.max(box[side], around.position === 'absolute' ? parseFloat(around[side]) || 0 : 0);
      const [width, height] = [reach('width'), reach('height')];
      // A link among words is as high as these are (WCAG 2.2, 2.5.8).
      if (getComputedStyle(element).display !== 'inline' && (width < smallest - 0.5 || height < smallest - 0.5)) faults.push(`small: ${nameOf(element)}, ${width} × ${height}`);
    };

    const isCovered = (control: Element) => {
      const { left, top, width, height } = control.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const isInside = ({ left: l, right, top: t, bottom }: DOMRect) => x > l && x < right && y > t && y < bottom;
      const boxes = ['.scroller', '.conversations', '.cards'].flatMap((scroller) => control.closest(scroller)?.getBoundingClientRect() ?? []);
      const isInSight = [new DOMRect(0, 0, innerWidth, innerHeight), ...boxes].every(isInside);
      const at = isInSight && (control.getRootNode() as Document).elementFromPoint(x, y);
      // These lie over what is below them.
      if (at && !control.contains(at) && !at.contains(control) && !at.closest('.jump, .turn, .bottom, .menu, .drop-zone, dialog')) faults.push(`covered: ${nameOf(control)} by ${nameOf(at)}`);
    };

    const overlap = (a: Element, b: Element) => {
      const [one, other] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
      const [across, down] = [Math.min(one.right, other.right) - Math.max(one.left, other.left), Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)];
      if (across > 1 && down > 1) faults.push(`one over the other: ${nameOf(a)} and ${nameOf(b)}`);
    };

    if (document.documentElement.scrollWidth > innerWidth) faults.push(`the document is ${document.documentElement.scrollWidth} px wide`);
    for (const root of roots) {
      const elements = [...root.querySelectorAll(root === document ? 'body *' : '*')].filter(isSeen);
      elements.forEach(sticksOut);
      elements.forEach(isCut);
      const controls = elements.filter((element) => element.matches('button, a[href], input, select, textarea'));
      controls.forEach(isSmall);
      controls.forEach(isCovered);
      controls.forEach((control, i) => controls.slice(i + 1).forEach((other) => other.parentElement === control.parentElement && overlap(control, other)));
    }
    for (const bubble of document.querySelectorAll('.message > :is(.bubble, .picture, .instead)')) {
      const { width } = bubble.getBoundingClientRect();
      if (width > 0.8 * innerWidth) faults.push(`wide: ${nameOf(bubble)}, ${width} of ${innerWidth}`);
    }
    for (const part of document.querySelectorAll('.header, .composer, .blocked')) {
      const { top, bottom } = part.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) faults.push(`out of sight: ${nameOf(part)} from ${top} to ${bottom} of ${innerHeight}`);
    }
    return faults;
  }, smallestPx);
}
