import { signal } from '@preact/signals';

/** Whether the ways through the console are shown on a window that is too narrow for them and what they lead to. */
export const isMenuOpen = signal(false);
export const areShortcutsShown = signal(false);
export const isPaletteShown = signal(false);
