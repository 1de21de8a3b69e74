export interface Preset {
  name: 'hour' | 'tonight' | 'tomorrow' | 'week';
  at: Date;
}

const evening = 18;
const morning = 8;
const monday = 1;

/** Until when one may want to put something off, in the agent's own time. The evening is offered as long as it is a while away. */
export function presets(now: Date): Preset[] {
  const on = (days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const daysToMonday = (monday - now.getDay() + 7) % 7 || 7;
  return [
    { name: 'hour', at: new Date(now.getTime() + 60 * 60_000) },
    ...(now.getHours() < evening - 1 ? [{ name: 'tonight' as const, at: on(0, evening) }] : []),
    { name: 'tomorrow', at: on(1, morning) },
    { name: 'week', at: on(daysToMonday, morning) },
  ];
}
