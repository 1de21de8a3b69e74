import type { Made } from './messages.ts';

/** What is to be known of a colour: one sentence each, in the order in which they are said. */
export type Advice =
  | { about: 'words'; white: boolean; ratio: number }
  | { about: 'bubbles' | 'buttons'; theme: 'light' | 'dark'; color: string }
  | { about: 'nothing' };

/** WCAG 2.2: words need 4.5 to 1. */
export const enough = 4.5;

/** How the style sheets deal with a colour that cannot be used everywhere as it is: read off what they have made of it. */
export function adviceOn(color: string, made: Record<'light' | 'dark', Made>): Advice[] {
  const white = luminance(made.light.onOwn) > 0.5;
  const words: Advice = { about: 'words', white, ratio: contrast('#ffffff', color) };
  const changed = (['light', 'dark'] as const).flatMap((theme): Advice[] => {
    const { own, action } = made[theme];
    return [
      ...(isAnother(own, color) ? [{ about: 'bubbles', theme, color: own } as const] : []),
      ...(isAnother(action, color) ? [{ about: 'buttons', theme, color: action } as const] : []),
    ];
  });
  return [words, ...(changed.length > 0 ? changed : [{ about: 'nothing' } as const])];
}

/** The contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = partsOf(color).map((part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** More than what rounding does on the way through other spaces of colour. */
function isAnother(one: string, other: string): boolean {
  const [these, those] = [partsOf(one), partsOf(other)];
  return these.some((part, at) => Math.abs(part - (those[at] ?? 0)) > 3);
}

function partsOf(color: string): number[] {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
}
