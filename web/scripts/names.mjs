/** Which names of members a bundle may shorten, as it does those of variables. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const web = join(import.meta.dirname, '..');
/** What goes into the documents on Parlor's own origin, and the shapes in which they speak with others. */
const folders = ['sdk', 'ui', 'page', 'widget'];
/** Other bundles know these members by their names. */
const shared = /^widget\/(?!frame\/)/;

/**
 * The members of classes whose name nothing else has: no member of an interface or of an object, and no text. So it is on no wire and
 * in no storage, and whoever uses it means the class. (Names that browsers have themselves are left alone by the minifier.)
 */
export function ownNames() {
  const members = new Set();
  const others = new Set();
  for (const path of folders.flatMap(sourcesBelow)) {
    const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    collect(ts.createSourceFile(path, readFileSync(join(web, path), 'utf8'), ts.ScriptTarget.Latest, true, kind), shared.test(path) ? others : members, others);
  }
  return [...members].filter((name) => !others.has(name));
}

function collect(node, members, others) {
  if (ts.isStringLiteralLike(node)) others.add(node.text);
  if (node.name && ts.isIdentifier(node.name)) {
    if ((ts.isMethodDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isAccessor(node)) && ts.isClassDeclaration(node.parent)) members.add(node.name.text);
    else if (isOfOthers(node)) others.add(node.name.text);
  }
  ts.forEachChild(node, (child) => collect(child, members, others));
}

function isOfOthers(node) {
  return ts.isPropertySignature(node) || ts.isMethodSignature(node) || ts.isMethodDeclaration(node) || ts.isAccessor(node) || ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) || ts.isJsxAttribute(node);
}

function sourcesBelow(folder) {
  return readdirSync(join(web, folder), { recursive: true })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|\.d\.ts$/.test(name))
    .map((name) => join(folder, name));
}
