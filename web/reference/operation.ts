/** The section of one operation: what it takes, what it answers, and how both look. */
import type { Contract, Media, Operation, Response } from './contract.ts';
import { html, joined } from './html.ts';
import type { Html, Part } from './html.ts';
import { line, markdown } from './markdown.ts';
import { curl } from './request.ts';
import { Sampler } from './sample.ts';
import { Schemas, anchorOf } from './schema.ts';

/** How deep references are unfolded: a body is read member by member, an answer more often by its example. */
const unfolded = { body: 3, answer: 2 };

/** The body of nearly every refusal, which is said once. */
const usual = 'Problems';

const places = { path: 'Path', query: 'Query', header: 'Headers', cookie: 'Cookies' } as const;

export const operationAnchor = ({ operationId }: Operation) => `operation-${operationId}`;

/** An operation in a few words. */
export const titleOf = ({ summary, operationId }: Operation) => line((summary ?? operationId).replace(/\.$/, ''));

export const methodBadge = (method: string) => html`<span class="method ${method.toLowerCase()}">${method}</span>`;

/** A path that may be broken between its steps. */
export function breakable(path: string): Part {
  return joined(path.split(/(?<=\/)(?=.)/), html`<wbr>`);
}

export class Operations {
  private readonly schemas: Schemas;

  constructor(private readonly contract: Contract) {
    this.schemas = new Schemas(contract);
  }

  section(operation: Operation): Html {
    const { method, path, description, deprecated } = operation;
    const anchor = operationAnchor(operation);
    return html`<section class="operation" id="${anchor}" data-operation="${method} ${path}">
<div class="text">
<h3><a href="#${anchor}">${titleOf(operation)}</a></h3>
<p class="route">${methodBadge(method)} <code>${breakable(path)}</code></p>
${deprecated && html`<p class="note">Deprecated.</p>`}${description !== undefined && markdown(description)}
${this.credentials(operation)}${this.parameters(operation)}${this.body(operation)}${this.answers(operation)}${this.refusals(operation)}
</div>
${this.examples(operation)}
</section>
`;
  }

  private credentials({ security = this.contract.document.security ?? [] }: Operation): Html {
    const ways = security.map((way) => {
      const names = Object.keys(way);
      return names.length ? joined(names.map((name) => html`<a href="#credentials-${name}">${name}</a>`), ' and ') : 'none';
    });
    return html`<p class="credentials"><b>Credentials</b> ${ways.length ? joined(ways, ' or ') : 'none'}</p>`;
  }

  private parameters({ parameters }: Operation): Html[] {
    return Object.entries(places).flatMap(([place, title]) => {
      const rows = parameters.filter((one) => one.in === place).map(({ name, schema = true, required, description }) => ({ name, schema, required, description }));
      return rows.length ? [html`<h4>${title}</h4>${this.schemas.rows(rows, 1)}`] : [];
    });
  }

  private body({ requestBody }: Operation): Html | undefined {
    if (!requestBody) return undefined;
    const { content, required, description } = this.contract.resolve(requestBody);
    const [, first] = Object.entries(content)[0] ?? [];
    return html`<h4>Body</h4><p class="media">${this.media(content)}${required && html` <span class="required">required</span>`}</p>
${description !== undefined && markdown(description)}${first?.schema !== undefined && this.schemas.body(first.schema, unfolded.body)}`;
  }

  /** The media types of a body, each with its schema. */
  private media(content: Record<string, Media>): Part {
    const types = Object.entries(content).map(([type, { schema }]) => html`<code>${type}</code> ${schema !== undefined && this.schemas.label(schema)}`);
    return joined(types, ' or ');
  }

  private responses({ responses = {} }: Operation): [string, Response][] {
    return Object.entries(responses).map(([status, response]) => [status, this.contract.resolve(response)]);
  }

  private answers(operation: Operation): Html {
    return html`<h4>Answers</h4>${this.responses(operation).filter(succeeds).map(([status, response]) => this.answer(status, response))}`;
  }

  private answer(status: string, { description, content = {}, headers = {} }: Response): Html {
    const rows = Object.entries(headers).map(([name, header]) => {
      const { schema = true, required, description: said } = this.contract.resolve(header);
      return { name, schema, required, description: said };
    });
    const media = Object.values(content)[0];
    return html`<div class="answer"><p><span class="status">${status}</span> ${line(description.trim())}</p>
${Object.keys(content).length > 0 && html`<p class="media">${this.media(content)}</p>`}
${rows.length > 0 && html`<details class="nested"><summary>Headers</summary>${this.schemas.rows(rows, 0)}</details>`}
${media?.schema !== undefined && this.schemas.body(media.schema, unfolded.answer)}</div>`;
  }

  private refusals(operation: Operation): Html | undefined {
    const refusals = this.responses(operation).filter((one) => !succeeds(one)).sort(([one], [other]) => one.localeCompare(other));
    if (!refusals.length) return undefined;
    const isUsual = refusals.some(([, { content }]) => this.isUsual(content));
    return html`<details class="refusals"><summary>Errors <span class="statuses">${refusals.map(([status]) => status).join(' ')}</span></summary>
${isUsual && html`<p>The body is <a href="#${anchorOf(usual)}">${usual}</a> unless said otherwise.</p>`}
${operation['x-codes'] && html`<p>Codes: ${codes(operation['x-codes'])}</p>`}
<div class="box"><table class="narrow"><thead><tr><th scope="col">Status</th><th scope="col">Codes and their meaning</th></tr></thead>
<tbody>${refusals.map(([status, response]) => this.refusal(status, response))}</tbody></table></div></details>`;
  }

  private isUsual(content: Record<string, Media> | undefined): boolean {
    const schema = Object.values(content ?? {})[0]?.schema;
    return schema !== undefined && this.contract.schema(schema).name === usual;
  }

  private refusal(status: string, { description, content = {}, headers = {}, 'x-codes': own = [] }: Response): Html {
    const names = Object.keys(headers).map((name) => html`<code>${name}</code>`);
    const unsaid = own.filter((one) => !description.includes(one));
    const body = !this.isUsual(content) && Object.keys(content).length > 0 && html` <span class="media">Body: ${this.media(content)}.</span>`;
    return html`<tr><td><span class="status refused">${status}</span></td><td>${codes(unsaid)} ${line(description.trim())}${body}${names.length > 0 && html` Headers: ${joined(names, ', ')}.`}</td></tr>
`;
  }

  /** The request and the first answer that has a body. */
  private examples(operation: Operation): Html {
    const requests = this.requests(operation);
    const [first] = requests;
    const upgrades = operation.responses?.['101'] !== undefined;
    const answers = this.responses(operation).filter(succeeds).map(([status, { content }]) => ({ status, text: this.example(content) }));
    const answer = answers.find(({ text }) => text !== undefined);
    return html`<div class="examples">
${!upgrades && figure(first?.title ? `Request: ${first.title}` : 'Request', curl(this.contract, operation, first?.value))}
${requests.slice(1).map(({ title, value }) => figure(`Body: ${title}`, JSON.stringify(value, null, 2)))}
${answer?.text !== undefined && figure(`Answer ${answer.status}`, answer.text)}
</div>`;
  }

  private requests({ requestBody }: Operation): { title: string; value: unknown }[] {
    const media = requestBody && this.contract.resolve(requestBody).content['application/json'];
    if (!media) return [];
    const given = Object.entries(media.examples ?? {}).map(([name, example]) => ({ name, ...this.contract.resolve(example) }));
    if (given.length) return given.map(({ name, summary, value }) => ({ title: summary ?? name, value }));
    return [{ title: '', value: media.example ?? new Sampler(this.contract, true).of(media.schema ?? true) }];
  }

  private example(content: Record<string, Media> = {}): string | undefined {
    const media = content['application/json'];
    if (!media) return undefined;
    const [first] = Object.values(media.examples ?? {});
    const value = media.example ?? (first && this.contract.resolve(first).value) ?? new Sampler(this.contract, false).of(media.schema ?? true);
    return value === undefined ? undefined : JSON.stringify(value, null, 2);
  }
}

const succeeds = ([status]: [string, Response]) => /^[123]/.test(status);

const codes = (all: readonly string[]) => joined(all.map((one) => html`<code>${one}</code>`), ' ');

function figure(title: string, text: string): Html {
  return html`<figure><figcaption>${title}</figcaption><pre><code>${text}</code></pre></figure>`;
}
