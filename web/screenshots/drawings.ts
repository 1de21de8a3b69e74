/** What stands on the pictures beside the chat: plants and people, drawn here so that they belong to nobody else. */
import type { Browser } from 'playwright-core';

const leaf = (x: number, y: number, turn: number, size: number, colour: string) =>
  `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})"><path d="M0 0C-38-22-46-78 0-120 46-78 38-22 0 0z" fill="${colour}"/><path d="M0 0V-104M0-30l-20-16M0-30l20-16M0-58l-18-15M0-58l18-15" stroke="#fff" stroke-opacity=".28" stroke-width="3" fill="none"/></g>`;

const pot = (colour: string) => `<path d="M118 216h84l-12 78a12 12 0 0 1-12 10h-36a12 12 0 0 1-12-10z" fill="${colour}"/><rect x="110" y="204" width="100" height="22" rx="8" fill="${colour}"/><rect x="110" y="204" width="100" height="22" rx="8" fill="#000" opacity=".1"/>`;

const plant = (ground: string, colour: string, leaves: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320"><rect width="320" height="320" fill="${ground}"/><ellipse cx="160" cy="304" rx="92" ry="10" opacity=".1"/>${leaves}${pot(colour)}</svg>`;

const person = (ground: string, skin: string, hair: string, coat: string, cut: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120"><rect width="120" height="120" fill="${ground}"/>${cut.replaceAll('HAIR', hair)}<path d="M18 124c2-30 20-40 42-40s40 10 42 40z" fill="${coat}"/><path d="M50 74h20v14a10 10 0 0 1-20 0z" fill="${skin}"/><ellipse cx="60" cy="54" rx="21" ry="25" fill="${skin}"/><path d="M39 50c0-16 8-26 21-26s21 10 21 26c-6-2-9-8-11-13-8 7-20 11-31 13z" fill="${hair}"/><path d="M51 63c4 6 14 6 18 0" stroke="#5b2f22" stroke-width="2.4" fill="none" stroke-linecap="round"/><circle cx="52" cy="53" r="2.3" fill="#33231d"/><circle cx="68" cy="53" r="2.3" fill="#33231d"/></svg>`;

const greens = ['#1f6f4a', '#2f8a5b', '#3fa06c', '#57b37f'] as const;
const yellow = '#d8b13a';

export const drawings = {
  monstera: plant('#e9efe4', '#c98b6b', leaf(160, 214, -46, 1.1, greens[0]) + leaf(160, 214, 44, 1.15, greens[1]) + leaf(160, 214, -12, 1.35, greens[2]) + leaf(160, 214, 18, 1.1, greens[0])),
  ailing: plant('#efe9df', '#b9785a', leaf(160, 214, -60, 1.1, yellow) + leaf(160, 214, 52, 1.05, greens[2]) + leaf(160, 214, -18, 1.3, greens[1]) + leaf(160, 214, 24, 1.15, '#a9b04a')),
  fern: plant('#e4ecea', '#8d9aa6', [-70, -48, -26, -6, 14, 34, 56, 74].map((turn, i) => leaf(160, 216, turn, 0.95 + (i % 3) * 0.12, greens[i % 4] ?? greens[0])).join('')),
  calathea: plant('#f3e8e6', '#5c6b8a', leaf(160, 214, -34, 1.2, '#3d6b57') + leaf(160, 214, 30, 1.25, '#7a4a63') + leaf(160, 214, -4, 1.4, '#2f7d62')),
  soil: plant('#efeae2', '#7a5a45', '<ellipse cx="160" cy="206" rx="44" ry="12" fill="#4a3527"/>' + leaf(160, 206, -14, 0.6, greens[3]) + leaf(160, 206, 16, 0.55, greens[2])),
  kim: person('#cfe3d6', '#eab999', '#3b2a25', '#2f6d52', '<path d="M34 60c-2-30 10-42 26-42s28 12 26 42c4 18 2 30-4 36H38c-6-6-8-18-4-36z" fill="HAIR"/>'),
  lou: person('#e7d9c8', '#9a6a4c', '#1f1a19', '#c9763f', '<circle cx="60" cy="44" r="31" fill="HAIR"/>'),
  ana: person('#d8dcee', '#f0c8ab', '#8a4b2c', '#5566a8', '<path d="M36 58c-2-28 8-40 24-40s26 12 24 40c2 10 1 16-2 20H38c-3-4-4-10-2-20z" fill="HAIR"/>'),
};

export type Drawing = keyof typeof drawings;

/** The drawings as photographs would come: PNG, so many pixels wide; those of plants are broader than high. */
export async function photographs(browser: Browser, width: number): Promise<Record<Drawing, Buffer>> {
  const page = await browser.newPage({ viewport: { width, height: width } });
  const taken: [string, Buffer][] = [];
  for (const [name, drawing] of Object.entries(drawings)) {
    const isPlant = drawing.includes('viewBox="0 0 320');
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${isPlant ? drawing.replace('0 0 320 320', '0 90 320 206') : drawing}`);
    taken.push([name, await page.locator('svg').screenshot()]);
  }
  await page.close();
  return Object.fromEntries(taken) as Record<Drawing, Buffer>;
}
