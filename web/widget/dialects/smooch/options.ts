/** `init` in the words of the widget: what its options mean that are more than a name. */
import type { InitOptions } from '../../api.ts';
import type { WidgetOptions } from '../../options.ts';
import type { Launcher } from '../../shell.ts';
import { server } from '../script.ts';

type Dressing = { dress(launcher: Launcher, options: InitOptions): void; carried(url: string): Promise<Blob | undefined> };

/** The address of the module below Parlor's origin, with its hash: put in by the build. */
declare const DRESS: string;

const dressing = () => import(/* @vite-ignore */ server + DRESS) as Promise<Dressing>;

const tell = (error: unknown) => console.error(error);

const noted = new Set<string>();

/** What concerns other channels, or tells where a server is that is known by the address of the script. */
const without = ['integrationOrder', 'notificationChannelPromptEnabled', 'region', 'configBaseUrl', 'authCode'] as const;

export function translated(options: InitOptions, app: string): WidgetOptions {
  const { imageUploadEnabled, displayStyle, buttonIconUrl, buttonWidth, buttonHeight, backgroundImageUrl, businessIconUrl, fixedHeader, prechatCapture } = options;
  for (const name of without) if (name in options) note(name);
  const offers = imageUploadEnabled !== false;
  const prechat = prechatCapture?.enabled ? prechatCapture : undefined;
  const isTab = displayStyle === 'tab';
  const widgetOptions: WidgetOptions = {
    ...options,
    server,
    app,
    door: 'sdk',
    menuItems: { imageUpload: offers, fileUpload: offers, shareLocation: true, ...options.menuItems },
    buttonText: isTab ? options.customText?.['headerText'] || options.businessName || 'Support' : undefined,
    wishes: fixedHeader || backgroundImageUrl || prechat ? { fixedHeader, seeThrough: !!backgroundImageUrl, prechat } : undefined,
  };
  if (isTab || buttonIconUrl || buttonWidth || buttonHeight || backgroundImageUrl) widgetOptions.drawn = (launcher) => void dress(launcher, options);
  if (businessIconUrl && isElsewhere(businessIconUrl)) {
    const carried = dressing().then((module) => module.carried(businessIconUrl));
    widgetOptions.prepared = carried.then((businessIcon) => businessIcon && (widgetOptions.wishes = { ...widgetOptions.wishes, businessIcon }), tell);
  }
  return widgetOptions;
}

/** Whether it is the address of something that the web has, but not on Parlor's host. */
function isElsewhere(url: string): boolean {
  const { protocol = '', origin } = URL.canParse(url, location.href) ? new URL(url, location.href) : {};
  return /^https?:$/.test(protocol) && origin !== server;
}

function note(name: string): void {
  if (!noted.has(name)) console.info(`Parlor: the option ${name} has no effect.`);
  noted.add(name);
}

/** Nobody sees the plain launcher before it wears what the page wants; where that cannot be fetched, it stays plain. */
async function dress(launcher: Launcher, options: InitOptions): Promise<void> {
  const { style } = launcher.button;
  style.visibility = 'hidden';
  await dressing().then((module) => module.dress(launcher, options)).catch(tell);
  style.visibility = '';
}
