import type { Document } from './contract.ts';

/** Calls of the console, for pages of this server alone, have this tag. */
const ofConsole = 'console';

/** The contract as those need it who write programs: without the calls of the console, and without the schemas that only those have. */
export function forPrograms(document: Document): Document {
  const isOfConsole = (operation: unknown) => (operation as { tags?: string[] }).tags?.includes(ofConsole) ?? false;
  const paths: Document['paths'] = {};
  const others: unknown[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    const left = Object.entries(item).filter(([, operation]) => !isOfConsole(operation));
    others.push(...Object.values(item).filter(isOfConsole));
    if (left.some(([key]) => key !== 'parameters')) paths[path] = Object.fromEntries(left);
  }
  const schemas = Object.entries(document.components?.schemas ?? {});
  const theirs = reached(document, others);
  const apart = schemas.filter(([name]) => !theirs.has(pointerTo(name))).map(([, schema]) => schema);
  const ours = reached(document, [paths, apart]);
  const kept = schemas.filter(([name]) => ours.has(pointerTo(name)) || !theirs.has(pointerTo(name)));
  const { agentAuth: _, ...securitySchemes } = document.components?.securitySchemes ?? {};
  return {
    ...document,
    tags: document.tags?.filter(({ name }) => name !== ofConsole),
    paths,
    components: { ...document.components, schemas: Object.fromEntries(kept), securitySchemes },
  };
}

const pointerTo = (schema: string) => `#/components/schemas/${schema}`;

/** All that the references in some values lead to, and those in what they lead to. */
function reached(document: Document, values: unknown): Set<string> {
  const found = new Set<string>();
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inside] of Object.entries(value)) {
      if (key !== '$ref' || typeof inside !== 'string') walk(inside);
      else if (!found.has(inside)) {
        found.add(inside);
        walk(inside.replace(/^#\//, '').split('/').reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document));
      }
    }
  };
  walk(values);
  return found;
}
