/**
 * Holds the promise of design section 5, compressed: a loader of at most 3 KB, and at most 30 KB for the app in the iframe.
 * The core, which joins the two on the host page, has a limit of its own. Fails where anything weighs more.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const out = join(dirname(dirname(fileURLToPath(import.meta.url))), 'embedded');
const kilobyte = 1024;
const limits = { loader: 3 * kilobyte, core: 5 * kilobyte, frame: 30 * kilobyte };

const partOf = (name) => (name === 'smooch.js' ? 'loader' : name.startsWith('assets/core-') ? 'core' : 'frame');
const weigh = (name) => gzipSync(readFileSync(join(out, name)), { level: 9 }).length;

const files = ['smooch.js', 'frame.html', ...readdirSync(join(out, 'assets')).map((name) => `assets/${name}`)];
const weights = { loader: 0, core: 0, frame: 0 };
for (const name of files) {
  const weight = weigh(name);
  weights[partOf(name)] += weight;
  process.stdout.write(`${String(weight).padStart(7)}  ${name}\n`);
}
process.stdout.write(`${String(Object.values(weights).reduce((sum, weight) => sum + weight)).padStart(7)}  all\n`);
for (const [part, limit] of Object.entries(limits)) {
  if (weights[part] <= limit) continue;
  process.stderr.write(`size: the ${part} has ${weights[part]} bytes compressed, more than ${limit}\n`);
  process.exitCode = 1;
}
