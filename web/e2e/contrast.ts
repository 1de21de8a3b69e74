import type { Page } from 'playwright-core';

/** Which of the texts cannot be read on what is really behind them (WCAG 2.2, 1.4.3): the worst of the pixels counts, but for a few at edges. */
export async function unreadable(page: Page, selectors: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const selector of selectors) {
    const text = page.locator(selector).first();
    const clip = await text.boundingBox();
    if (!clip) continue;
    const { color, needed } = await text.evaluate((element) => {
      const { color: of, fontSize, fontWeight } = getComputedStyle(element);
      const isLarge = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && Number(fontWeight) >= 700);
      (element as HTMLElement).style.color = 'transparent';
      return { color: of, needed: isLarge ? 3 : 4.5 };
    });
    const behind = await page.screenshot({ clip });
    await text.evaluate((element) => ((element as HTMLElement).style.color = ''));
    const ratio = await page.evaluate(contrastOnPicture, [behind.toString('base64'), color] as const);
    if (ratio < needed) faults.push(`unreadable: ${selector} has a contrast of ${ratio.toFixed(2)}`);
  }
  return faults;
}

/** (Runs in the page.) */
async function contrastOnPicture([png, color]: readonly [string, string]): Promise<number> {
  const image = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (byte) => byte.charCodeAt(0))]));
  const brush = new OffscreenCanvas(image.width, image.height).getContext('2d') as OffscreenCanvasRenderingContext2D;
  const luminance = ([r = 0, g = 0, b = 0]: ArrayLike<number> & Iterable<number>) => {
    const linear = (part: number) => (part <= 0.04045 * 255 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  brush.fillStyle = color;
  brush.fillRect(0, 0, 1, 1);
  const own = luminance(brush.getImageData(0, 0, 1, 1).data);
  brush.drawImage(image, 0, 0);
  const { data } = brush.getImageData(0, 0, image.width, image.height);
  const ratios: number[] = [];
  for (let i = 0; i < data.length; i += 4) {
    const other = luminance(data.subarray(i, i + 3));
    ratios.push((Math.max(own, other) + 0.05) / (Math.min(own, other) + 0.05));
  }
  return ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 50)] ?? 0;
}
