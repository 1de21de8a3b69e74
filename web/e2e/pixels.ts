/** How the messenger looked before: the workshop of the base commit, pictures of both, and what commits say that they mean to change. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdtemp, readFile, readdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { web } from './workshop.ts';

const run = promisify(execFile);

async function git(...args: string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', web, ...args], { maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

/** The tree before: its front ends in a folder of their own, or why there is nothing to compare with. */
export type Base = { commit: string; folder: string; tree: string } | { why: string };

/**
 * The commit that PARLOR_BASE names, which must be there; else, where something is changed and not committed, the last one, and otherwise
 * the one before that.
 */
export async function findBase(): Promise<Base> {
  const named = process.env['PARLOR_BASE'];
  try {
    const isChanged = (await git('status', '--porcelain', '--', '.')) !== '';
    const commit = await git('rev-parse', '--verify', `${named || (isChanged ? 'HEAD' : 'HEAD^1')}^{commit}`);
    const folder = await mkdtemp(join(tmpdir(), 'parlor-base-'));
    await run('sh', ['-c', 'git -C "$1" archive "$2" . | tar -x -C "$3"', 'sh', web, commit, folder]);
    return { commit, folder, ...(await usable(folder)) };
  } catch (error) {
    if (named) throw error;
    return { why: `there is no commit to compare with: ${String(error).split('\n')[0] ?? ''}` };
  }
}

async function usable(tree: string): Promise<{ tree: string } | { why: string }> {
  if (!(await isThere(join(tree, 'workshop/build.mjs')))) return { why: 'the base commit has no workshop' };
  const [before, now] = await Promise.all([tree, web].map((one) => readFile(join(one, 'package-lock.json'), 'utf8')));
  if (before !== now) return { why: 'the base commit has other dependencies' };
  await symlink(join(web, 'node_modules'), join(tree, 'node_modules'));
  return { tree };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Which stories look different on purpose: the trailers `Looks:` of the commits since, and PARLOR_LOOKS for what is not committed. */
export async function declaredSince(commit: string): Promise<string[]> {
  const trailers = await git('log', '--format=%(trailers:key=Looks,valueonly)', `${commit}..HEAD`);
  return [trailers, process.env['PARLOR_LOOKS'] ?? ''].join(',').split(/[\n,]/).map((pattern) => pattern.trim()).filter(Boolean);
}

/** Whether a pattern means the story: a name, or with `*` for anything. */
export function isDeclared(story: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(story));
}

/** The same for folders with the same files. */
export async function digestOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) hash.update(path.slice(folder.length)).update(await readFile(path));
  return hash.digest('hex');
}

/** How many pixels of two pictures differ so that one sees it, and a picture of where, as PNG. */
export async function compare(page: Page, before: Buffer, after: Buffer): Promise<{ pixels: number; picture: Buffer }> {
  const urls = [before, after].map((png) => `data:image/png;base64,${png.toString('base64')}`);
  const found = await page.evaluate(async ([first = '', second = '']) => {
    const images = await Promise.all([first, second].map(async (url) => createImageBitmap(await (await fetch(url)).blob())));
    const [width, height] = [Math.max(...images.map((image) => image.width)), Math.max(...images.map((image) => image.height))];
    const brushes = images.map((image) => {
      const brush = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D;
      brush.drawImage(image, 0, 0);
      return brush;
    });
    const [a, b] = brushes.map((brush) => brush.getImageData(0, 0, width, height)) as [ImageData, ImageData];
    let pixels = 0;
    for (let i = 0; i < a.data.length; i += 4) {
      const differs = [0, 1, 2, 3].some((channel) => Math.abs((a.data[i + channel] ?? 0) - (b.data[i + channel] ?? 0)) > 16);
      pixels += Number(differs);
      // What is the same is pale behind what is not.
      const shown = differs ? [220, 0, 60, 255] : [0, 1, 2].map((channel) => 255 - (255 - (a.data[i + channel] ?? 0)) / 4).concat(255);
      b.data.set(shown, i);
    }
    brushes[1]?.putImageData(b, 0, 0);
    const blob = await (brushes[1]?.canvas as OffscreenCanvas).convertToBlob();
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return { pixels, picture: [...bytes].map((byte) => String.fromCharCode(byte)).join('') };
  }, urls);
  return { pixels: found.pixels, picture: Buffer.from(found.picture, 'latin1') };
}
