import { signal } from '@preact/signals';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storedAs = 'parlor.console.theme';

export const theme = signal<Theme>('auto');

export function wearChosen(): void {
  const stored = localStorage.getItem(storedAs);
  wear(themes.find((one) => one === stored) ?? 'auto');
}

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(storedAs, chosen);
  wear(chosen);
}

/** All colours are written as `light-dark()`, and so follow this one property. */
function wear(chosen: Theme): void {
  theme.value = chosen;
  document.documentElement.style.colorScheme = chosen === 'auto' ? '' : chosen;
}
