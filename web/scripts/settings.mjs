/** How the front ends are built: for build.mjs, which builds them, and size.mjs, which weighs them. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';

export const web = dirname(dirname(fileURLToPath(import.meta.url)));
export const out = join(web, 'embedded');
/** The dialects of web/widget/dialects: each is a script that the server serves. */
export const scripts = ['smooch', 'chat', 'widget'];

/** What nobody needs to chat, fetched when it is wanted: size.mjs knows it by this name. */
export const later = 'assets/later-[name]-[hash:6].js';

/** All that a document needs at once is one file of this name: the bundler would put what later parts need, too, into others. */
export const atOnce = (name) => ({ groups: [{ name, tags: ['$initial'] }] });

/**
 * Vite wraps each import of a later part in a helper that preloads what the part imports: ours import nothing but what is
 * there. The wrapping is taken off in the forms that it has, and then the helper, which chunks hand to each other.
 */
const plainImports = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : undefined),
  renderChunk: (code, { fileName }) => {
    const plain = code
      .replace(/__vitePreload\(async \(\) => \{\s*const \{[^}]*\} = await (import\([^;]*);\s*return \{[^}]*\};?\s*\},[^)]*\)/g, '$1')
      .replace(/__vitePreload\(\(\) => (import\([^)]*\)),[^)]*\)/g, '$1')
      .replace(/^(?:var|const) __vitePreload = .*$/m, '')
      .replace(/(?:__vitePreload as \w+|\w+ as __vitePreload)(?:, )?/g, '');
    if (plain.includes('__vitePreload')) throw new Error(`${fileName} imports a later part in a form that is not known here: ${/.*__vitePreload.*/.exec(plain)?.[0]}`);
    return plain;
  },
};

/** The short names of members: the documents and their later parts, some of which they share, call them alike. */
const nameCache = {};

/** Goes over what the bundler has minified once more: a hundredth of it can still go, and more with members whose names may be shortened. */
function tight(names) {
  let isWanted = false;
  const properties = names && { regex: new RegExp(`^(${names.join('|')})$`), keep_quoted: 'strict' };
  return {
    name: 'tight',
    enforce: 'post',
    configResolved: ({ build }) => {
      isWanted = build.minify !== false;
    },
    generateBundle: async (_, bundle) => {
      if (!isWanted) return;
      const options = { module: true, ecma: 2020, compress: { passes: 3, inline: 1, keep_fargs: false } };
      if (names) Object.assign(options, { mangle: { properties }, nameCache });
      for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = (await minify(file.code, options)).code;
    },
  };
}

/** `names`: those of members that no other bundle knows (names.mjs). */
export const plugins = (names) => [plainImports, tight(names)];

export const common = {
  configFile: false,
  logLevel: 'warn',
  base: '/',
  publicDir: false,
  plugins: plugins(),
  oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' } },
};

export function settings(rolldownOptions, more = {}) {
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
