import { contrast, parseHex, readableOn, toCSS } from './color.ts';
import type { RGB } from './color.ts';

/** The colours that an app or a host page may choose: hex, with or without `#`. */
export interface Colors {
  brandColor?: string;
  conversationColor?: string;
  actionColor?: string;
}

const ownBrand: RGB = [0.145, 0.325, 0.851];
const white: RGB = [1, 1, 1];
const ink: RGB = [0.063, 0.075, 0.098];
const grounds = { light: white, dark: [0.086, 0.094, 0.114] as RGB };

/**
 * Custom properties for a theme, computed from at most three colours: text on every colour reaches 4.5 to 1, links more
 * as they also stand on bubbles, and controls 3 to 1 against the ground (WCAG 2.2, 1.4.3 and 1.4.11). The soft tones are mixed from them in the style sheet, in OKLCH.
 */
export function tokens(colors: Colors, theme: 'light' | 'dark'): Record<string, string> {
  const ground = grounds[theme];
  const brand = parseHex(colors.brandColor) ?? parseHex(colors.conversationColor) ?? ownBrand;
  const action = parseHex(colors.actionColor) ?? brand;
  const pairs: [string, RGB][] = [
    ['brand', brand],
    ['own', readableOn(parseHex(colors.conversationColor) ?? brand, ground, 2)],
    ['action', readableOn(action, ground, 3)],
  ];
  return {
    ...Object.fromEntries(pairs.flatMap(([name, color]) => {
      const text = textOn(color);
      return [[`--${name}`, toCSS(readableOn(color, text, 4.5))], [`--on-${name}`, toCSS(text)]];
    })),
    '--link': toCSS(readableOn(action, ground, 5.8)),
  };
}

/** White or ink, whichever reads better; white wins where it is good enough, as people expect it on a colour. */
function textOn(color: RGB): RGB {
  return contrast(white, color) >= 4.5 || contrast(white, color) >= contrast(ink, color) ? white : ink;
}
