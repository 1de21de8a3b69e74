import { describe, expect, it } from 'vitest';
import { copied, endOf, endsNextDay, inField, nextInterval, placeOf, weekdays } from './hours.ts';
import type { Hours } from './hours.ts';

describe('hours in a form', () => {
  it('propose a working day, then what comes after a pause, and then nothing', () => {
    expect(nextInterval([])).toEqual({ from: '09:00', to: '17:00' });
    expect(nextInterval([{ from: '09:00', to: '12:00' }])).toEqual({ from: '13:00', to: '15:00' });
    expect(nextInterval([{ from: '09:00', to: '22:30' }])).toEqual({ from: '', to: '' });
    expect(nextInterval([{ from: '09:00', to: '22:00' }])).toEqual({ from: '23:00', to: '24:00' });
    expect(nextInterval([{ from: '20:00', to: '02:00' }])).toEqual({ from: '', to: '' });
  });

  it('end at midnight, which a field shows as 00:00', () => {
    expect([inField('24:00'), inField('17:00'), endOf('00:00'), endOf('17:00')]).toEqual(['00:00', '17:00', '24:00', '17:00']);
    expect(endsNextDay({ from: '00:00', to: '24:00' })).toBe(false);
    expect(endsNextDay({ from: '20:00', to: '02:00' })).toBe(true);
    expect(endsNextDay({ from: '20:00', to: '' })).toBe(false);
  });

  it('are copied to other days, which then change by themselves', () => {
    const week = Object.fromEntries(weekdays.map((day) => [day, day === 'monday' ? [{ from: '09:00', to: '17:00' }] : []])) as unknown as Hours['week'];
    const after = copied(week, 'monday', ['tuesday', 'friday']);
    expect(after.friday).toEqual(week.monday);
    expect(after.friday[0]).not.toBe(week.monday[0]);
    expect([after.wednesday, after.sunday, week.friday]).toEqual([[], [], []]);
  });

  it('say where a refusal belongs', () => {
    expect(['week.friday', 'week.friday[1].to', 'holidays[12].last', 'holidays', 'week.someday', undefined].map(placeOf)).toEqual(['friday', 'friday', 12, undefined, undefined, undefined]);
  });
});
