/** The API reference: one page of everything that the contract says, made when the front ends are built. */
import { refTo } from './contract.ts';
import type { Contract, Operation } from './contract.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { markdown } from './markdown.ts';
import { Operations, methodBadge, operationAnchor, titleOf } from './operation.ts';
import { Sampler } from './sample.ts';
import { Schemas, anchorOf } from './schema.ts';

/** A tag with its operations. */
interface Group {
  name: string;
  anchor: string;
  description: string | undefined;
  operations: Operation[];
}

/** Where operations stand that have no tag. */
const untagged = 'other';

/** What stands inside the body of reference.html. */
export function reference(contract: Contract): string {
  const { info } = contract.document;
  const groups = groupsOf(contract);
  const operations = new Operations(contract);
  const contents = contentsOf(contract, groups);
  return html`<a class="skip" href="#content">Skip to the content</a>
<nav class="contents side" aria-label="Contents"><p class="brand">${info.title} API</p>${contents}</nav>
<main id="content">
<header>
<h1>${info.title} API</h1>
${info.summary !== undefined && html`<p class="lead">${info.summary}</p>`}
<p class="version">Version ${info.version} · the same for programs, with the calls of the console: <a href="/openapi.yaml">openapi.yaml</a></p>
</header>
<nav class="contents top" aria-label="Contents"><details><summary>Contents</summary>${contents}</details></nav>
<div class="text introduction">${markdown(info.description ?? '', -1)}</div>
${credentials(contract)}
${groups.map(
  ({ name, anchor, description, operations: all }) => html`<section class="group" aria-labelledby="${anchor}">
<h2 id="${anchor}">${name}</h2>${description !== undefined && markdown(description)}
${all.map((operation) => operations.section(operation))}</section>
`,
)}
${schemasOf(contract)}
</main>`.text;
}

function groupsOf(contract: Contract): Group[] {
  const all = contract.operations();
  const told = contract.document.tags ?? [];
  const names = new Set([...told.map(({ name }) => name), ...all.map(tagOf)]);
  return [...names].flatMap((name) => {
    const operations = all.filter((operation) => tagOf(operation) === name);
    const { description } = told.find((tag) => tag.name === name) ?? {};
    return operations.length ? [{ name: capitalised(name), anchor: `tag-${name.replaceAll(' ', '-')}`, description, operations }] : [];
  });
}

const tagOf = ({ tags = [] }: Operation) => tags[0] ?? untagged;

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const schemaNames = (contract: Contract) => Object.keys(contract.document.components?.schemas ?? {}).sort((one, other) => one.localeCompare(other));

function contentsOf(contract: Contract, groups: Group[]): Html {
  const entry = (anchor: string, label: string | Html) => html`<li><a href="#${anchor}">${label}</a></li>`;
  return html`<ul>${entry('content', 'Introduction')}${entry('credentials', 'Credentials')}
${groups.map(
  ({ name, anchor, operations }) => html`<li><a class="tag" href="#${anchor}">${name}</a>
<ul>${operations.map((operation) => entry(operationAnchor(operation), html`${methodBadge(operation.method)} <span>${titleOf(operation)}</span>`))}</ul></li>
`,
)}<li><a class="tag" href="#schemas">Schemas</a><details><summary>All ${schemaNames(contract).length}</summary><ul>${schemaNames(contract).map((name) => entry(anchorOf(name), name))}</ul></details></li></ul>`;
}

function credentials(contract: Contract): Html {
  const { components, servers = [] } = contract.document;
  return html`<section class="text" aria-labelledby="credentials"><h2 id="credentials">Credentials</h2>
${Object.entries(components?.securitySchemes ?? {}).map(
  ([name, { type, scheme, description }]) => html`<h3 id="credentials-${name}">${name}</h3><p class="media"><code>${scheme === undefined ? type : `Authorization: ${capitalised(scheme)} …`}</code></p>
${description !== undefined && markdown(description)}`,
)}
${servers.length > 0 && html`<h3>Base addresses</h3><ul class="members">${servers.map(({ url, description }) => html`<li><p class="member"><code class="name">${url}</code></p>${description !== undefined && markdown(description)}</li>`)}</ul>`}</section>`;
}

function schemasOf(contract: Contract): Html {
  const schemas = new Schemas(contract);
  const sampler = new Sampler(contract, false);
  return html`<section class="group" aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>
${schemaNames(contract).map((name) => {
  const ref = refTo(name);
  const { description, deprecated } = contract.schema(ref).schema;
  const sample = sampler.of(ref);
  return html`<section class="operation" id="${anchorOf(name)}"><div class="text">
<h3><a href="#${anchorOf(name)}">${name}</a></h3>
${deprecated && html`<p class="note">Deprecated.</p>`}${description !== undefined && markdown(description)}${schemas.body(ref, 0)}</div>
${typeof sample === 'object' && sample !== null && Object.keys(sample).length > 0 && html`<div class="examples"><figure><figcaption>Example</figcaption><pre><code>${JSON.stringify(sample, null, 2)}</code></pre></figure></div>`}</section>
`;
})}</section>`;
}
