/** The names that may stand in a canned reply between {{ and }}; the server refuses others. */
export const variables = ['user.name', 'user.first_name', 'user.email', 'agent.name', 'agent.first_name', 'app.name'] as const;
export type Variable = (typeof variables)[number];
export type Values = Partial<Record<Variable, string>>;

const form = /\{\{([^{}|]*)(?:\|([^{}]*))?\}\}/g;
/** What Markdown would take for more than a letter. */
const marks = /[\\`*_[\]<>~#]/g;

function isVariable(name: string): name is Variable {
  return (variables as readonly string[]).includes(name);
}

/** The text with its variables filled in; one without a value and a fallback stays as it is. Names of people mean no Markdown. */
export function filled(text: string, values: Values): string {
  return text.replace(form, (whole, name: string, fallback?: string) => {
    const variable = name.trim();
    if (!isVariable(variable)) return whole;
    return asWritten(values[variable] ?? '') || fallback?.trim() || whole;
  });
}

/** The variables that are still to be filled in, each once. */
export function unfilled(text: string): string[] {
  const left = [...text.matchAll(form)].filter(([, name = '']) => isVariable(name.trim())).map(([whole]) => whole);
  return [...new Set(left)];
}

export function firstNameOf(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}

/** In one line; only a value that has the form of Markdown is escaped, so that a plain answer stays plain. */
function asWritten(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return /[*`[\]<\\]|(?<!\w)_|^[#>]|_(?!\w)/.test(line) ? line.replace(marks, '\\$&') : line;
}
