import type { AgentFigures, DayFigures, Figures, Numbers } from '../console/admin/numbers/figures.ts';

const days = 30;
const dayMs = 24 * 60 * 60_000;

/** What a shop with two agents does in a month: quiet at weekends, quicker than the month before. No server has a month behind it for a picture. */
export function aMonth(agents: { id: string; name: string }[]): Numbers {
  const chance = chances(7);
  const all = Array.from({ length: days }, (_, i) => aDay(new Date(Date.now() - (days - 1 - i) * dayMs), chance));
  const total = together(all);
  return {
    timeZone: 'Europe/Berlin',
    from: all[0]?.date ?? '',
    to: all.at(-1)?.date ?? '',
    all: total,
    before: { ...total, opened: 371, closed: 352, firstResponse: { medianSeconds: 561, p90Seconds: 4_210, count: 340 }, resolution: { medianSeconds: 9_720, p90Seconds: 61_000, count: 352 }, ratings: { asked: 310, given: 96, good: 83 } },
    days: all,
    agents: agents.map((agent, i): AgentFigures => ({ ...part(total, i ? 0.42 : 0.58), agent })),
    agentDays: [],
  };
}

function aDay(at: Date, chance: () => number): DayFigures {
  const isWeekend = at.getUTCDay() % 6 === 0;
  const opened = Math.round((isWeekend ? 3 : 14) + chance() * (isWeekend ? 4 : 10));
  const closed = Math.max(1, opened - Math.round(chance() * 4));
  const given = Math.round(closed * (0.2 + chance() * 0.2));
  return {
    date: at.toISOString().slice(0, 10),
    opened,
    answered: opened,
    closed,
    firstResponse: { medianSeconds: Math.round(200 + chance() * 280), p90Seconds: 2_400, count: opened },
    resolution: { medianSeconds: Math.round(4_800 + chance() * 4_400), p90Seconds: 40_000, count: closed },
    ratings: { asked: closed, given, good: Math.max(0, given - Math.round(chance() * 1.2)) },
  };
}

function together(all: DayFigures[]): Figures {
  const sum = (value: (day: DayFigures) => number | undefined) => all.reduce((total, day) => total + (value(day) ?? 0), 0);
  const opened = sum((day) => day.opened);
  const closed = sum((day) => day.closed);
  return {
    opened,
    answered: opened,
    closed,
    firstResponse: { medianSeconds: 341, p90Seconds: 2_880, count: opened },
    resolution: { medianSeconds: 6_840, p90Seconds: 43_200, count: closed },
    ratings: { asked: closed, given: sum((day) => day.ratings?.given), good: sum((day) => day.ratings?.good) },
  };
}

function part({ answered, closed, firstResponse, resolution, ratings }: Figures, of: number): Figures {
  const some = (count = 0) => Math.round(count * of);
  return { answered: some(answered), closed: some(closed), firstResponse, resolution, ratings: ratings && { asked: some(ratings.asked), given: some(ratings.given), good: some(ratings.good) } };
}

/** The same at each taking. */
function chances(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}
