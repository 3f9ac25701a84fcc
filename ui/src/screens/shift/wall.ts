// What a screen on a wall says: counts and times, and nobody's name.
import type { KeptShift } from '$lib/bindings';
import { instant } from '$lib/when';
import { m } from '$messages';
import { dayOf } from './posts';

const MINUTE = 60_000;

/** People who are missing, adults for the pupils among them: the core counts. */
export const lacking = ({ missing }: Pick<KeptShift, 'missing'>): number => missing;

/** What is shown: where somebody is missing, or is asked whether they come; what is on now is always. */
export function shownOn(shifts: readonly KeptShift[], now: Date): KeptShift[] {
  return shifts.filter((one) => instant(one.ends) > now && (lacking(one) > 0 || one.unconfirmed > 0 || instant(one.starts) <= now));
}

/** Those of today, then those of the next days. */
export function byDay(shifts: readonly KeptShift[], today: string): { today: KeptShift[]; next: KeptShift[] } {
  return { today: shifts.filter((one) => dayOf(one.starts) === today), next: shifts.filter((one) => dayOf(one.starts) !== today) };
}

/** "还有 35 分钟", "还有 2 小时 5 分"; nothing for another day. */
export function countdown(one: KeptShift, now: Date): string {
  const minutes = Math.ceil((instant(one.starts).getTime() - now.getTime()) / MINUTE);
  if (minutes <= 0) return m.keeping_wall_on();
  if (minutes < 60) return m.keeping_wall_in_minutes({ count: minutes });
  return m.keeping_wall_in_hours({ hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
