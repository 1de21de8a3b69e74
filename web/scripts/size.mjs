/** Holds the promise of 30 KB (design section 6): weighs what was built, compressed, and fails where it is too much. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const out = join(dirname(dirname(fileURLToPath(import.meta.url))), 'embedded');
const kilobyte = 1024;
const limits = { loader: 3 * kilobyte, all: 30 * kilobyte };

const weigh = (name) => gzipSync(readFileSync(join(out, name)), { level: 9 }).length;
const files = ['smooch.js', 'frame.html', ...readdirSync(join(out, 'assets')).map((name) => `assets/${name}`)];
const sizes = files.map((name) => [name, weigh(name)]);
const all = sizes.reduce((sum, [, size]) => sum + size, 0);

for (const [name, size] of [...sizes, ['all', all]]) process.stdout.write(`${String(size).padStart(7)}  ${name}\n`);
const loader = weigh('smooch.js');
const faults = [
  loader > limits.loader && `smooch.js has ${loader} bytes compressed, more than ${limits.loader}`,
  all > limits.all && `the widget has ${all} bytes compressed, more than ${limits.all}`,
].filter(Boolean);
for (const fault of faults) process.stderr.write(`size: ${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
