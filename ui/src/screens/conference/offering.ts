// Times being offered: what the form starts with, what is missing, what is sent.
import { parseDate, parseDateTime, parseZonedDateTime, Time, parseTime, toZoned } from '@internationalized/date';
import type { ConferenceLine, OfferPreview, OfferTimes, PlaceName } from '$lib/bindings';
import { clock } from '$lib/when';
import { m } from '$messages';
import { whole } from '../event/plan';
import { dateIn } from '../today/words';
import { LIMITS } from './words';

/** An hour of the day, from and until. */
export interface Pause {
  from: string;
  until: string;
}
export interface SlotPlan {
  place: string;
  room: string;
  /** "2026-12-05" */
  day: string;
  /** "09:00" */
  from: string;
  until: string;
  minutes: string;
  buffer: string;
  breaks: Pause[];
}

/** The conference's first day, if anybody offers one; else the day after it closes. A morning, on the campus one belongs to. */
export function freshOffer(line: ConferenceLine | undefined, zone: string, places: readonly PlaceName[] = [], campus = ''): SlotPlan {
  const day = line?.starts ? dateIn(line.starts, zone) : line ? parseDate(dateIn(line.closes, zone)).add({ days: 1 }).toString() : '';
  return { place: (places.length === 1 ? places[0] : places.find(({ name }) => name === campus))?.id ?? '', room: '', day, from: '09:00', until: '11:30', minutes: String(line?.minutes ?? 10), buffer: '0', breaks: [] };
}

/** An offer as it stands. */
export function planOf(times: OfferTimes, zone: string): SlotPlan {
  const { place, room, minutes, buffer, breaks } = times;
  const hour = (at: string) => clock(at, zone);
  return { place, room, day: dateIn(times.from, zone), from: hour(times.from), until: hour(times.until), minutes: String(minutes), buffer: String(buffer), breaks: breaks.map(({ from, until }) => ({ from: hour(from), until: hour(until) })) };
}

const number = (text: string, least: number, most: number): number | undefined => {
  const value = text.trim() === '0' ? 0 : whole(text, most);
  return value !== undefined && value >= least ? value : undefined;
};

export interface OfferErrors {
  place?: string;
  day?: string;
  until?: string;
  minutes?: string;
  buffer?: string;
  breaks: (string | undefined)[];
}

/** What is still missing, by field; every sentence says what to do. */
export function offerErrors(plan: SlotPlan): OfferErrors {
  const errors: OfferErrors = { breaks: plan.breaks.map((pause) => pauseError(pause, plan)) };
  const minutes = number(plan.minutes, LIMITS.least, LIMITS.minutes);
  if (!plan.place) errors.place = m.conference_offer_no_place();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(plan.day)) errors.day = m.conference_offer_no_day();
  if (minutes === undefined) errors.minutes = m.conference_offer_number({ least: LIMITS.least, limit: LIMITS.minutes });
  if (number(plan.buffer, 0, LIMITS.buffer) === undefined) errors.buffer = m.conference_offer_number({ least: 0, limit: LIMITS.buffer });
  if (!plan.from || !plan.until) errors.until = m.conference_offer_no_hours();
  else if (plan.until <= plan.from) errors.until = m.conference_offer_ends_first();
  else if (minutes !== undefined && minutesOf(plan.until) - minutesOf(plan.from) < minutes) errors.until = m.conference_offer_too_short();
  return errors;
}

function pauseError({ from, until }: Pause, plan: SlotPlan): string | undefined {
  if (!from || !until) return m.conference_offer_no_hours();
  if (until <= from) return m.conference_offer_ends_first();
  return from < plan.from || until > plan.until ? m.conference_offer_break_outside() : undefined;
}

const minutesOf = (time: string): number => {
  const { hour, minute }: Time = parseTime(time);
  return hour * 60 + minute;
};

export const isOffered = ({ breaks, ...own }: OfferErrors): boolean => Object.keys(own).length === 0 && breaks.every((error) => error === undefined);

/** As the core takes it. Only for a complete plan. */
export function toTimes(plan: SlotPlan, zone: string): OfferTimes {
  const at = (time: string) => toZoned(parseDateTime(`${plan.day}T${time}`), zone).toString();
  const breaks = plan.breaks.toSorted((a, b) => a.from.localeCompare(b.from)).map(({ from, until }) => ({ from: at(from), until: at(until) }));
  return { place: plan.place, room: plan.room.trim(), from: at(plan.from), until: at(plan.until), minutes: Number(plan.minutes), buffer: Number(plan.buffer), breaks };
}

/** One break more: after the last one, within the hours. */
export function nextBreak(plan: SlotPlan): Pause {
  const start = minutesOf(plan.breaks.at(-1)?.until || plan.from || '09:00') + 60;
  const at = (minute: number) => new Time(Math.min(23, Math.floor(minute / 60)), minute % 60).toString().slice(0, 5);
  return { from: at(start), until: at(start + 10) };
}

export interface SlotRun {
  starts: string;
  /** Minutes nobody is met before it, where that is more than between any two. */
  pause: number;
}

/** The slots, with the breaks between them. */
export function runsOf({ slots }: Pick<OfferPreview, 'slots'>, buffer: number): SlotRun[] {
  return slots.map(({ starts }, i) => {
    const before = slots[i - 1];
    const gap = before ? (parseZonedDateTime(starts).toDate().getTime() - parseZonedDateTime(before.ends).toDate().getTime()) / 60_000 : 0;
    return { starts, pause: gap > buffer ? gap : 0 };
  });
}
