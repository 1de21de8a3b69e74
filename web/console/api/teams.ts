/** The shapes of the calls about teams. */
import type { Named } from './inbox.ts';

export const routings = ['manual', 'round_robin'] as const;
export type Routing = (typeof routings)[number];

/** Agents that conversations are assigned to together. */
export interface Team {
  id: string;
  name: string;
  routing: Routing;
  /** What users begin comes to it. */
  intake: boolean;
  members: Named[];
}
