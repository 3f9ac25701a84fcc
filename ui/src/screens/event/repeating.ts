// Sessions that come again and again: the rule, and the sessions of its times.
import { parseZonedDateTime } from '@internationalized/date';
import { instant } from '$lib/when';
import { m } from '$messages';
import { WEEK, type Weekday } from '../notice/series/repeat';
import type { HoldPlan } from './holds';
import type { SessionPlan } from './plan';

/** What is said of those that come again. */
export interface RepeatWords {
  count: () => string;
  fill: () => string;
  says: (said: { count: number; when: string }) => string;
  never: () => string;
  add: (said: { count: number }) => string;
}

/** `FREQ=WEEKLY;BYDAY=WE;COUNT=8`, the one that is there counted. */
export const weeklyRule = (days: readonly Weekday[], count: number): string => `FREQ=WEEKLY;BYDAY=${WEEK.filter((day) => days.includes(day)).join(',')};COUNT=${count}`;

/** The last session at each of these times but its own: as many hours by the clock on the wall, named by its place. */
export function repeatedSessions(sessions: readonly SessionPlan[], times: readonly string[]): SessionPlan[] {
  const last = sessions.at(-1);
  if (!last?.starts || !last.ends) return [];
  const standing = new Set(sessions.filter(({ starts }) => starts).map(({ starts }) => instant(starts).getTime()));
  const [from, to] = [parseZonedDateTime(last.starts), parseZonedDateTime(last.ends)];
  const over = Math.round((Date.UTC(to.year, to.month, to.day) - Date.UTC(from.year, from.month, from.day)) / 86_400_000);
  const ends = (starts: string) => {
    const { hour, minute, second } = to;
    return parseZonedDateTime(starts).add({ days: over }).set({ hour, minute, second }).toString();
  };
  // A hold ends as many days before its session as that of the last one does, at the same time of the day.
  const kept = (starts: string): HoldPlan[] =>
    (last.holds ?? []).map(({ id: _, until, ...hold }) => {
      if (!until) return { ...hold, until };
      const { year, month, day, hour, minute, second } = parseZonedDateTime(until);
      const before = Math.round((Date.UTC(from.year, from.month - 1, from.day) - Date.UTC(year, month - 1, day)) / 86_400_000);
      return { ...hold, places: [...hold.places], until: parseZonedDateTime(starts).subtract({ days: before }).set({ hour, minute, second }).toString() };
    });
  return times
    .filter((at) => !standing.has(instant(at).getTime()))
    .map((at, i) => ({ name: m.event_session_name({ number: sessions.length + i + 1 }), starts: at, ends: ends(at), capacity: last.capacity, sharesWith: last.sharesWith, heldIn: last.heldIn ?? null, eligible: [...(last.eligible ?? [])], firstTimers: last.firstTimers ?? false, holds: kept(at) }));
}
