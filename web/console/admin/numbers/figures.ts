/** What was done in some time, as the server counts it. */
export interface Figures {
  opened?: number;
  answered: number;
  closed: number;
  firstResponse?: Took;
  resolution?: Took;
  /** Absent: nobody was asked, and nobody rated. */
  ratings?: Ratings;
}

interface Ratings {
  asked: number;
  given: number;
  good: number;
}

interface Took {
  medianSeconds: number;
  p90Seconds: number;
  count: number;
}

export interface DayFigures extends Figures {
  date: string;
}

export interface AgentFigures extends Figures {
  date?: string;
  /** Absent: programs and assistants. */
  agent?: { id: string; name: string };
}

export interface Numbers {
  timeZone: string;
  from: string;
  to: string;
  all: Figures;
  before: Figures;
  days: DayFigures[];
  agents: AgentFigures[];
  agentDays: AgentFigures[];
}

export type Measure = 'opened' | 'closed' | 'firstResponse' | 'resolution' | 'good' | 'rated';

export const workMeasures: readonly Measure[] = ['opened', 'closed', 'firstResponse', 'resolution'];
export const ratingMeasures: readonly Measure[] = ['good', 'rated'];

/** What a measure is measured in: how many, the middle of times in seconds, or a part of a whole. Of times less is better, of parts more. */
export const kinds: Record<Measure, 'count' | 'time' | 'part'> = {
  opened: 'count', closed: 'count', firstResponse: 'time', resolution: 'time', good: 'part', rated: 'count',
};

/** The value of a measure; undefined where there is nothing to measure. */
export function valueOf(figures: Figures, measure: Measure): number | undefined {
  if (measure === 'opened' || measure === 'closed') return figures[measure] ?? 0;
  if (measure === 'rated') return figures.ratings?.given ?? 0;
  return measure === 'good' ? goodPart(figures) : figures[measure]?.medianSeconds;
}

/** Which part of the ratings is good. */
export function goodPart({ ratings }: Figures): number | undefined {
  return ratings?.given ? ratings.good / ratings.given : undefined;
}

/** How much more it is than it was, as a part of that: 0.5 for half as much again; of what is a part itself, the difference. Unknown where there was nothing. */
export function changeOf(now: number | undefined, before: number | undefined, kind: 'count' | 'time' | 'part'): number | undefined {
  if (now === undefined || before === undefined) return undefined;
  if (kind === 'part') return now - before;
  return before ? now / before - 1 : undefined;
}
