import { paint } from '../../ui/browser.ts';
import type { MessengerOptions } from '../../ui/model.ts';
import type { Spoken } from '../../ui/strings/index.ts';
import type { Settings } from '../bridge.ts';

/** Language, direction, colours, and the theme that the page wants. */
export function dress({ theme, colors, direction: ofPage }: Settings, { locale, direction }: Spoken): void {
  const root = document.documentElement;
  root.lang = locale;
  root.dir = direction ?? ofPage;
  if (theme) root.style.colorScheme = theme;
  paint(colors);
}

/** What the messenger is told: all that the page wants, and how it is said. */
export function optionsOf(settings: Settings, spoken: Spoken): Omit<MessengerOptions, 'client'> {
  return { ...settings, ...spoken, businessName: settings.businessName ?? spoken.strings.headerText };
}
