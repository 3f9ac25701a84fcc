// What one press says of people of a shift.
import type { DutyLine, DutySaid, DutyShift, DutyWish } from '$lib/bindings';
import { instant, isPast } from '$lib/when';

export const unmarked = (people: readonly DutyLine[]): DutyLine[] => people.filter(({ said }) => said === null);
export const stillIn = (people: readonly DutyLine[]): DutyLine[] => people.filter(({ said }) => said?.is === 'came' && !said.until);

export const wishes = (people: readonly DutyLine[], say: (line: DutyLine) => DutySaid): DutyWish[] => people.map((line) => ({ person: line.person, said: say(line), seen: line.seen }));

const iso = (at: string): string => instant(at).toISOString();

/** In: from now; once the shift is over, for all of it. */
export function arrived(shift: DutyShift, now: Date): DutySaid {
  if (isPast(shift.ends, now)) return { is: 'came', from: iso(shift.starts), until: iso(shift.ends) };
  return { is: 'came', from: now.toISOString(), until: null };
}

/** Out: now; of a shift that is over, as it ended. */
export function left({ said }: DutyLine, shift: DutyShift, now: Date): DutySaid {
  const from = said?.is === 'came' ? said.from : iso(shift.starts);
  const end = isPast(shift.ends, now) ? iso(shift.ends) : now.toISOString();
  return { is: 'came', from, until: end > from ? end : now.toISOString() };
}

export const missed = (excuse = ''): DutySaid => (excuse ? { is: 'missed', excuse } : { is: 'missed' }) as DutySaid;
