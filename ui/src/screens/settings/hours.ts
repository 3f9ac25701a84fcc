// Hours of a day as they are said: "22:00–06:30".

/** Two wall times, ISO 8601; where the second is the earlier one, it is of the next day. */
export interface Hours {
  from: string;
  until: string;
}

/** What is proposed where there are none. */
export const QUIET: Hours = { from: '22:00', until: '06:30' };
/** What is proposed for staff. */
export const EVENING: Hours = { from: '19:00', until: '07:00' };
/** When a day's notifications are told together. */
export const DIGEST = '18:00';
export const OFFICE: Hours = { from: '08:00', until: '17:30' };

/** Hours and minutes of a wall time, as a time field has it. */
export const minuteOf = (time: string): string => time.slice(0, 5);

/** Empty where there are none. */
export const hoursWords = (hours: Hours | null): string => (hours ? `${minuteOf(hours.from)}–${minuteOf(hours.until)}` : '');
