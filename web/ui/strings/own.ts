import { formats } from '../time.ts';
import type { Spoken } from './speech.ts';

const token = /\[([^\]]*)\]|Y{4}|YY?|M{1,4}|D[Do]?|d{1,4}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|[Aa]|LTS?|L{1,4}/g;

/** What few host pages set among their texts: dates in formats of their own, what errors begin with, and another word on a touch screen. */
export function adopt({ strings, locale }: Spoken): void {
  const texts = strings as unknown as Record<string, string>;
  const { messageTimestampFormat, conversationTimestampHeaderFormat, conversationListTimestampFormat } = texts;
  const own = { [locale]: messageTimestampFormat, day: conversationTimestampHeaderFormat, list: conversationListTimestampFormat };
  for (const [name, format] of Object.entries(own)) if (format) formats.set(name, { format: (at) => dated(format, at, locale) });
  const { errorPrefix = '', tapToRetry } = texts;
  for (const [name, text] of Object.entries(texts)) if (/Error|^location/.test(name)) texts[name] = errorPrefix + text;
  if (tapToRetry && matchMedia('(pointer: coarse)').matches) strings.clickToRetry = tapToRetry;
}

/** A time in the tokens of the documented widget, in the words of the locale; `[…]` stands for itself. */
export function dated(format: string, at: number, locale: string): string {
  const time = new Date(at);
  const say = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options).format(at);
  const part = (type: Intl.DateTimeFormatPartTypes, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, options).formatToParts(at).find((one) => one.type === type)?.value ?? '';
  const padded = (value: number) => String(value).padStart(2, '0');
  const [day, hour] = [time.getDate(), time.getHours()];
  const clock = { hour: 'numeric', minute: '2-digit' } as const;
  const values: Record<string, () => string | number> = {
    YYYY: () => time.getFullYear(),
    YY: () => padded(time.getFullYear() % 100),
    Y: () => time.getFullYear(),
    M: () => time.getMonth() + 1,
    MM: () => padded(time.getMonth() + 1),
    MMM: () => part('month', { month: 'short', day: 'numeric' }),
    MMMM: () => part('month', { month: 'long', day: 'numeric' }),
    D: () => day,
    DD: () => padded(day),
    Do: () => (locale.startsWith('en') ? ordinal(day) : day),
    d: () => time.getDay(),
    dd: () => say({ weekday: 'short' }).slice(0, 2),
    ddd: () => say({ weekday: 'short' }),
    dddd: () => say({ weekday: 'long' }),
    H: () => hour,
    HH: () => padded(hour),
    h: () => hour % 12 || 12,
    hh: () => padded(hour % 12 || 12),
    m: () => time.getMinutes(),
    mm: () => padded(time.getMinutes()),
    s: () => time.getSeconds(),
    ss: () => padded(time.getSeconds()),
    A: () => part('dayPeriod', { hour: 'numeric', hour12: true }).toLocaleUpperCase(locale),
    a: () => part('dayPeriod', { hour: 'numeric', hour12: true }).toLocaleLowerCase(locale),
    LT: () => say(clock),
    LTS: () => say({ ...clock, second: '2-digit' }),
    L: () => say({ year: 'numeric', month: '2-digit', day: '2-digit' }),
    LL: () => say({ dateStyle: 'long' }),
    LLL: () => say({ dateStyle: 'long', timeStyle: 'short' }),
    LLLL: () => say({ dateStyle: 'full', timeStyle: 'short' }),
  };
  return format.replace(token, (name, literal?: string) => literal ?? String(values[name]?.() ?? name));
}

function ordinal(day: number): string {
  const isTeen = day > 10 && day < 14;
  return `${day}${(!isTeen && ['', 'st', 'nd', 'rd'][day % 10]) || 'th'}`;
}
