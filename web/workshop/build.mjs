/** Builds the workshop into the folder that is named, or web/workshop/built: never into the server's program. */
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { common, settings } from '../scripts/settings.mjs';

const here = import.meta.dirname;
const outDir = resolve(process.argv[2] ?? join(here, 'built'));
const pages = ['index', 'frame', 'host'].map((name) => join(here, `${name}.html`));

await build({ ...common, plugins: [], root: here, build: settings({ input: pages }, { outDir, emptyOutDir: true, minify: false }) });
await cp(join(here, 'pictures'), join(outDir, 'pictures'), { recursive: true });
