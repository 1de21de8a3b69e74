import { Widget } from '../../loader/widget.ts';

/** The first chat of the page, which `window.Parlor` speaks of, also before anything on the page has asked for it. */
export const first = new Widget();

const held = new Map<string, { widget: Widget; holders: number }>();

/** The chat of the portal: one, in however many forms a page asks for it. */
export function take(key: string): Widget {
  const found = held.get(key);
  if (found) {
    found.holders += 1;
    return found.widget;
  }
  const widget = isHeld(first) ? new Widget() : first;
  held.set(key, { widget, holders: 1 });
  return widget;
}

/** Ends the chat where nothing on the page asks for it any more. */
export function letGo(key: string): void {
  const found = held.get(key);
  if (!found || --found.holders > 0) return;
  held.delete(key);
  found.widget.destroy();
}

/** Whether the chat is still asked for. */
export function isHeld(widget: Widget): boolean {
  return [...held.values()].some((one) => one.widget === widget);
}
