import js from '@eslint/js';
import { builtinModules } from 'node:module';
import ts from 'typescript-eslint';

/** The floors of the front end, from the ground: each may import those before it (design section 5). Neighbours do not know each other. */
const floors = [['sdk'], ['ui'], ['widget', 'page', 'console'], ['preview']];

/** DOM names that the sdk must do without: what it needs of a browser is handed to it. */
const domGlobals = ['window', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'WebSocket', 'HTMLElement', 'indexedDB'];

/** Text becomes text nodes (security rule 39). */
const noMarkup = [
  { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]", message: 'text becomes text nodes (security rule 39)' },
  { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'text becomes text nodes (security rule 39)' },
];

const hashPrivate = { selector: "[accessibility='private']", message: 'private is #name: nothing else is shortened by the build' };

function floor(name) {
  const foreign = floors.slice(floors.findIndex((one) => one.includes(name))).flat().filter((other) => other !== name);
  return {
    files: [`${name}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...foreign.map((other) => ({ group: [`**/${other}/**`], message: `imports go sdk <- ui <- widget | page | console <- preview: ${name} knows nothing of ${other}` })),
            { group: ['**/dev/**', '**/e2e/**', '**/workshop/**', '**/npm/**', '**/reference/**'], message: 'what is delivered does not import tools and tests' },
            { regex: `^(node:)?(${builtinModules.join('|')})$`, message: 'runs in browsers' },
          ],
        },
      ],
      'no-restricted-syntax': ['error', ...noMarkup, hashPrivate],
      ...(name === 'sdk' ? { 'no-restricted-globals': ['error', ...domGlobals] } : {}),
    },
  };
}

/** The parts of the widget, each with those that it may use: dialects are scripts around the loader. */
const parts = { dialects: ['loader'], loader: [], host: [], frame: [] };

/** Programs of their own share types and the bridge, never code of each other. */
function part([name, uses]) {
  const others = Object.keys(parts).filter((other) => other !== name && !uses.includes(other));
  return {
    files: [`widget/${name}/**/*.{ts,tsx}`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            ...others.map((other) => ({ group: [`**/${other}/**`], message: `${name} and ${other} meet at widget/bridge.ts and widget/shell.ts only` })),
            ...(name === 'frame' ? [] : [{ group: ['**/sdk/**', '**/ui/**'], allowTypeImports: true, message: 'the host page carries types of the sdk, no code' }]),
          ],
        },
      ],
    },
  };
}

export default ts.config(
  { ignores: ['node_modules', 'embedded', 'npm/dist', 'workshop/built'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-console': ['error', { allow: ['warn', 'info', 'error'] }],
      'no-warning-comments': 'error',
      'max-lines': ['error', { max: 475, skipComments: true, skipBlankLines: true }],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/unbound-method': 'off', // options are functions, not methods
      '@typescript-eslint/no-misused-spread': 'off', // the server counts code points, and so do we
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off', // what comes from a page or a wire need not be what its type says
      '@typescript-eslint/require-await': 'off', // async is how a function promises not to throw
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error', ...noMarkup],
    },
  },
  { files: ['**/*.test.ts'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.mjs', 'eslint.config.js'], languageOptions: { globals: { process: 'readonly' } } },
  ...floors.flat().map(floor),
  ...Object.entries(parts).map(part),
);
