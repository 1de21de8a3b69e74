/** Whatever colours a page chooses, what stands on them can be read (WCAG 2.2, 1.4.3 and 1.4.11). */
import { describe, expect, it } from 'vitest';
import { browserSkipped } from './browser.ts';
import { World } from './world.ts';

/** Of each brand colour, in both themes: how the words on it stand out from it, and how it stands out from the ground. */
interface Contrasts {
  words: Record<'brand' | 'own' | 'action', number>;
  ground: Record<'own' | 'action' | 'link', number>;
}

describe.skipIf(browserSkipped())('colours', () => {
  const world = World.begin();

  it('of every kind can be read, in both themes', async () => {
    const visitor = await world.visit();
    await visitor.began();
    await visitor.open();
    const brands = ['#000', '#fff', '#65758e', '#0099ff', '#ffd54a', '#e91e63', '#00e676', '#16181d', '#808080', '#00f', '#f00', '#0f0', '#6200ee', '#767676', '#777', ''];
    const all = await visitor.frame.evaluate((brands): [string, Contrasts][] => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
      const { style } = document.documentElement;
      const sample = document.body.appendChild(document.createElement('div'));
      // As the screen shows it: a number of 0 to 255 for each part.
      const luminance = (name: string) => {
        sample.style.background = `var(--${name})`;
        canvas.fillStyle = getComputedStyle(sample).backgroundColor;
        canvas.fillRect(0, 0, 1, 1);
        const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const contrast = (one: string, other: string) => {
        const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
      };
      const found = ['light', 'dark'].flatMap((theme) =>
        brands.map((brand): [string, Contrasts] => {
          style.colorScheme = theme;
          if (brand) style.setProperty('--brandColor', brand);
          else style.removeProperty('--brandColor');
          const words = { brand: contrast('brand', 'on-brand'), own: contrast('own', 'on-own'), action: contrast('action', 'on-action') };
          return [`${brand} ${theme}`, { words, ground: { own: contrast('own', 'ground'), action: contrast('action', 'ground'), link: contrast('link', 'ground') } }];
        }),
      );
      sample.remove();
      return found;
    }, brands);
    expect(all).toHaveLength(2 * brands.length);
    for (const [name, { words, ground }] of all) {
      for (const ratio of Object.values(words)) expect(ratio, name).toBeGreaterThanOrEqual(4.5);
      expect(ground.own, name).toBeGreaterThanOrEqual(1.95);
      expect(ground.action, name).toBeGreaterThanOrEqual(3);
      expect(ground.link, name).toBeGreaterThanOrEqual(5.7);
    }
  });

  it('are those of the page: each its own, and only where they are colours', async () => {
    const visitor = await world.visit(world.company.page({ customColors: { brandColor: '0a7a55', conversationColor: '#7a0a55', actionColor: 'red; --ground: red' } }));
    await visitor.began();
    await visitor.open();
    const styles = await visitor.frame.evaluate(() => ['--brandColor', '--conversationColor', '--actionColor'].map((name) => document.documentElement.style.getPropertyValue(name)));
    expect(styles).toEqual(['#0a7a55', '#7a0a55', '']);
  });
});
