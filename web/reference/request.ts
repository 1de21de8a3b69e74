/** An operation as a line of curl. */
import type { Contract, Operation, Parameter, Schema, SchemaObject } from './contract.ts';
import { Sampler } from './sample.ts';

/** Stands for the address of the reader's own server. */
const server = 'https://chat.example.com';

/** The request with this body, made of what must be there. */
export function curl(contract: Contract, operation: Operation, body: unknown): string {
  const address = `${server}${pathOf(contract, operation)}${queryOf(contract, operation)}`;
  const start = operation.method === 'GET' ? `curl ${quoted(address)}` : `curl -X ${operation.method} ${quoted(address)}`;
  return [start, ...credentials(contract, operation), ...bodyOf(contract, operation, body)].join(' \\\n  ');
}

function pathOf(contract: Contract, { path, parameters }: Operation): string {
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    const given = parameter && exampleOf(contract, parameter);
    return given === undefined ? name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase() : encodeURIComponent(given);
  });
}

function queryOf(contract: Contract, { parameters }: Operation): string {
  const needed = parameters.filter((one) => one.in === 'query' && one.required);
  const pairs = needed.map((one) => `${encodeURIComponent(one.name)}=${encodeURIComponent(exampleOf(contract, one) ?? '')}`);
  return pairs.length ? `?${pairs.join('&')}` : '';
}

/** What the document gives as an example; nothing is made up here. */
function exampleOf(contract: Contract, { example, schema }: Parameter): string | undefined {
  const own: SchemaObject = contract.schema(schema ?? true).schema;
  const given = example ?? own.example ?? own.examples?.[0];
  return given === undefined || typeof given === 'string' ? given : JSON.stringify(given);
}

function credentials(contract: Contract, operation: Operation): string[] {
  const [name] = Object.keys((operation.security ?? contract.document.security)?.[0] ?? {});
  const scheme = contract.document.components?.securitySchemes?.[name ?? ''];
  if (!scheme) return [];
  if (scheme.type === 'apiKey') return [`-H "${scheme.name}: $KEY"`];
  return [scheme.scheme === 'basic' ? '-u "$KEY_ID:$SECRET"' : '-H "Authorization: Bearer $TOKEN"'];
}

function bodyOf(contract: Contract, { requestBody }: Operation, body: unknown): string[] {
  if (!requestBody) return [];
  const [type = '', media] = Object.entries(contract.resolve(requestBody).content)[0] ?? [];
  if (type === 'multipart/form-data' || type === 'application/x-www-form-urlencoded') return form(contract, type, media?.schema ?? true);
  return [`-H ${quoted(`Content-Type: ${type}`)}`, body === undefined ? "--data-binary '@FILE'" : `-d ${quoted(JSON.stringify(body, null, 2))}`];
}

function form(contract: Contract, type: string, schema: Schema): string[] {
  const { properties = {}, required = Object.keys(properties) } = contract.joined(schema).schema;
  const sampler = new Sampler(contract, true);
  return required.map((name) => {
    const own = contract.schema(properties[name] ?? true).schema;
    const isFile = own.format === 'binary' || 'contentMediaType' in own;
    const sample = sampler.of(own);
    const value = isFile ? '@FILE' : typeof sample === 'string' ? sample : JSON.stringify(sample);
    return `${type === 'multipart/form-data' ? '-F' : '--data-urlencode'} ${quoted(`${name}=${value}`)}`;
  });
}

/** A word of the shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
