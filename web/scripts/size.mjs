/**
 * Holds the promise of design section 5, compressed: a loader of at most 3 KB, at most 1.5 KB for a dialect on top of it, and
 * at most 30 KB for everything that it takes to chat: the script, host core, and the frame with its style. The API reference
 * and the console have limits, too. What is fetched later, when it is wanted, is told apart and has a limit of its own for each file.
 * Fails where anything weighs more.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { common, out, scripts, settings, web } from './settings.mjs';

const kilobyte = 1024;
const limits = { loader: 3 * kilobyte, dialect: 1.5 * kilobyte, chat: 30 * kilobyte, page: 40 * kilobyte, reference: 100 * kilobyte, console: 150 * kilobyte };
/** Of what is fetched later, by the name of its module. */
const laterLimits = {
  rich: 12 * kilobyte,
  files: 6 * kilobyte,
  lightbox: 6 * kilobyte,
  menu: 2 * kilobyte,
  'styled-list': 2.5 * kilobyte,
  dress: 1.5 * kilobyte,
  further: 1.5 * kilobyte,
  prechat: 1.5 * kilobyte,
  peek: 1.5 * kilobyte,
  fallback: 1.6 * kilobyte,
  ...Object.fromEntries(['ar', 'de', 'es', 'fr', 'ja', 'pt', 'zh'].map((language) => [language, 5 * kilobyte])),
};

const compressed = (content) => gzipSync(content, { level: 9 }).length;
const weigh = (name) => ({ name, weight: compressed(readFileSync(join(out, name))) });
const say = (weight, what) => process.stdout.write(`${String(weight).padStart(7)}  ${what}\n`);

function hold(limit, weight, what) {
  if (weight <= limit) return;
  process.stderr.write(`size: ${what} has ${weight} bytes compressed, more than ${limit}\n`);
  process.exitCode = 1;
}

/** The loader by itself, which is in every script and served nowhere alone. */
async function loaderAlone(core) {
  const entry = 'loader-alone';
  const source = `import { Widget } from ${JSON.stringify(join(web, 'widget/loader/widget.ts'))}; new Widget();`;
  const virtual = { name: entry, resolveId: (id) => (id === entry ? id : undefined), load: (id) => (id === entry ? { code: source, moduleSideEffects: true } : undefined) };
  const { output } = await build({
    ...common,
    root: web,
    plugins: [...common.plugins, virtual],
    define: { CORE: JSON.stringify(core) },
    build: settings({ input: entry, treeshake: false, output: { format: 'iife' } }, { write: false }),
  });
  return compressed(output[0].code);
}

const assets = readdirSync(join(out, 'assets')).map((name) => weigh(`assets/${name}`));
const isLater = ({ name }) => name.startsWith('assets/later-');
const loader = await loaderAlone(`/${assets.find(({ name }) => name.startsWith('assets/core-')).name}`);
say(loader, 'loader');
hold(limits.loader, loader, 'the loader');

const dialects = scripts.map((name) => weigh(`${name}.js`));
for (const { name, weight } of dialects) {
  say(weight, `${name}, with ${weight - loader} for its dialect`);
  hold(limits.dialect, weight - loader, `the dialect in ${name}`);
}

const isOfPage = ({ name }) => name.startsWith('assets/page-');
const isOfReference = ({ name }) => name.startsWith('assets/reference-');
const isOfPreview = ({ name }) => name.startsWith('assets/preview-');
const isOfConsole = ({ name }) => name.startsWith('assets/console-');
/** Of the console: pages and languages that are fetched when they are wanted. */
const isLaterInConsole = ({ name }) => /^assets\/console-[a-z-]+-.{8}\.js$/.test(name);
const needed = [weigh('frame.html'), ...assets.filter((file) => ![isLater, isOfPage, isOfReference, isOfConsole, isOfPreview].some((isOther) => isOther(file)))];
for (const { name, weight } of needed) say(weight, name);
for (const { name, weight } of dialects) {
  const chat = needed.reduce((sum, file) => sum + file.weight, weight);
  say(chat, `to chat with ${name}`);
  hold(limits.chat, chat, `what it takes to chat with ${name}`);
}
const page = [weigh('page.html'), ...assets.filter(isOfPage)].reduce((sum, { weight }) => sum + weight, 0);
say(page, 'to open the hosted page');
hold(limits.page, page, 'the hosted page');
const reference = [weigh('reference.html'), ...assets.filter(isOfReference)].reduce((sum, { weight }) => sum + weight, 0);
say(reference, 'to read the API reference');
hold(limits.reference, reference, 'the API reference');
const ofConsole = [weigh('console.html'), ...assets.filter((file) => isOfConsole(file) && !isLaterInConsole(file))].reduce((sum, { weight }) => sum + weight, 0);
say(ofConsole, 'to open the console');
hold(limits.console, ofConsole, 'the console');
for (const { name, weight } of assets.filter(isLaterInConsole)) say(weight, `${name}, when it is wanted`);
for (const { name, weight } of assets.filter(isLater)) {
  say(weight, `${name}, when it is wanted`);
  hold(laterLimits[/later-([a-z-]+?)-.{6}\.js$/.exec(name)?.[1]] ?? kilobyte, weight, name);
}
