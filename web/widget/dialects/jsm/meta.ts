/** An entry of the page about its visitor (contracts/jsm-chat.md section 4.1). */
export interface Meta {
  name: string;
  value: unknown;
  /** Agents see it beside the conversation. */
  render?: boolean;
}

/** What the server takes of a client, in bytes, names and values together. */
const mostBytes = 4096;

/** The entries as the server keeps them. What is too much is left out, so that nobody is kept from signing in by it. */
export function infoOf(meta: unknown): Record<string, string> | undefined {
  if (!Array.isArray(meta)) return undefined;
  const entries = (meta as (Partial<Meta> | null)[]).filter((entry): entry is Meta => !!entry?.name);
  const info: Record<string, string> = {};
  let bytes = 0;
  const add = (name: string, value: string) => {
    bytes += new TextEncoder().encode(name + value).length;
    if (bytes <= mostBytes) info[name] = value;
  };
  const rendered = entries.filter(({ render }) => render);
  if (rendered.length > 0) add('meta.render', rendered.map(({ name }) => name).join());
  for (const { name, value } of entries) add(`meta.${name}`, String(value));
  return info;
}
