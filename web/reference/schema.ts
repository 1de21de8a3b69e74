/** Schemas as nested lists of members: what each is called, what it may be, and what it means. */
import { onlyRequires, typesOf } from './contract.ts';
import type { Contract, Schema, SchemaObject } from './contract.ts';
import { html, joined } from './html.ts';
import type { Html, Part } from './html.ts';
import { markdown } from './markdown.ts';

/** The anchor of a schema in the section of schemas. */
export const anchorOf = (name: string) => `schema-${name}`;

/** What stands beside the name of a member or parameter. */
export interface Row {
  name: Part;
  schema: Schema;
  required?: boolean | undefined;
  description?: string | undefined;
}

/** How far references are unfolded where they stand; beyond that, and where a schema holds itself, a link leads to it. */
interface Depth {
  left: number;
  inside: readonly string[];
}

export class Schemas {
  constructor(private readonly contract: Contract) {}

  /** All that is to say of a schema below its name; references are unfolded `left` levels deep. */
  body(schema: Schema, left: number): Html {
    const { name } = this.contract.schema(schema);
    return this.inner(schema, { left, inside: name === undefined ? [] : [name] });
  }

  /** A list of members, or of parameters. */
  rows(rows: readonly Row[], left: number): Html {
    return this.list(rows, { left, inside: [] });
  }

  /** The type in words, with links to schemas that have a name. */
  label(schema: Schema): Html {
    const { name, schema: own } = this.contract.schema(schema);
    const words = this.words(own);
    if (name === undefined) return words;
    const link = html`<a href="#${anchorOf(name)}">${name}</a>`;
    return typesOf(own).every((type) => type === 'object') ? link : html`${words} ${link}`;
  }

  private words(schema: SchemaObject): Html {
    const { inner, nullable } = this.unwrapped(schema);
    if (inner !== undefined) return html`${this.label(inner)}${nullable && ' or null'}`;
    const types = typesOf(schema);
    if (types.includes('array') && schema.items !== undefined) {
      const others = types.filter((type) => type !== 'array').map((type) => ` or ${type}`);
      return html`array of ${this.label(schema.items)}${others}`;
    }
    if (types.length) return html`${types.join(' or ')}`;
    if (schema.oneOf) return html`one of ${schema.oneOf.length}`;
    return schema.anyOf ? html`any of ${schema.anyOf.length}` : html`any value`;
  }

  /** Sees through `oneOf: [X, null]`, which is but X that may be null. */
  private unwrapped(schema: SchemaObject): { inner?: Schema; nullable?: boolean } {
    const ways = schema.oneOf ?? schema.anyOf ?? [];
    const others = ways.filter((way) => typesOf(this.contract.schema(way).schema).join() !== 'null');
    const [inner] = others;
    return others.length === 1 && ways.length === 2 && inner !== undefined ? { inner, nullable: true } : {};
  }

  private list(rows: readonly Row[], depth: Depth): Html {
    return html`<ul class="members">${rows.map((row) => html`<li>${this.row(row, depth)}</li>`)}</ul>`;
  }

  private row({ name, schema, required, description }: Row, depth: Depth): Html {
    const { name: named, schema: own } = this.contract.schema(schema);
    const said = description ?? (typeof schema === 'object' ? schema.description : undefined) ?? (own.enum ? own.description : undefined);
    return html`<p class="member"><code class="name">${name}</code> <span class="type">${this.label(schema)}</span>${required && html` <span class="required">required</span>`}${own.deprecated && html` <span class="deprecated">deprecated</span>`}</p>
${said !== undefined && markdown(said)}${named === undefined && limits(own)}${values(own)}${this.nested(schema, depth)}`;
  }

  /** What is inside a member, folded away; nothing where it has no members. */
  private nested(schema: Schema, depth: Depth): Html | false {
    const { name, schema: own } = this.contract.schema(schema);
    const { inner } = this.unwrapped(own);
    if (inner !== undefined) return this.nested(inner, depth);
    if (name !== undefined && (depth.left < 1 || depth.inside.includes(name))) return false;
    const deeper = name === undefined ? depth : { left: depth.left - 1, inside: [...depth.inside, name] };
    if (own.items !== undefined && !own.oneOf) return this.entry(own, deeper);
    const { schema: whole } = this.contract.joined(schema);
    if (!hasParts(whole)) return false;
    return html`<details class="nested"><summary>${name === undefined ? 'Members' : html`Members of ${name}`}</summary>${this.parts(whole, deeper)}</details>`;
  }

  /** Of an array: what its entries are limited to, and what is inside them. */
  private entry(schema: SchemaObject, depth: Depth): Html | false {
    const { name, schema: entry } = this.contract.schema(schema.items ?? true);
    return html`${name === undefined && [limits(entry), values(entry)]}${this.nested(schema.items ?? true, depth)}`;
  }

  private inner(schema: Schema, depth: Depth): Html {
    const { schema: whole } = this.contract.joined(schema);
    const { inner } = this.unwrapped(whole);
    if (inner !== undefined) return this.inner(inner, depth);
    return html`${limits(whole)}${values(whole)}${whole.items !== undefined && this.entry(whole, depth)}${this.parts(whole, depth)}`;
  }

  /** Members, then what may be there instead or depends on them. */
  private parts(schema: SchemaObject, depth: Depth): Html {
    const rows = Object.entries(schema.properties ?? {}).map(([name, member]) => ({ name, schema: member, required: schema.required?.includes(name) }));
    if (typeof schema.additionalProperties === 'object') rows.push({ name: rows.length ? 'any other name' : 'any name', schema: schema.additionalProperties, required: false });
    return html`${rows.length > 0 && this.list(rows, depth)}${this.notes(schema)}
${this.ways('Exactly one of', schema.oneOf, depth)}${this.ways('At least one of', schema.anyOf, depth)}${this.ways('All of', schema.allOf, depth)}`;
  }

  /** The ways of `oneOf` and its like, each folded away. Those that only say what must be there are among the notes. */
  private ways(title: string, ways: readonly Schema[] | undefined, depth: Depth): Html | false {
    const told = ways?.filter((way) => !onlyRequires(way)) ?? [];
    return told.length > 0 && html`<p class="note">${title}:</p><ul class="ways">${told.map((way) => html`<li>${this.way(way, depth)}</li>`)}</ul>`;
  }

  private way(way: Schema, depth: Depth): Html {
    const { name, schema } = this.contract.joined(way);
    const title = schema.title ?? name;
    const head = html`${title !== undefined && html`<b>${title}</b> `}<span class="type">${this.words(schema)}</span>`;
    const isFolded = name === undefined || (depth.left > 0 && !depth.inside.includes(name));
    if (!isFolded) return html`<p class="member">${this.label(way)}</p>`;
    const deeper = name === undefined ? depth : { left: depth.left - 1, inside: [...depth.inside, name] };
    const said = schema.description === undefined ? undefined : markdown(schema.description);
    if (!hasParts(schema)) return html`<p class="member">${head}</p>${said}${limits(schema)}${values(schema)}`;
    return html`<details class="nested"><summary>${head}</summary>${said}${this.parts(schema, deeper)}</details>`;
  }

  private notes(schema: SchemaObject): Html[] {
    const notes = this.claims({ oneOf: schema.oneOf?.filter(onlyRequires) ?? [], anyOf: schema.anyOf?.filter(onlyRequires) ?? [] });
    for (const [name, needs] of Object.entries(schema.dependentRequired ?? {})) notes.push(html`${code(name)} needs ${all(needs)}`);
    if (schema.not !== undefined && onlyRequires(schema.not)) notes.push(html`${all(schema.not.required)} must not be there${schema.not.required.length > 1 && ' together'}`);
    const condition = schema.if === undefined ? [] : this.claims(this.contract.joined(schema.if).schema);
    if (condition.length) {
      const branches: [string, Schema | undefined][] = [['If', schema.then], ['Unless', schema.else]];
      for (const [word, branch] of branches) {
        const claims = branch === undefined ? [] : this.claims(this.contract.joined(branch).schema);
        if (claims.length) notes.push(html`${word} ${joined(condition, ' and ')}: ${joined(claims, '; ')}`);
      }
    }
    return notes.map((note) => html`<p class="note">${note}.</p>`);
  }

  /** What a condition asks, or a branch demands, as far as it can be said in a sentence. */
  private claims(schema: SchemaObject, above = ''): Html[] {
    const claims: Html[] = [];
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      const path = above + name;
      const own = this.contract.joined(member).schema;
      if (own.not && Object.keys(own.not).length === 0) claims.push(html`${code(path)} is absent`);
      else if ('const' in own) claims.push(html`${code(path)} is ${value(own.const)}`);
      else if (own.enum) claims.push(html`${code(path)} is ${joined(own.enum.map(value), ' or ')}`);
      else claims.push(...this.claims(own, `${path}.`));
    }
    const required = (schema.required ?? []).filter((name) => !schema.properties?.[name]);
    if (required.length) claims.push(html`${all(required.map((name) => above + name))} must be there`);
    for (const [word, ways] of [['exactly one of', schema.oneOf], ['at least one of', schema.anyOf]] as const) {
      const names = (ways ?? []).filter(onlyRequires).map((way) => all(way.required));
      if (names.length) claims.push(html`${word} ${joined(names, ' or ')} must be there`);
    }
    return claims;
  }
}

const code = (name: string) => html`<code>${name}</code>`;
const all = (names: readonly string[]) => html`${joined(names.map(code), ' and ')}`;
const value = (one: unknown) => html`<code>${JSON.stringify(one)}</code>`;

function hasParts(schema: SchemaObject): boolean {
  return Boolean(schema.properties ?? schema.oneOf ?? schema.anyOf ?? schema.allOf) || typeof schema.additionalProperties === 'object';
}

/** The values that are allowed, where they are numbered. */
function values(schema: SchemaObject): Html | false {
  const allowed = 'const' in schema ? [schema.const] : schema.enum;
  return allowed !== undefined && html`<p class="limits">${'const' in schema ? 'Always' : 'One of'} ${joined(allowed.map(value), ', ')}</p>`;
}

/** A range in words, with what is counted, and the ending of many and of one. */
function counted(least: number | undefined, most: number | undefined, what = '', many = '', one = ''): string | undefined {
  const unit = (count: number) => `${count}${what}${count === 1 ? one : many}`;
  if (most === undefined) return least === undefined ? undefined : `at least ${unit(least)}`;
  if (least === undefined) return `at most ${unit(most)}`;
  return least === most ? unit(most) : `${least} to ${unit(most)}`;
}

/** What bounds a value, in words. */
function limits(schema: SchemaObject): Html | false {
  const said: Part[] = [
    schema.format !== undefined && `format ${schema.format}`,
    counted(schema.minLength, schema.maxLength, ' character', 's'),
    counted(schema.minimum, schema.maximum),
    schema.exclusiveMinimum !== undefined && `more than ${schema.exclusiveMinimum}`,
    schema.exclusiveMaximum !== undefined && `less than ${schema.exclusiveMaximum}`,
    counted(schema.minItems, schema.maxItems, ' entr', 'ies', 'y'),
    schema.uniqueItems && 'each entry once',
    counted(schema.minProperties, schema.maxProperties, ' member', 's'),
    schema.pattern !== undefined && html`pattern ${code(schema.pattern)}`,
    schema.default !== undefined && html`default ${value(schema.default)}`,
  ].filter((part) => part !== undefined && part !== false);
  return said.length > 0 && html`<p class="limits">${joined(said, ' · ')}</p>`;
}
