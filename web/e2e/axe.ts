import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Node {
  html: string;
  failureSummary: string;
  target: string[];
  any: { data?: { messageKey?: string } }[];
}

interface Found {
  violations: { id: string; nodes: Node[] }[];
  incomplete: { id: string; nodes: Node[] }[];
}

/** What axe says of the page or frame, or of a part of it; nothing should be judged half faded in. The page's policy must be off (`bypassCSP`). */
export async function violations(within: Frame | Page, part?: string): Promise<string[]> {
  return (await judge(within, part)).violations;
}

/** What axe says of the page in light and in dark, where the page keeps to what the system likes. */
export async function barriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await violations(page)).map((one) => `${colorScheme}: ${one}`));
  }
  return found;
}

/** The same, and which texts stand on a picture or a gradient, so that axe cannot say whether one can read them. */
export async function judge(within: Frame | Page, part?: string): Promise<{ violations: string[]; undecided: string[] }> {
  await within.evaluate(axe);
  return within.evaluate(async (selector) => {
    const { run } = (window as unknown as { axe: { run(context: unknown, options: object): Promise<Found> } }).axe;
    const found = await run(selector ? { include: [[selector]] } : document, { iframes: false });
    const onPictures = (node: Node) => /^(bgImage|bgGradient|imgNode)$/.test(node.any[0]?.data?.messageKey ?? '');
    return {
      violations: found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`),
      undecided: found.incomplete.flatMap(({ id, nodes }) => (id === 'color-contrast' ? nodes.filter(onPictures).flatMap(({ target }) => target.at(-1) ?? []) : [])),
    };
  }, part);
}
