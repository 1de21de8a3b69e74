import type { Signal } from '@preact/signals';
import type { Session } from '../api/people.ts';

/** An app has another name: whoever is signed in sees it everywhere. */
export function renameIn(session: Signal<Session | undefined>, { id, name }: { id: string; name: string }): void {
  if (!session.value) return;
  session.value = { ...session.value, apps: session.value.apps.map((one) => (one.id === id ? { ...one, name } : one)) };
}
