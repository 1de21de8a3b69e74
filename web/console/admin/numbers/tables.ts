import type { AgentFigures, DayFigures, Figures } from './figures.ts';

export interface Columns {
  date: string;
  agent: string;
  opened: string;
  answered: string;
  closed: string;
  firstResponse: string;
  firstResponseP90: string;
  resolution: string;
  resolutionP90: string;
  asked: string;
  rated: string;
  good: string;
}

/** How cells say what is no number of things. */
export interface Say {
  seconds(seconds: number | undefined): string;
  good(figures: Figures): string;
}

const rest = (figures: Figures, say: Say): string[] => {
  const { firstResponse, resolution, ratings } = figures;
  const times = [firstResponse?.medianSeconds, firstResponse?.p90Seconds, resolution?.medianSeconds, resolution?.p90Seconds].map(say.seconds);
  return [...times, String(ratings?.asked ?? 0), String(ratings?.given ?? 0), say.good(figures)];
};

const restNames = (names: Columns): string[] =>
  [names.firstResponse, names.firstResponseP90, names.resolution, names.resolutionP90, names.asked, names.rated, names.good];

/** Days as rows below their names, the first one first. */
export function daysTable(days: DayFigures[], names: Columns, say: Say, date = (day: string) => day): string[][] {
  return [
    [names.date, names.opened, names.answered, names.closed, ...restNames(names)],
    ...days.map((day) => [date(day.date), String(day.opened ?? 0), String(day.answered), String(day.closed), ...rest(day, say)]),
  ];
}

/** Agents as rows below their names; with a first column where they are those of days. */
export function agentsTable(agents: AgentFigures[], names: Columns, say: Say, nameOf: (of: AgentFigures) => string): string[][] {
  const isByDay = agents.some(({ date }) => date !== undefined);
  return [
    [...(isByDay ? [names.date] : []), names.agent, names.answered, names.closed, ...restNames(names)],
    ...agents.map((of) => [...(isByDay ? [of.date ?? ''] : []), nameOf(of), String(of.answered), String(of.closed), ...rest(of, say)]),
  ];
}
