// How a notice repeats: the days of a week, until a day, as a rule of RFC 5545.
import { CalendarDate, parseDate, Time, toCalendarDateTime, toZoned } from '@internationalized/date';
import { instant } from '$lib/when';
import { getLocale } from '$lib/paraglide/runtime.js';

export const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEK)[number];

/** As the school's limits have them. */
export const OCCURRENCES = 60;

export interface Repeat {
  weekdays: Weekday[];
  /** ISO 8601, the last day it may come; empty while unset. */
  until: string;
}

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

/** `FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270115T155959Z`; empty while something is missing. */
export function ruleOf({ weekdays, until }: Repeat, zone: string): string {
  if (!weekdays.length || !until) return '';
  const ends = toZoned(toCalendarDateTime(parseDate(until), new Time(23, 59, 59)), zone).toDate();
  const utc = ends.toISOString().replace(/[-:]|\.\d+/g, '');
  return `FREQ=WEEKLY;BYDAY=${WEEK.filter((day) => weekdays.includes(day)).join(',')};UNTIL=${utc}`;
}
