/** A colour of sRGB: three numbers from 0 to 1. */
export type RGB = readonly [number, number, number];

/** Reads `#rgb`, `#rrggbb` and both without the `#`; undefined for anything else. */
export function parseHex(text: string | undefined): RGB | undefined {
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text ?? '')?.[1];
  if (!hex) return undefined;
  const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
  return [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16) / 255) as unknown as RGB;
}

export function toCSS(color: RGB): string {
  return `rgb(${color.map((part) => Math.round(part * 255)).join(' ')})`;
}

/** WCAG 2.2 contrast ratio: 1 to 21. */
export function contrast(a: RGB, b: RGB): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** The colour, moved towards ink or white as little as it takes to stand out from `ground` by the ratio. */
export function readableOn(color: RGB, ground: RGB, ratio: number): RGB {
  const towards = luminance(ground) > 0.4 ? 0 : 1;
  for (let part = 0; part < 1; part += 0.04) {
    const candidate = color.map((from) => from + (towards - from) * part) as unknown as RGB;
    if (contrast(candidate, ground) >= ratio) return candidate;
  }
  return [towards, towards, towards];
}

function luminance(color: RGB): number {
  const [r, g, b] = color.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as unknown as RGB;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
