/** The contract (OpenAPI 3.1) as the reference reads it. */
import { parse } from 'yaml';

/** The keywords of a schema that the reference tells. */
export interface SchemaObject {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  deprecated?: boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema;
  dependentRequired?: Record<string, string[]>;
  minProperties?: number;
  maxProperties?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  not?: Schema;
  if?: Schema;
  then?: Schema;
  else?: Schema;
}

export type Schema = SchemaObject | boolean;

export interface Ref {
  $ref: string;
}

export interface Example {
  summary?: string;
  value?: unknown;
}

export interface Media {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, Example | Ref>;
}

export interface Header {
  description?: string;
  required?: boolean;
  schema?: Schema;
}

export interface Parameter extends Header {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  example?: unknown;
}

export interface Body {
  description?: string;
  required?: boolean;
  content: Record<string, Media>;
}

export interface Response {
  description: string;
  headers?: Record<string, Header | Ref>;
  content?: Record<string, Media>;
  'x-codes'?: string[];
}

export interface OperationObject {
  operationId: string;
  tags?: string[];
  summary?: string;
  description?: string;
  deprecated?: boolean;
  security?: Record<string, string[]>[];
  parameters?: (Parameter | Ref)[];
  requestBody?: Body | Ref;
  responses?: Record<string, Response | Ref>;
  'x-codes'?: string[];
}

export interface SecurityScheme {
  type: string;
  scheme?: string;
  name?: string;
  in?: string;
  description?: string;
}

const methods = ['get', 'put', 'post', 'patch', 'delete', 'options', 'head', 'trace'] as const;

type Method = (typeof methods)[number];

const isMethod = (key: string): key is Method => (methods as readonly string[]).includes(key);

type PathItem = { [method in Method]?: OperationObject } & { parameters?: (Parameter | Ref)[] };

export interface Document {
  info: { title: string; version: string; summary?: string; description?: string };
  servers?: { url: string; description?: string }[];
  tags?: { name: string; description?: string }[];
  security?: Record<string, string[]>[];
  paths: Record<string, PathItem>;
  components?: { schemas?: Record<string, Schema>; securitySchemes?: Record<string, SecurityScheme> };
}

/** An operation with what its path says of it, too. */
export interface Operation extends OperationObject {
  method: string;
  path: string;
  parameters: Parameter[];
}

/** A schema without `$ref`, and the name under which the contract has it. */
export interface Named {
  name?: string;
  schema: SchemaObject;
}

const schemas = '#/components/schemas/';

/** The reference to a schema of the document (RFC 6901 section 6). */
export const refTo = (name: string): Ref => ({ $ref: schemas + encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1')) });

const decoded = (step: string) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');

export class Contract {
  /** `examples` are values of schemas, by the name of the schema. */
  constructor(
    readonly document: Document,
    readonly examples: Record<string, unknown> = {},
  ) {}

  /** Reads the text of an OpenAPI document. */
  static parse(yaml: string, examples?: Record<string, unknown>): Contract {
    return new Contract(parse(yaml) as Document, examples);
  }

  /** All operations in the order of the document. */
  operations(): Operation[] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.keys(item).filter(isMethod).map((method) => {
        const operation = item[method] as OperationObject;
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => this.resolve(one));
        return { ...operation, method: method.toUpperCase(), path, parameters };
      }),
    );
  }

  /** What a reference leads to. Fails where that is nothing. */
  resolve<T extends object>(one: T | Ref): T {
    return '$ref' in one && typeof one.$ref === 'string' ? this.resolve(this.at(one.$ref) as T | Ref) : (one as T);
  }

  /** A schema with its references followed. What stands beside a `$ref` adds to what it leads to, and wins (OpenAPI 3.1). */
  schema(schema: Schema, followed: readonly string[] = []): Named {
    if (typeof schema === 'boolean') return { schema: schema ? {} : { not: {} } };
    const { $ref, ...beside } = schema;
    if ($ref === undefined) return { schema };
    if (followed.includes($ref)) throw new Error(`${$ref} leads to itself`);
    const target = this.schema(this.at($ref) as Schema, [...followed, $ref]);
    const name = $ref.startsWith(schemas) ? decoded($ref.slice(schemas.length)) : target.name;
    return { name, schema: { ...target.schema, ...beside } };
  }

  /** The same with all that `allOf` joins in one. What does not fit into one stays in its `allOf`. */
  joined(schema: Schema, inside: readonly string[] = []): Named {
    const { name, schema: own } = this.schema(schema);
    if (!own.allOf || (name !== undefined && inside.includes(name))) return { name, schema: own };
    const { allOf, ...rest } = own;
    const apart: Schema[] = [];
    let whole: SchemaObject = {};
    for (const part of [...allOf.map((one) => this.joined(one, name === undefined ? inside : [...inside, name]).schema), rest]) {
      if (['oneOf', 'anyOf', 'if'].some((keyword) => keyword in part && keyword in whole)) apart.push(part);
      else whole = both(whole, part);
    }
    return { name, schema: apart.length ? { ...whole, allOf: apart } : whole };
  }

  private at(pointer: string): unknown {
    const steps = pointer.replace(/^#\//, '').split('/');
    let found: unknown = this.document;
    for (const step of steps) {
      found = (found as Record<string, unknown> | undefined)?.[decoded(step)];
    }
    if (found === undefined) throw new Error(`the contract has no ${pointer}`);
    return found;
  }
}

/** Two schemas that hold at once, as one; where both say the same thing differently, the second is heard. */
export function both(one: SchemaObject, other: SchemaObject): SchemaObject {
  const whole = { ...one, ...other };
  if (one.properties && other.properties) whole.properties = { ...one.properties, ...other.properties };
  if (one.required && other.required) whole.required = [...new Set([...one.required, ...other.required])];
  return whole;
}

/** The types of a schema: those it names, else those that its values or keywords have. */
export function typesOf(schema: SchemaObject): string[] {
  if (schema.type !== undefined) return [schema.type].flat();
  const values = 'const' in schema ? [schema.const] : (schema.enum ?? []);
  if (values.length) return [...new Set(values.map(typeOf))];
  if (schema.properties || schema.additionalProperties !== undefined) return ['object'];
  return schema.items === undefined ? [] : ['array'];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** Whether a schema says nothing but which members must be there. */
export function onlyRequires(schema: Schema): schema is SchemaObject & { required: string[] } {
  return typeof schema === 'object' && schema.required !== undefined && Object.keys(schema).every((key) => key === 'required' || key === 'title' || key === 'description');
}
