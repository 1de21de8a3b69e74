/** One story of what the scripts draw on a host page, by itself. */
import { viewOf } from './address.ts';
import { makeReady } from './ready.ts';
import { stopTime } from './still.ts';
import { launcherStories } from './stories/launcher.ts';

stopTime();
const { story, theme, dir, lang = 'en', zoom, still } = viewOf(location.search);
const root = document.documentElement;
root.lang = lang;
root.dir = dir ?? (lang === 'ar' ? 'rtl' : 'ltr');
if (theme) root.style.colorScheme = theme;
if (zoom) root.style.zoom = `${zoom}%`;
await launcherStories[story]?.({ theme });
await makeReady(!!still);
