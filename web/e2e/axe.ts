import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
}

/** What axe says of the page or frame, or of a part of it; nothing should be judged half faded in. The page's policy must be off (`bypassCSP`). */
export async function violations(within: Frame | Page, part?: string): Promise<string[]> {
  await within.evaluate(axe);
  return within.evaluate(async (selector) => {
    const { run } = (window as unknown as { axe: { run(context: unknown, options: object): Promise<Found> } }).axe;
    const { violations: found } = await run(selector ? { include: [[selector]] } : document, { iframes: false });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`);
  }, part);
}
