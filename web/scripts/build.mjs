/**
 * Builds the front ends into embedded/ (for the server, see embed.go) and the npm package into npm/dist.
 * The scripts come last, as they have to know the hashed name of the core.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, runnerImport } from 'vite';
import { emoji } from './emoji.mjs';
import { ownNames } from './names.mjs';
import { atOnce, common, later, out, plugins, scripts, settings, web } from './settings.mjs';

const placeholder = 'placeholder.html';

async function clean() {
  await mkdir(out, { recursive: true });
  for (const name of await readdir(out)) if (name !== placeholder) await rm(join(out, name), { recursive: true });
}

async function buildFrame() {
  await build({ ...common, plugins: plugins(ownNames()), root: join(web, 'widget/frame'), build: settings({ input: join(web, 'widget/frame/frame.html'), output: { chunkFileNames: later, codeSplitting: atOnce('frame') } }) });
}

async function buildPage() {
  const named = 'assets/page-[hash][extname]';
  const output = { entryFileNames: 'assets/page-[hash].js', chunkFileNames: later, assetFileNames: named, codeSplitting: atOnce('page') };
  await build({ ...common, plugins: plugins(ownNames()), root: join(web, 'page'), build: settings({ input: join(web, 'page/page.html'), output }) });
}

/** What the console's designer shows: the widget on a page, with a made-up line in place of the server. */
async function buildPreview() {
  const root = join(web, 'preview');
  const output = { entryFileNames: 'assets/preview-[name]-[hash].js', chunkFileNames: 'assets/preview-[name]-[hash].js', assetFileNames: 'assets/preview-[name]-[hash][extname]' };
  const flat = { name: 'flat', enforce: 'post', generateBundle: (_, bundle) => Object.values(bundle).forEach((file) => file.fileName.endsWith('.html') && (file.fileName = `preview-${file.fileName}`)) };
  await build({ ...common, plugins: [...common.plugins, flat], root, build: settings({ input: ['host', 'frame'].map((name) => join(root, `${name}.html`)), output }) });
}

async function buildConsole() {
  const named = 'assets/console-[name]-[hash].js';
  const output = { entryFileNames: 'assets/console-[hash].js', chunkFileNames: named, assetFileNames: 'assets/console-[hash][extname]', codeSplitting: atOnce('at-once') };
  await build({ ...common, plugins: [...common.plugins, emoji], root: join(web, 'console'), build: settings({ input: join(web, 'console/console.html'), output }) });
}

/** The API reference is made here, from the contract: it needs no script. */
async function buildReference() {
  const { module } = await runnerImport(join(web, 'reference/index.ts'), { configFile: false, logLevel: 'error' });
  const body = module.referenceOf(join(web, '../api'));
  const filled = { name: 'reference', transformIndexHtml: { order: 'post', handler: (page) => page.replace('<!-- reference -->', () => body) } };
  const output = { assetFileNames: 'assets/reference-[hash][extname]' };
  await build({
    ...common,
    root: join(web, 'reference'),
    plugins: [...common.plugins, filled],
    build: settings({ input: join(web, 'reference/reference.html'), output }),
  });
}

/** The answer are the paths below the server's root that scripts have to know: of the core, and of what dresses the launcher. */
async function buildHost() {
  const result = await build({
    ...common,
    root: web,
    build: settings({
      input: { core: join(web, 'widget/host/main.ts'), dress: join(web, 'widget/host/dress.ts') },
      preserveEntrySignatures: 'allow-extension',
      output: { entryFileNames: ({ name }) => (name === 'core' ? 'assets/core-[hash:6].js' : later), chunkFileNames: later },
    }),
  });
  const pathOf = (name) => JSON.stringify('/' + result.output.find((chunk) => chunk.type === 'chunk' && chunk.isEntry && chunk.name === name).fileName);
  return { CORE: pathOf('core'), DRESS: pathOf('dress') };
}

/** One script for each dialect, named as the dialect's file. */
async function buildScripts(paths) {
  for (const name of scripts) {
    await build({
      ...common,
      root: web,
      define: paths,
      build: settings({ input: join(web, `widget/dialects/${name}.ts`), output: { format: 'iife', entryFileNames: '[name].js' } }),
    });
  }
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
await buildPage();
await buildConsole();
await buildPreview();
await buildReference();
await buildScripts(await buildHost());
await buildPackage();
