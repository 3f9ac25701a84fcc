// Days of the school's calendar: what is meant by today, and the days a family asks for most.
import { fromDate, parseDate } from '@internationalized/date';
import { day } from '$lib/when';
import { m } from '$messages';
import { addDays } from '../shift/posts';
import { dateIn } from '../today/words';

export type When = 'today' | 'tomorrow' | 'monday' | 'dates';

/** "2026-11-23", at the school. */
export const dayIn = (zone: string, now: Date): string => dateIn(now.toISOString(), zone);

/** "11-23 周一". Noon in any zone is the same day there. */
export const dayWords = (date: string): string => day(`${date}T12:00:00Z`, 'UTC');

/** "11-23 周一", "11-23 周一 至 11-25 周三". */
export function daysWords(from: string, to: string): string {
  return from === to ? dayWords(from) : m.common_when_span({ from: dayWords(from), to: dayWords(to) });
}

/** 0 is Monday. */
const weekday = (date: string) => (parseDate(date).toDate('UTC').getUTCDay() + 6) % 7;
export const isWeekend = (date: string): boolean => weekday(date) > 4;

export interface QuickDay {
  when: Exclude<When, 'dates'>;
  date: string;
}

/** Today and tomorrow; before a weekend also the Monday after it. */
export function quickDays(today: string): QuickDay[] {
  const days: QuickDay[] = [
    { when: 'today', date: today },
    { when: 'tomorrow', date: addDays(today, 1) },
  ];
  const at = weekday(today);
  return at === 4 || at === 5 ? [...days, { when: 'monday', date: addDays(today, 7 - at) }] : days;
}

/** Once school is over nobody asks for today: the next day there is school. */
export function likelyDay(zone: string, now: Date): Exclude<When, 'dates'> {
  const today = dayIn(zone, now);
  if (!isWeekend(today) && fromDate(now, zone).hour < SCHOOL_OVER) return 'today';
  return isWeekend(addDays(today, 1)) ? 'monday' : 'tomorrow';
}
const SCHOOL_OVER = 16;

/** The days of a leave as the outbox calls it; nothing where it is called by a name. */
export function titleDays(title: string): string {
  const [, from, to = from] = /^(\d{4}-\d{2}-\d{2})(?: – (\d{4}-\d{2}-\d{2}))?$/.exec(title) ?? [];
  return from && to ? daysWords(from, to) : '';
}
