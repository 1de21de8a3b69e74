import type { Delegates, Settings } from '../bridge.ts';
import type { Shell } from '../shell.ts';

/** What the host page chose, else what the app says, else our own. */
export function settingsOf({ options, config }: Pick<Shell, 'options' | 'config'>, delegates: Delegates): Omit<Settings, 'resume'> {
  const page = document.documentElement;
  return {
    locale: options.locale || page.lang,
    direction: getComputedStyle(page).direction as 'rtl' | 'ltr',
    customText: { ...config.texts, ...options.customScreenReaderAnnouncement, ...options.customText },
    businessName: options.businessName ?? config.app.name,
    businessIconUrl: options.businessIconUrl ?? (config.logo && new URL(config.logo, options.server).href),
    colors: { brandColor: config.color, ...options.customColors },
    conversationList: options.canUserSeeConversationList ?? true,
    storage: options.browserStorage === 'sessionStorage' ? 'sessionStorage' : 'localStorage',
    anonymous: config.anonymous ?? true,
    attachmentsEnabled: config.attachmentsEnabled,
    embedded: !!options.embedded,
    door: options.door,
    theme: options.theme,
    info: { currentUrl: location.origin + location.pathname, ...options.info },
    menuItems: options.menuItems,
    sound: options.soundNotificationEnabled ?? true,
    wishes: options.wishes,
    delegates,
  };
}
