// Times as people say them. Every time shows its weekday, or names its day (今晚, 明天).
import { parseZonedDateTime } from '@internationalized/date';
import { m } from './messages';
import { getLocale } from './paraglide/runtime.js';
import { schoolNow } from './school.svelte';

/** An ISO instant ("…Z", "…+08:00") or an RFC 9557 string ("2026-11-26T09:30[Asia/Shanghai]"). */
export type At = string;

const OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/i;
const DAY_MS = 86_400_000;

export function instant(at: At): Date {
  const bare = at.replace(/\[.*$/, '');
  return OFFSET.test(bare) ? new Date(bare) : parseZonedDateTime(at).toDate();
}

interface Parts {
  year: number;
  month: string;
  day: string;
  weekday: string;
  hour: number;
  time: string;
  /** Days since 1970 as the zone's calendar counts them, for "tomorrow". */
  ordinal: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(locale: string, zone: string, kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${kind}`;
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })));
  return found;
}

function parts(date: Date, zone: string): Parts {
  const digits = format('en-GB', zone, 'digits', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const of: Record<string, string> = {};
  for (const { type, value } of digits.formatToParts(date)) of[type] = value;
  const [year, month, day, hour, minute] = [of.year, of.month, of.day, of.hour, of.minute].map((v) => v ?? '');
  return {
    year: Number(year),
    month: month!,
    day: day!,
    weekday: format(getLocale(), zone, 'weekday', { weekday: 'short' }).format(date),
    hour: Number(hour),
    time: `${hour}:${minute}`,
    ordinal: Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY_MS,
  };
}

function dayOf(p: Parts, thisYear: number): string {
  const given = { year: p.year, month: p.month, day: p.day, weekday: p.weekday };
  return p.year === thisYear ? m.common_when_day(given) : m.common_when_day_year(given);
}

/** "09:30" — only beside something that names the day. */
export function clock(at: At, zone: string): string {
  return parts(instant(at), zone).time;
}

/** "11-26 周四", with the year when it is another one. */
export function day(at: At, zone: string, now = schoolNow()): string {
  return dayOf(parts(instant(at), zone), parts(now, zone).year);
}

/** "11 月 26 日 星期四", for titles. */
export function longDay(at: At, zone: string): string {
  const date = instant(at);
  const p = parts(date, zone);
  // English names its months, Chinese counts them.
  const month = getLocale() === 'en' ? format('en', zone, 'month', { month: 'long' }).format(date) : Number(p.month);
  const weekday = format(getLocale(), zone, 'long-weekday', { weekday: 'long' }).format(date);
  return m.common_when_long_day({ month, day: Number(p.day), weekday });
}

/** "11-26 周四 09:30". */
export function moment(at: At, zone: string, now = schoolNow()): string {
  const p = parts(instant(at), zone);
  return m.common_when_moment({ day: dayOf(p, parts(now, zone).year), time: p.time });
}

/** "11-27 周五 09:30–11:00". */
export function span(from: At, to: At, zone: string, now = schoolNow()): string {
  const a = parts(instant(from), zone);
  const b = parts(instant(to), zone);
  if (a.ordinal === b.ordinal) return `${moment(from, zone, now)}–${b.time}`;
  return m.common_when_span({ from: moment(from, zone, now), to: moment(to, zone, now) });
}

/** "今晚 20:00", "明天 09:30", "周二 20:00", then "12-08 周二 20:00". */
export function soon(at: At, zone: string, now = schoolNow()): string {
  const p = parts(instant(at), zone);
  const days = p.ordinal - parts(now, zone).ordinal;
  const time = p.time;
  if (days === 0) return p.hour >= 18 ? m.common_when_tonight({ time }) : m.common_when_today({ time });
  if (days === 1) return m.common_when_tomorrow({ time });
  if (days === -1) return m.common_when_yesterday({ time });
  if (days > 1 && days < 7) return m.common_when_weekday({ weekday: p.weekday, time });
  return moment(at, zone, now);
}

/** "今晚 20:00 前": the time by which something is due. */
export function by(at: At, zone: string, now = schoolNow()): string {
  return m.common_when_by({ when: soon(at, zone, now) });
}

/** "刚刚", "12 分钟前", then the time itself. */
export function ago(at: At, zone: string, now = schoolNow()): string {
  const minutes = Math.floor((now.getTime() - instant(at).getTime()) / 60_000);
  if (minutes < 1 && minutes > -5) return m.common_when_now();
  if (minutes > 0 && minutes < 60) return m.common_when_minutes_ago({ count: minutes });
  return soon(at, zone, now);
}

export function isPast(at: At, now = schoolNow()): boolean {
  return instant(at).getTime() <= now.getTime();
}

/** The zone of this computer, for when the school's is not known yet. */
export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
