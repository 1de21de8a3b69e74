/** One story of the messenger by itself: the address says which, and how it is to be seen. */
import { paint } from '../ui/browser.ts';
import { wear } from '../ui/parts/later.ts';
import { speak } from '../ui/strings/index.ts';
import css from '../ui/theme/messenger.css?inline';
import { viewOf } from './address.ts';
import { makeReady } from './ready.ts';
import { Stage } from './stage.ts';
import { stopTime } from './still.ts';
import { stories } from './stories/index.ts';

stopTime();
wear(css);

const { story, theme, dir, lang = 'en', zoom, still } = viewOf(location.search);
const spoken = await speak([lang], {});
const root = document.documentElement;
root.lang = spoken.locale;
root.dir = dir ?? spoken.direction ?? 'ltr';
if (theme) root.style.colorScheme = theme;
if (zoom) root.style.zoom = `${zoom}%`;
paint({});
await stories[story]?.(new Stage(spoken, document.getElementById('app') as HTMLElement));
await makeReady(!!still);
