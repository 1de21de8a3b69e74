import { expect, it } from 'vitest';
import type { Document } from './contract.ts';
import { forPrograms } from './programs.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const operation = (tag: string, schema: string) => ({ operationId: `${tag}${schema}`, tags: [tag], responses: { '200': { description: '', content: { 'application/json': { schema: ref(schema) } } } } });

it('leaves out what the console calls, and what only that has', () => {
  const document = {
    info: { title: 'Parlor', version: '1' },
    tags: [{ name: 'users' }, { name: 'console' }],
    paths: {
      '/users': { get: operation('users', 'User') },
      '/console': { parameters: [], get: operation('console', 'Entry') },
      '/both': { get: operation('users', 'User'), post: operation('console', 'Entry') },
    },
    components: {
      securitySchemes: { agentAuth: { type: 'apiKey' }, basicAuth: { type: 'http' } },
      schemas: { User: { properties: { name: ref('Name') } }, Name: {}, Entry: { properties: { user: ref('User'), tags: ref('Tags') } }, Tags: {}, Frame: { properties: { shared: ref('Shared') } }, Shared: {} },
    },
  } as unknown as Document;
  const { paths, tags, components } = forPrograms(document);
  expect(Object.entries(paths).map(([path, item]) => [path, Object.keys(item)])).toEqual([['/users', ['get']], ['/both', ['get']]]);
  expect(tags).toEqual([{ name: 'users' }]);
  expect(Object.keys(components?.schemas ?? {})).toEqual(['User', 'Name', 'Frame', 'Shared']);
  expect(Object.keys(components?.securitySchemes ?? {})).toEqual(['basicAuth']);
});
