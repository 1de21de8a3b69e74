import type { UserShape } from '../../api.ts';
import type { Widget } from '../../loader/widget.ts';
import { parsed } from '../../loader/parsed.ts';
import type { WidgetOptions } from '../../options.ts';
import { isHeld } from './pool.ts';

/** Begins the chat, in the element with the id of `container` if there is one; fails as the chat does. */
export async function begin(widget: Widget, options: Omit<WidgetOptions, 'door' | 'embedded'>, container: string | undefined): Promise<void> {
  await parsed();
  if (!isHeld(widget)) return;
  const box = container ? document.getElementById(container) : null;
  if (container && !box) console.error(`Parlor: there is no element "${container}".`);
  const begun = widget.begin({ ...options, door: 'jsm', embedded: !!box, onError: (error) => console.error(error) });
  if (box) {
    box.replaceChildren();
    if (options.hideUntilLogin) hideUntilLogin(widget, box);
    void widget.call('render', box);
  }
  return begun;
}

function hideUntilLogin(widget: Widget, box: HTMLElement): void {
  box.hidden = true;
  widget.on('login', () => (box.hidden = false));
  widget.on('logout', () => (box.hidden = true));
}

/** Signs in; what it resolves to is truthy, as integrations of the documented calls ask. */
export async function signIn(widget: Widget, token: string): Promise<{ user: UserShape }> {
  await widget.call('login', undefined, token);
  return { user: widget.ask('getUser') as UserShape };
}
