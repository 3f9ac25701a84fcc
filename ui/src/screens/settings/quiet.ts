// Quiet hours as the school says them: "22:00–06:30".
import type { QuietHours } from '$lib/bindings';

/** What is proposed where there are none. */
export const USUAL: QuietHours = { from: '22:00', until: '06:30' };

/** Hours and minutes of a wall time, as a time field has it. */
export const minuteOf = (time: string): string => time.slice(0, 5);

/** Empty without quiet hours. */
export const hoursWords = (quiet: QuietHours | null): string => (quiet ? `${minuteOf(quiet.from)}–${minuteOf(quiet.until)}` : '');
