/** The emoji of the languages of the console, of which the data of Unicode has far more than its picker shows. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { web } from './settings.mjs';

const name = /^emoji:(en|de)$/;
const file = /emoji-(en|de)\.js$/;
const tones = 2; // a group of parts that are none by themselves

const read = async (path) => JSON.parse(await readFile(join(web, 'node_modules/emojibase-data', path), 'utf8'));

/** Each as the sign, what it is called, other words for it, and its group. */
async function listOf(language) {
  const codes = await read('en/shortcodes/github.json');
  const all = (await read(`${language}/compact.json`)).filter(({ group }) => group !== undefined && group !== tones);
  return all.map(({ unicode, label, tags = [], hexcode, group }) => [unicode, label, [...new Set([...tags, ...[codes[hexcode] ?? []].flat()])].join(' '), group]);
}

export const emoji = {
  name: 'emoji',
  resolveId: { filter: { id: name }, handler: (id) => `/emoji-${name.exec(id)[1]}.js` },
  load: { filter: { id: file }, handler: async (id) => `export default ${JSON.stringify(await listOf(file.exec(id)[1]))};` },
};
