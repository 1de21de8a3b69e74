import { dress } from '../../widget/host/dress.ts';
import { Panel } from '../../widget/host/panel.ts';
import { peek } from '../../widget/host/peek.ts';
import { drawLauncher } from '../../widget/loader/launcher.ts';
import type { WidgetOptions } from '../../widget/options.ts';
import type { AppConfig, Launcher } from '../../widget/shell.ts';
import { addressOf } from '../address.ts';
import type { View } from '../address.ts';
import { until } from '../ready.ts';
import { longName, longWord } from './talk.ts';

interface Drawn {
  launcher: Launcher;
  panel: Panel;
  frame: HTMLIFrameElement;
  options: WidgetOptions;
}

const config: AppConfig = { app: { id: 'fernhill', name: 'Fernhill' } };

/** Draws what the scripts draw on a host page; its window is empty, or has another story in it. */
function drawn(wishes: Partial<WidgetOptions>, { theme }: Pick<View, 'theme'>, story?: string): Drawn {
  const options = { theme, ...wishes } as WidgetOptions;
  const launcher = drawLauncher(options, config);
  const frame = document.createElement('iframe');
  frame.title = 'Chat';
  if (story) frame.src = addressOf({ story, theme, dir: document.dir as 'ltr' | 'rtl', lang: document.documentElement.lang, still: '1' });
  return { launcher, options, frame, panel: new Panel(launcher, frame, () => undefined) };
}

function peeks(view: Pick<View, 'theme'>, said: { displayName?: string; text: string }): void {
  const { launcher, options, panel } = drawn({}, view);
  panel.setUnread(1);
  peek({ launcher, options, config } as unknown as Parameters<typeof peek>[0], said, () => undefined);
}

type HostStory = (view: Pick<View, 'theme'>) => void | Promise<void>;

/** The button on the host page, its window, and the first lines of an answer beside it. */
export const launcherStories: Record<string, HostStory> = {
  'launcher/closed': (view) => void drawn({}, view),
  'launcher/open': async (view) => {
    const { launcher, panel, frame } = drawn({}, view, 'log/grouped');
    panel.setOpen(true);
    await until(() => frame.contentDocument?.documentElement?.dataset['ready'] !== undefined);
    // The focus goes there when all is loaded; whether it shows in a page within a page is up to the browser's window.
    await until(() => launcher.root.activeElement === frame);
    (frame.contentDocument?.activeElement as HTMLElement).blur();
  },
  'launcher/unread-one': (view) => drawn({}, view).panel.setUnread(1),
  'launcher/unread-many': (view) => drawn({}, view).panel.setUnread(12),
  'launcher/pale': (view) => void drawn({ customColors: { brandColor: 'ffd54a' } }, view),
  'launcher/words': (view) => void drawn({ buttonText: 'Ask us' }, view),
  'launcher/left': (view) => drawn({ position: 'left' }, view).panel.setUnread(3),
  'launcher/icon': (view) => dress(drawn({}, view).launcher, { buttonIconUrl: '/pictures/fern.svg' }),
  'launcher/tab': (view) => dress(drawn({ buttonText: 'Messages' }, view).launcher, { displayStyle: 'tab' }),
  'launcher/peek': (view) => peeks(view, { displayName: 'Kim', text: 'It left the house this minute.' }),
  'launcher/peek-long': (view) => peeks(view, { displayName: longName, text: `${longWord} ${'It left the house this minute. '.repeat(8)}` }),
};
