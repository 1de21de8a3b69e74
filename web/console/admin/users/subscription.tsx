import { h } from 'preact';
import type { JSX } from 'preact';
import { date } from '../../times.ts';
import { useLoaded } from '../parts/loaded.tsx';
import { adminTexts } from '../words.ts';

/** Whether a user gets mail about answers, which is theirs to say. */
export function Subscription({ path }: { path: string }): JSX.Element {
  const { users: words } = adminTexts.value;
  const { value } = useLoaded<{ stoppedAt?: string }>(`${path}/subscription`);
  return <span>{value && (value.stoppedAt ? words.mailStopped(date(value.stoppedAt)) : words.mailWanted)}</span>;
}
