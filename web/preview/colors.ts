import type { Made } from '../console/admin/designer/messages.ts';

const names = { own: '--own', onOwn: '--on-own', action: '--action' };

/** What the messenger's style sheet makes of the brand colour in one theme: asked of the browser, which has computed it. */
export function madeColors(theme: 'light' | 'dark'): Made {
  const sample = document.body.appendChild(document.createElement('div'));
  sample.hidden = true;
  sample.style.colorScheme = theme;
  const made = Object.fromEntries(Object.entries(names).map(([name, property]) => [name, colorOf(sample, property)]));
  sample.remove();
  return made as unknown as Made;
}

/** As a screen shows it: whatever space it was computed in, it is painted and read back. */
function colorOf(sample: HTMLElement, property: string): string {
  sample.style.backgroundColor = `var(${property})`;
  const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!brush) return '';
  brush.fillStyle = getComputedStyle(sample).backgroundColor;
  brush.fillRect(0, 0, 1, 1);
  return `#${[...brush.getImageData(0, 0, 1, 1).data.subarray(0, 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
