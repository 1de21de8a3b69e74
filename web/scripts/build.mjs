/**
 * Builds the front ends into embedded/ (for the server, see embed.go) and the npm package into npm/dist.
 * The loader comes last, as it has to know the hashed name of the core.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(web, 'embedded');
const placeholder = 'placeholder.html';

/** What nobody needs to chat, fetched when it is wanted: size.mjs knows it by this name. */
const later = 'assets/later-[name]-[hash].js';

/** In place of Vite's helper, which preloads what later parts import: ours import nothing but what is there. */
const plainImports = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : undefined),
};

const common = {
  configFile: false,
  logLevel: 'warn',
  base: '/',
  publicDir: false,
  plugins: [plainImports],
  oxc: { jsx: { runtime: 'classic', pragma: 'h' } },
};

function settings(rolldownOptions, more = {}) {
  return {
    outDir: out,
    emptyOutDir: false,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox128', 'safari18'],
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions,
    ...more,
  };
}

async function clean() {
  await mkdir(out, { recursive: true });
  for (const name of await readdir(out)) if (name !== placeholder) await rm(join(out, name), { recursive: true });
}

async function buildFrame() {
  await build({ ...common, root: join(web, 'widget/frame'), build: settings({ input: join(web, 'widget/frame/frame.html'), output: { chunkFileNames: later } }) });
}

/** The answer is the path of the core below the server's root. */
async function buildHost() {
  const result = await build({
    ...common,
    root: web,
    build: settings({
      input: join(web, 'widget/host/main.ts'),
      preserveEntrySignatures: 'allow-extension',
      output: { entryFileNames: 'assets/core-[hash].js', chunkFileNames: later },
    }),
  });
  return '/' + result.output.find((chunk) => chunk.type === 'chunk' && chunk.isEntry).fileName;
}

async function buildLoader(core) {
  await build({
    ...common,
    root: web,
    define: { CORE: JSON.stringify(core) },
    build: settings({
      input: join(web, 'widget/loader/main.ts'),
      output: { format: 'iife', entryFileNames: 'smooch.js' },
    }),
  });
}

async function buildPackage() {
  const dist = join(web, 'npm/dist');
  await rm(dist, { recursive: true, force: true });
  await build({
    ...common,
    root: web,
    build: settings(
      { input: join(web, 'npm/index.ts'), preserveEntrySignatures: 'strict', output: { entryFileNames: 'index.js' } },
      { outDir: dist, minify: false },
    ),
  });
  const tsc = join(web, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '--project', join(web, 'npm/tsconfig.json')], { stdio: 'inherit' });
  for (const name of await readdir(dist, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(dist, name);
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll(".ts';", ".js';"));
  }
}

await clean();
await buildFrame();
await buildLoader(await buildHost());
await buildPackage();
