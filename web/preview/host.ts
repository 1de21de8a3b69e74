/**
 * A page with the widget on it, for the designer of the console: launcher and window are those of the scripts (widget/loader, widget/host), and
 * what stands in the window is the messenger (frame.ts). Only the configuration is not asked of a server: it comes from the console, each
 * time that something in it is another.
 */
import type { HostMessage } from '../widget/bridge.ts';
import { FramePort } from '../widget/host/frame.ts';
import { name } from '../widget/host/names.ts';
import { Panel } from '../widget/host/panel.ts';
import { settingsOf } from '../widget/host/settings.ts';
import { drawLauncher } from '../widget/loader/launcher.ts';
import type { WidgetOptions } from '../widget/options.ts';
import type { AppConfig, Launcher } from '../widget/shell.ts';
import { hear } from '../console/admin/designer/messages.ts';
import type { Shown, Told, View } from '../console/admin/designer/messages.ts';

const noDelegates = { beforeDisplay: false, beforeSend: false, beforePostbackSend: false };
const firstVisit = '/preview/frame';

let shown: Shown | undefined;
let shownOn: { launcher: Launcher; panel: Panel; port: FramePort } | undefined;

hear<Shown>((message) => {
  if (message.preview !== 'show') return;
  const before = shown;
  shown = message;
  document.documentElement.lang = message.view.locale;
  document.documentElement.style.colorScheme = message.view.theme;
  if (!shownOn) return begin(message);
  redress(shownOn.launcher, message);
  if (before?.view.talk !== message.view.talk) shownOn.port.element.src = addressOf(message.view);
  else shownOn.port.post(greeting());
  if (before?.view.open !== message.view.open) setOpen(message.view.open);
});
tell({ preview: 'ready' });

function begin({ config, view }: Shown): void {
  const launcher = drawLauncher(optionsOf(config, view), config);
  const port = new FramePort(new URL(addressOf(view), location.href).href, location.origin, {
    greeting: () => {
      queueMicrotask(tellOpened);
      return greeting();
    },
    heard: (message) => {
      if (message.parlor === 'named') name(message.names, port.element, launcher);
      if (message.parlor !== 'wish') return;
      if (message.wish === 'close') return press(false);
      shownOn?.panel.setExpanded(!shownOn.panel.expanded);
      tellOpened();
    },
  });
  // Whoever writes in the form beside goes on writing there, whatever opens here.
  port.element.focus = () => undefined;
  const panel = new Panel(launcher, port.element, () => tellOpened());
  shownOn = { launcher, panel, port };
  launcher.button.addEventListener('click', () => press(!panel.opened));
  setOpen(view.open);
}

/** Somebody opens or closes the window here: the console knows it, too. */
function press(open: boolean): void {
  setOpen(open);
  tell({ preview: 'opened', open });
}

function setOpen(open: boolean): void {
  if (!shownOn || shownOn.panel.opened === open) return;
  shownOn.panel.setOpen(open);
  tellOpened();
}

function tellOpened(): void {
  if (!shownOn) return;
  const { opened, expanded, expandable } = shownOn.panel;
  shownOn.port.post({ parlor: 'opened', opened, expanded, expandable });
}

/** What the loader makes of the app's look for a page that says nothing itself. */
function optionsOf({ looks }: AppConfig, { theme, locale }: View): WidgetOptions {
  return { theme, ...looks, locale, server: location.origin, door: 'sdk', soundNotificationEnabled: false, browserStorage: 'sessionStorage' };
}

function greeting(): HostMessage {
  const { config, view } = shown as Shown;
  return { parlor: 'hello', settings: settingsOf({ config, options: optionsOf(config, view) }, noDelegates) };
}

/** The launcher as it would be drawn now, without a new window: that would load its document anew. */
function redress(launcher: Launcher, { config, view }: Shown): void {
  const { root, button } = launcher;
  const host = root.host as HTMLElement;
  const { id } = host;
  const isOpen = button.classList.contains('open');
  // Beside another one it would be drawn higher.
  host.id = '';
  const drawn = drawLauncher(optionsOf(config, view), config);
  host.id = id;
  host.style.cssText = (drawn.root.host as HTMLElement).style.cssText;
  button.replaceChildren(...drawn.button.childNodes);
  launcher.setOpen = (open) => {
    drawn.setOpen(open);
    for (const name of ['className', 'ariaLabel', 'ariaExpanded'] as const) button[name] = drawn.button[name] as string;
  };
  launcher.setOpen(isOpen);
  drawn.remove();
}

function addressOf({ talk }: View): string {
  return talk ? `${firstVisit}?talk` : firstVisit;
}

function tell(message: Told): void {
  parent.postMessage(message, location.origin);
}
