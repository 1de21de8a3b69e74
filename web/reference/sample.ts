/** Values that a schema allows, for the examples of operations that have none of their own. */
import { both, onlyRequires, typesOf } from './contract.ts';
import type { Contract, Schema, SchemaObject } from './contract.ts';

/** Deeper than this nothing is shown: schemas may hold themselves. */
const deepest = 8;

const texts: Record<string, string> = {
  'date-time': '2026-09-01T10:00:00.000Z',
  date: '2026-09-01',
  uri: 'https://example.com/',
  email: 'ana@example.com',
  binary: '…',
};

/** Texts to choose from where there is a pattern. */
const patterned = ['https://example.com/', 'EUR', '66d1f0a2c3b4a59687786950', 'NEVER-A-REAL-SESSION-0123456789abcdefghijkl'];

/** What texts are that have no format, by the end of their name. */
const formats: [RegExp, string][] = [
  [/(url|uri)$/i, 'uri'],
  [/email$/i, 'email'],
];

export class Sampler {
  /** `needed`: only the members that must be there, as a short request has them; else all that an answer may have. */
  constructor(
    private readonly contract: Contract,
    private readonly needed: boolean,
  ) {}

  /** A value; undefined where the schema allows none, or goes too deep. */
  of(schema: Schema, within: readonly string[] = []): unknown {
    const { name, schema: own } = this.contract.joined(schema);
    if (within.length > deepest || (name !== undefined && within.includes(name))) return undefined;
    const known = name === undefined || this.needed ? undefined : this.contract.examples[name];
    const given = [known, own.example, own.examples?.[0], own.const, own.default, own.enum?.[0]].find((value) => value !== undefined);
    return given === undefined ? this.made(own, [...within, name ?? '']) : given;
  }

  private made(schema: SchemaObject, within: readonly string[]): unknown {
    const chosen = (schema.oneOf ?? schema.anyOf)?.[0];
    if (chosen !== undefined && !onlyRequires(chosen)) {
      const { oneOf: _oneOf, anyOf: _anyOf, ...rest } = schema;
      return this.of({ allOf: [rest, chosen] }, within);
    }
    switch (typesOf(schema).find((type) => type !== 'null')) {
      case 'object':
        return this.object(schema, within);
      case 'array':
        return this.array(schema, within);
      case 'string':
        return textOf(schema);
      case 'integer':
      case 'number':
        return schema.minimum ?? (schema.exclusiveMinimum === undefined ? 1 : schema.exclusiveMinimum + 1);
      case 'boolean':
        return true;
      default:
        return undefined;
    }
  }

  private array(schema: SchemaObject, within: readonly string[]): unknown[] {
    const entry = schema.items === undefined ? undefined : this.of(schema.items, within);
    return entry === undefined ? [] : [entry];
  }

  private object(schema: SchemaObject, within: readonly string[]): Record<string, unknown> {
    const wanted = this.wanted(schema);
    const value: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      const sample = wanted(name) ? this.of(this.withFormat(name, member), within) : undefined;
      if (sample !== undefined) value[name] = sample;
    }
    if (!schema.properties && typeof schema.additionalProperties === 'object') value['name'] = this.of(schema.additionalProperties, within);
    if (schema.if === undefined) return value;
    const { if: condition, then, else: otherwise, ...rest } = schema;
    const branch = holds(this.contract, condition, value) ? then : otherwise;
    return branch === undefined ? value : this.object(both(rest, this.contract.joined(branch).schema), within);
  }

  private withFormat(name: string, member: Schema): Schema {
    const format = formats.find(([end]) => end.test(name))?.[1];
    return format !== undefined && typesOf(this.contract.schema(member).schema).includes('string') ? { ...this.contract.schema(member).schema, format } : member;
  }

  /** Which members to show: of ways that exclude each other, those of the first. */
  private wanted(schema: SchemaObject): (name: string) => boolean {
    const ways = (schema.oneOf ?? schema.anyOf ?? []).filter(onlyRequires).map(({ required }) => required);
    const [first = [], ...others] = ways;
    const needed = new Set([...(schema.required ?? []), ...first]);
    const excluded = new Set(others.flat().filter((name) => !needed.has(name)));
    return (name) => needed.has(name) || (!excluded.has(name) && (!this.needed || needed.size === 0));
  }
}

function textOf({ format = '', pattern, minLength = 0, maxLength }: SchemaObject): string {
  const made = texts[format] ?? 'text'.padEnd(minLength, '…').slice(0, maxLength);
  if (pattern === undefined) return made;
  return [made, ...patterned].find((text) => new RegExp(pattern, 'u').test(text)) ?? made;
}

/** Whether a condition of the simple kind (members that are there, or have a value) holds for a value. */
function holds(contract: Contract, condition: Schema, value: unknown): boolean {
  const { schema } = contract.schema(condition);
  if ('const' in schema && schema.const !== value) return false;
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (typeof value !== 'object' || value === null) return true;
  const members = value as Record<string, unknown>;
  const there = (schema.required ?? []).every((name) => name in members);
  return there && Object.entries(schema.properties ?? {}).every(([name, member]) => !(name in members) || holds(contract, member, members[name]));
}
