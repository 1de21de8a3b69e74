/** Documents that are hard to show, and what becomes of them. */
import { describe, expect, it } from 'vitest';
import { Contract } from './contract.ts';
import type { Document, OperationObject, Schema } from './contract.ts';
import { html } from './html.ts';
import { line, markdown } from './markdown.ts';
import { reference } from './page.ts';
import { curl } from './request.ts';
import { Sampler } from './sample.ts';
import { Schemas } from './schema.ts';

const person: Schema = {
  type: 'object',
  required: ['name'],
  description: 'Somebody.',
  properties: { name: { type: 'string', minLength: 1, maxLength: 20 }, friends: { type: 'array', items: { $ref: '#/components/schemas/Person' } } },
};

function contract(schemas: Record<string, Schema> = {}, operation: Partial<OperationObject> = {}, more: Partial<Document> = {}): Contract {
  const path = { get: { operationId: 'getIt', responses: { '200': { description: 'It.' } }, ...operation } };
  return new Contract({ info: { title: 'Test', version: '1' }, paths: { '/it/{id}': path }, components: { schemas: { Person: person, ...schemas } }, ...more });
}

const shown = (schema: Schema, schemas: Record<string, Schema> = {}, left = 2) => new Schemas(contract(schemas)).body(schema, left).text;
const label = (schema: Schema, schemas: Record<string, Schema> = {}) => new Schemas(contract(schemas)).label(schema).text;
const sample = (schema: Schema, needed = false, schemas: Record<string, Schema> = {}) => new Sampler(contract(schemas), needed).of(schema);
/** What a reader sees. */
const words = (markup: string) => markup.replace(/<\/?(a|b|code|span|wbr)\b[^>]*>/g, '').replace(/<[^>]*>/g, ' ').replaceAll('&quot;', '"').replace(/\s+/g, ' ').trim();

describe('text', () => {
  it('is never markup', () => {
    const evil = `<script>alert("1" & '2')</script>`;
    expect(html`<p title="${evil}">${evil}</p>`.text).toBe('<p title="&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;">&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;</p>');
    const everywhere = contract(
      { [evil]: { type: 'object', title: evil, description: evil, properties: { [evil]: { enum: [evil], pattern: evil, description: evil } } } },
      {
        summary: evil,
        description: evil,
        parameters: [{ name: evil, in: 'query', description: evil, schema: { type: 'string', default: evil } }],
        requestBody: { description: evil, content: { 'application/json': { example: { [evil]: evil } } } },
        responses: { '200': { description: evil, headers: { [evil]: { description: evil } } }, '400': { description: evil, 'x-codes': [evil] } },
      },
      { info: { title: evil, version: evil, summary: evil, description: evil }, tags: [{ name: evil, description: evil }] },
    );
    expect(reference(everywhere)).not.toMatch(/<script|alert\("/);
  });

  it.each([
    ['a `<b>` & <b onclick="x()">c</b>', 'a <code>&lt;b&gt;</code> &amp; &lt;b onclick=&quot;x()&quot;&gt;c&lt;/b&gt;'],
    ['<script>1 < 2 & "3"</script>', '&lt;script&gt;1 &lt; 2 &amp; &quot;3&quot;&lt;/script&gt;'],
    ['[a](javascript:alert(1)) [b](https://example.com/?a&b) [c](#d)', 'a <a href="https://example.com/?a&amp;b">b</a> <a href="#d">c</a>'],
    ['![seen from afar](https://example.com/pixel.png)', 'seen from afar'],
  ])('of Markdown loads nothing and runs nothing: %s', (text, markup) => {
    expect(line(text).text).toBe(markup);
  });

  it('of Markdown has its headings where they belong, and tables in a box', () => {
    expect(markdown('### Words', -1).text).toBe('<h2>Words</h2>\n');
    expect(markdown('# Words').text).toBe('<h4>Words</h4>\n');
    expect(markdown('| a |\n|---|\n| 1 |').text).toMatch(/^<div class="box" role="group" aria-label="Table" tabindex="0"><table>/);
  });
});

describe('a type', () => {
  it.each<[Schema, string]>([
    [{ type: ['string', 'null'] }, 'string or null'],
    [{ type: 'array', items: { type: 'integer' } }, 'array of integer'],
    [{ type: ['array', 'null'], items: { $ref: '#/components/schemas/Person' } }, 'array of Person or null'],
    [{ oneOf: [{ $ref: '#/components/schemas/Person' }, { type: 'null' }] }, 'Person or null'],
    [{ const: 1 }, 'integer'],
    [{ enum: ['on', null] }, 'string or null'],
    [{ properties: {} }, 'object'],
    [{ oneOf: [{ type: 'string' }, { type: 'integer' }] }, 'one of 2'],
    [true, 'any value'],
    [{}, 'any value'],
  ])('of %j is %s', (schema, expected) => {
    expect(words(label(schema))).toBe(expected);
  });

  it('with a name is a link to it', () => {
    expect(label({ $ref: '#/components/schemas/Person' })).toBe('<a href="#schema-Person">Person</a>');
    expect(label({ $ref: '#/components/schemas/Id' }, { Id: { type: 'string' } })).toBe('string <a href="#schema-Id">Id</a>');
  });
});

describe('a schema', () => {
  it('that holds itself ends', () => {
    const text = shown({ $ref: '#/components/schemas/Person' }, {}, 100);
    expect(text.match(/class="name">friends</g)).toHaveLength(1);
    expect(sample({ $ref: '#/components/schemas/Person' })).toEqual({ name: 'text', friends: [] });
    const around: Record<string, Schema> = { A: { allOf: [{ $ref: '#/components/schemas/B' }] }, B: { properties: { a: { $ref: '#/components/schemas/A' } } } };
    expect(shown({ $ref: '#/components/schemas/A' }, around, 100)).toContain('href="#schema-A"');
    expect(() => shown({ $ref: '#/components/schemas/A' }, { A: { $ref: '#/components/schemas/A' } })).toThrow('leads to itself');
    expect(() => shown({ $ref: '#/components/schemas/None' })).toThrow('has no #/components/schemas/None');
  });

  it('beside whose $ref something stands is both (3.1)', () => {
    const schema: Schema = { properties: { who: { $ref: '#/components/schemas/Person', description: 'Who it was.' } } };
    const text = words(shown(schema));
    expect(text).toContain('who Person Who it was.');
    expect(text).not.toContain('Somebody.');
    expect(contract().schema({ $ref: '#/components/schemas/Person', maxProperties: 1 })).toMatchObject({ name: 'Person', schema: { maxProperties: 1, required: ['name'] } });
  });

  it('says its limits, values and what is required', () => {
    const schema: Schema = {
      required: ['a', 'c'],
      properties: { a: { type: 'string', minLength: 1, maxLength: 20 }, b: { type: 'integer', minimum: 1, maximum: 100, default: 25 }, c: { const: true }, d: { enum: ['x', null] }, e: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^<$' } } },
    };
    const text = words(shown(schema));
    expect(text).toContain('a string required 1 to 20 characters');
    expect(text).toContain('b integer 1 to 100 · default 25');
    expect(text).toContain('c boolean required Always true');
    expect(text).toContain('d string or null One of "x", null');
    expect(text).toContain('e array of string at least 1 entry pattern ^&lt;$');
  });

  it('of allOf is one list', () => {
    const schema: Schema = { allOf: [{ $ref: '#/components/schemas/Person' }, { required: ['age'], properties: { age: { type: 'integer' } } }] };
    const text = words(shown(schema));
    expect(text).toContain('name string required');
    expect(text).toContain('age integer required');
    expect(sample(schema, true)).toEqual({ name: 'text', age: 1 });
  });

  it('of allOf whose parts exclude each other keeps both', () => {
    const choice = (one: string, other: string): Schema => ({ oneOf: [{ title: one, type: 'string' }, { title: other, type: 'integer' }] });
    const text = words(shown({ allOf: [choice('A', 'B'), choice('C', 'D')] }));
    for (const title of ['A', 'B', 'C', 'D']) expect(text).toContain(title);
  });

  it('of oneOf and anyOf names the ways', () => {
    const ways: Schema[] = [{ $ref: '#/components/schemas/Person' }, { title: 'A number', type: 'integer', minimum: 3 }];
    expect(words(shown({ oneOf: ways }))).toMatch(/Exactly one of: Person object .*A number integer at least 3/);
    expect(words(shown({ anyOf: ways }))).toContain('At least one of: Person');
    expect(sample({ oneOf: ways }, true)).toEqual({ name: 'text' });
  });

  it('says in words which members exclude, need or follow from each other', () => {
    const two: Schema[] = [{ required: ['id'] }, { required: ['name'] }];
    const schema: Schema = {
      type: 'object',
      required: ['type'],
      properties: { type: { enum: ['user', 'business'] }, id: { type: 'string' }, name: { type: 'string' }, token: { type: 'string' } },
      if: { properties: { type: { const: 'user' } } },
      then: { oneOf: two },
      else: { properties: { id: false } },
      dependentRequired: { token: ['type'] },
      not: { required: ['id', 'token'] },
    };
    const text = words(shown(schema));
    expect(text).toContain('If type is "user": exactly one of id or name must be there.');
    expect(text).toContain('Unless type is "user": id is absent.');
    expect(text).toContain('token needs type.');
    expect(text).toContain('id and token must not be there together.');
    expect(sample(schema, true)).toEqual({ type: 'user', id: 'text' });
    expect(words(shown({ properties: schema.properties ?? {}, oneOf: two }))).toContain('exactly one of id or name must be there.');
  });

  it('of anything is an example of itself, where it has none', () => {
    expect(sample({ type: 'string', examples: ['given'] })).toBe('given');
    expect(sample({ type: ['null', 'string'], format: 'date-time' })).toBe('2026-09-01T10:00:00.000Z');
    expect(sample({ type: 'string', pattern: '^[A-Z]{3}$' })).toBe('EUR');
    expect(sample({ additionalProperties: { type: ['string', 'number'] } })).toEqual({ name: 'text' });
    expect(sample({ properties: { avatarUrl: { type: 'string' } } })).toEqual({ avatarUrl: 'https://example.com/' });
    expect(new Sampler(new Contract(contract().document, { Person: { name: 'Ana' } }), false).of({ $ref: '#/components/schemas/Person' })).toEqual({ name: 'Ana' });
  });
});

describe('a request', () => {
  const basic: Partial<Document> = { security: [{ basicAuth: [] }], components: { securitySchemes: { basicAuth: { type: 'http', scheme: 'basic' } } } };

  function request(operation: Partial<OperationObject>, body?: unknown): string {
    const whole = contract({}, operation, basic);
    const [first] = whole.operations();
    return first ? curl(whole, first, body) : '';
  }

  it('is a line of curl that a shell reads as it is meant', () => {
    const parameters: OperationObject['parameters'] = [
      { name: 'id', in: 'path', example: 'a/b' },
      { name: 'filter[a]', in: 'query', required: true, example: 'x y' },
      { name: 'page', in: 'query' },
    ];
    expect(request({ parameters })).toBe(`curl 'https://chat.example.com/it/a%2Fb?filter%5Ba%5D=x%20y' \\\n  -u "$KEY_ID:$SECRET"`);
    const json = { requestBody: { content: { 'application/json': {} } }, security: [] };
    expect(request(json, { it: "isn't" })).toBe(`curl 'https://chat.example.com/it/ID' \\\n  -H 'Content-Type: application/json' \\\n  -d '{\n  "it": "isn'\\''t"\n}'`);
  });

  it('sends forms and files', () => {
    const schema: Schema = { required: ['source', 'name'], properties: { source: { type: 'string', format: 'binary' }, name: { type: 'string' }, more: { type: 'string' } } };
    expect(request({ security: [], requestBody: { content: { 'multipart/form-data': { schema } } } })).toBe(`curl 'https://chat.example.com/it/ID' \\\n  -F 'source=@FILE' \\\n  -F 'name=text'`);
  });
});

describe('the page', () => {
  it('groups operations by tag and lists their parts', () => {
    const whole = contract(
      {},
      {
        tags: ['things'],
        summary: 'Gets it.',
        security: [{}, { basicAuth: [] }],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          '200': { description: 'It.', content: { 'application/json': { schema: { $ref: '#/components/schemas/Person' } } } },
          '404': { description: '`not_found`: it is gone.', 'x-codes': ['not_found', 'app_not_found'], headers: { 'Retry-After': {} }, content: { 'text/plain': {} } },
        },
      },
      { tags: [{ name: 'things', description: 'All things.' }] },
    );
    const page = reference(whole);
    expect(page).toContain('id="operation-getIt" data-operation="GET /it/{id}"');
    const text = words(page.slice(page.indexOf('id="tag-things"')));
    expect(text).toContain('Things All things. Gets it GET /it/{id} Credentials none or basicAuth');
    expect(text).toContain('Path id string required');
    expect(text).toContain('200 It. application/json Person');
    expect(text).toContain('404 app_not_found not_found: it is gone. Body: text/plain . Headers: Retry-After.');
  });
});
