// How a notice repeats: every day, on days of the week, or once a month; until a day or so many times. As a rule of RFC 5545.
import { CalendarDate, endOfMonth, fromDate, parseDate, Time, toCalendarDate, toCalendarDateTime, toZoned } from '@internationalized/date';
import { instant } from '$lib/when';
import { getLocale } from '$lib/paraglide/runtime.js';
import { m } from '$messages';

export const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEK)[number];
/** Of holidays a rule knows nothing: they are left out beside it. */
const SCHOOL_DAYS = WEEK.slice(0, 5);

/** As the school's limits have them. */
export const OCCURRENCES = 60;
/** What comes once does not repeat. */
export const FEWEST = 2;

/** The 5th, the second Wednesday, the last Wednesday, the last day. */
export type MonthWay = 'day' | 'nth' | 'last' | 'end';

export interface Repeat {
  every: 'day' | 'week' | 'month';
  /** Of every day: Saturdays and Sundays too. */
  weekends: boolean;
  weekdays: Weekday[];
  /** Of every month; the day itself is that of the first time. */
  month: MonthWay;
  ends: 'until' | 'count';
  /** ISO 8601, the last day it may come. */
  until: string;
  /** How often it comes in all; as long as nothing is said, nothing. */
  count: number | null;
  /** Not on public holidays. */
  skipHolidays: boolean;
}

export const freshRepeat = (): Repeat => ({ every: 'week', weekends: false, weekdays: [], month: 'day', ends: 'until', until: '', count: null, skipHolidays: false });

/** "周一". */
export function weekdayName(weekday: Weekday): string {
  // The 5th of January 2026 is a Monday.
  const day = new CalendarDate(2026, 1, 5 + WEEK.indexOf(weekday)).toDate('UTC');
  return new Intl.DateTimeFormat(getLocale(), { weekday: 'short', timeZone: 'UTC' }).format(day);
}

/** The day of the week of a time, on the school's clock. */
export function weekdayOf(at: string, zone: string): Weekday {
  const name = new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone: zone }).format(instant(at));
  return WEEK.find((day) => name.toUpperCase().startsWith(day)) ?? 'MO';
}

export interface MonthChoice {
  value: MonthWay;
  label: string;
  /** As the rule says it. */
  part: string;
}

/** What a day can stand for, month by month. A fifth Wednesday there is seldom: that is a last one. */
export function monthChoices(at: string, zone: string): MonthChoice[] {
  const date = toCalendarDate(fromDate(instant(at), zone));
  const weekday = weekdayOf(at, zone);
  const [name, days, nth] = [weekdayName(weekday), endOfMonth(date).day, Math.ceil(date.day / 7)];
  const nths = [m.series_month_first, m.series_month_second, m.series_month_third, m.series_month_fourth];
  const said = nths[nth - 1];
  return [
    { value: 'day', label: m.series_month_day({ day: date.day }), part: `BYMONTHDAY=${date.day}` },
    ...(said ? [{ value: 'nth' as const, label: said({ weekday: name }), part: `BYDAY=${nth}${weekday}` }] : []),
    ...(date.day > days - 7 ? [{ value: 'last' as const, label: m.series_month_last({ weekday: name }), part: `BYDAY=-1${weekday}` }] : []),
    ...(date.day === days ? [{ value: 'end' as const, label: m.series_month_end(), part: 'BYMONTHDAY=-1' }] : []),
  ];
}

/** What is meant of them: the first time may have been moved to a day that is no last one. */
export const monthChoice = ({ month }: Pick<Repeat, 'month'>, choices: readonly MonthChoice[]): MonthChoice | undefined => choices.find(({ value }) => value === month) ?? choices[0];

/** The day of a month that not every month has; `undefined` where each has it. */
export function rareDay({ every, month }: Pick<Repeat, 'every' | 'month'>, at: string, zone: string): number | undefined {
  if (every !== 'month' || !at || monthChoice({ month }, monthChoices(at, zone))?.value !== 'day') return undefined;
  const { day } = toCalendarDate(fromDate(instant(at), zone));
  return day > 28 ? day : undefined;
}

/** How often; empty while something is missing. */
function frequency({ every, weekends, weekdays, month }: Repeat, at: string, zone: string): string {
  const on = (days: readonly Weekday[]) => `BYDAY=${WEEK.filter((day) => days.includes(day)).join(',')}`;
  if (every === 'day') return weekends ? 'FREQ=DAILY' : `FREQ=DAILY;${on(SCHOOL_DAYS)}`;
  if (every === 'week') return weekdays.length ? `FREQ=WEEKLY;${on(weekdays)}` : '';
  const choice = at ? monthChoice({ month }, monthChoices(at, zone)) : undefined;
  return choice ? `FREQ=MONTHLY;${choice.part}` : '';
}

export const isCount = (count: number | null): count is number => count !== null && count >= FEWEST && count <= OCCURRENCES;

/** When it ends; empty while something is missing. */
function end({ ends, until, count }: Repeat, zone: string): string {
  if (ends === 'count') return isCount(count) ? `COUNT=${count}` : '';
  if (!until) return '';
  const last = toZoned(toCalendarDateTime(parseDate(until), new Time(23, 59, 59)), zone).toDate();
  return `UNTIL=${last.toISOString().replace(/[-:]|\.\d+/g, '')}`;
}

/** `FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270115T155959Z`, from `at` on; empty while something is missing. */
export function ruleOf(repeat: Repeat, at: string, zone: string): string {
  const parts = [frequency(repeat, at, zone), end(repeat, zone)];
  return parts.every(Boolean) ? parts.join(';') : '';
}

/** "每周一、周三", "每月 5 日", "每月最后一个周五"; empty while something is missing. */
export function repeatWords(repeat: Repeat, at: string, zone: string): string {
  const { every, weekends, weekdays } = repeat;
  if (every === 'day') return weekends ? m.series_says_day() : m.series_says_weekdays();
  if (every === 'week') return weekdays.length ? m.series_says_week({ days: WEEK.filter((day) => weekdays.includes(day)).map(weekdayName).join(m.common_comma()) }) : '';
  const choice = at ? monthChoice(repeat, monthChoices(at, zone)) : undefined;
  if (choice?.value !== 'day') return choice ? m.series_says_month({ which: choice.label }) : '';
  return m.series_says_month_day({ day: toCalendarDate(fromDate(instant(at), zone)).day });
}
