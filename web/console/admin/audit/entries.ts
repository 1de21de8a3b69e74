import type { AuditEntry } from '../api.ts';

/** Who did it: by the best name that the entry has. */
export function actorOf({ actor: { kind, name, id } }: AuditEntry, kinds: Partial<Record<string, string>>): string {
  return name || [kinds[kind] ?? kind, id].filter(Boolean).join(' ');
}

/** Details in one line. */
export function detailOf({ detail }: AuditEntry): string {
  return Object.entries(detail ?? {})
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
}

/** Whether an entry has all the words, wherever in it. */
export function matches(entry: AuditEntry, filter: string): boolean {
  const { actor, action, target } = entry;
  const whole = [actor.kind, actor.name, actor.id, action, target, detailOf(entry)].join(' ').toLocaleLowerCase();
  return filter.trim().toLocaleLowerCase().split(/\s+/).every((word) => whole.includes(word));
}
