/**
 * Holds the promise of design section 5, compressed: a loader of at most 3 KB, and at most 30 KB for everything that it takes
 * to chat: loader, host core, and the frame with its style. What is fetched later, when it is wanted, is told apart and has a
 * limit of its own for each file. Fails where anything weighs more.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const out = join(dirname(dirname(fileURLToPath(import.meta.url))), 'embedded');
const kilobyte = 1024;
const limits = { loader: 3 * kilobyte, chat: 30 * kilobyte, later: kilobyte };

const weigh = (name) => ({ name, weight: gzipSync(readFileSync(join(out, name)), { level: 9 }).length });
const say = (weight, what) => process.stdout.write(`${String(weight).padStart(7)}  ${what}\n`);

function hold(limit, weight, what) {
  if (weight <= limit) return;
  process.stderr.write(`size: ${what} has ${weight} bytes compressed, more than ${limit}\n`);
  process.exitCode = 1;
}

const loader = weigh('smooch.js');
const assets = readdirSync(join(out, 'assets')).map((name) => weigh(`assets/${name}`));
const isLater = ({ name }) => name.startsWith('assets/later-');
const needed = [loader, weigh('frame.html'), ...assets.filter((file) => !isLater(file))];
const chat = needed.reduce((sum, { weight }) => sum + weight, 0);

for (const { name, weight } of needed) say(weight, name);
say(chat, 'to chat');
hold(limits.loader, loader.weight, 'the loader');
hold(limits.chat, chat, 'what it takes to chat');
for (const { name, weight } of assets.filter(isLater)) {
  say(weight, `${name}, when it is wanted`);
  hold(limits.later, weight, name);
}
