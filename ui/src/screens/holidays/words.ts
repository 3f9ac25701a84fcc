// Holidays and the weekends that are worked for them, in words.
import type { DayKind, HolidayName, HolidaySpan } from '$lib/bindings';
import { day } from '$lib/when';
import { getLocale } from '$lib/paraglide/runtime.js';
import { m } from '$messages';

/** 春节, Spring Festival. */
export const holidayName = (name: HolidayName): string => (getLocale() === 'en' ? name.en : name.zh);

export interface DaySign {
  /** 休 or 班. */
  sign: string;
  /** "国庆节放假", "国庆节调休上班". */
  words: string;
  off: boolean;
}

/** What stands beside a day in a strip; nothing where it is as its weekday says, or nobody knows. */
export function signOf(kind: DayKind): DaySign | undefined {
  if (kind.is === 'holiday') return { sign: m.holidays_sign_off(), words: m.holidays_off({ name: holidayName(kind.name) }), off: true };
  if (kind.is === 'make-up-workday') return { sign: m.holidays_sign_worked(), words: m.holidays_worked({ name: holidayName(kind.name) }), off: false };
  return undefined;
}

/** What whoever plans something on this day should know; empty for a day like any other. */
export function noteOf(kind: DayKind, date: string): string {
  switch (kind.is) {
    case 'holiday':
      return m.holidays_note_off({ name: holidayName(kind.name) });
    case 'make-up-workday':
      return m.holidays_note_worked({ name: holidayName(kind.name) });
    case 'not-announced':
      return m.holidays_note_unknown({ year: announcedWith(date) });
    default:
      return '';
  }
}

/** The year whose announcement settles a day: that of the year to come for its last days. */
const announcedWith = (date: string): string => (date.slice(5) >= '12-26' ? String(Number(date.slice(0, 4)) + 1) : date.slice(0, 4));

/** A calendar day: "10-01 周四". */
export const dateWords = (date: string): string => day(`${date}T12:00:00Z`, 'UTC');

/** "10-01 周四 至 10-07 周三". */
export const spanDays = ({ from, to }: Pick<HolidaySpan, 'from' | 'to'>): string => (from === to ? dateWords(from) : m.holidays_span({ from: dateWords(from), to: dateWords(to) }));

/** "国庆节放假", "国庆节调休上班". */
export const spanWords = ({ kind, name }: Pick<HolidaySpan, 'kind' | 'name'>): string => (kind === 'holiday' ? m.holidays_off : m.holidays_worked)({ name: holidayName(name) });
