// A rehearsal as the core answers it: four classes of a large school hear late, and one has no session.
import type { ClassFigures, EventRehearse, EventRehearsed, Fates, LeftOutOfSeats, SessionFigures, Spread } from '../../src/lib/bindings';
import { classAt, count, times, type School } from './people';

const around = (median: number, by = 3): Spread => ({ low: Math.max(0, median - by), median, high: median + by });
const exactly = (median: number): Spread => ({ low: median, median, high: median });

function classFigures(n: number, seated: number, left_out: LeftOutOfSeats | null): ClassFigures {
  return { class: classAt(n).id, families: 38, by_staff: n % 9 === 3 ? 30 : 2, wanting: around(19), seated: around(seated, 2), percent: Math.round((seated / 19) * 100), left_out };
}

function fates(wanting: number, seated: number, waitlist: boolean): Fates {
  const others = wanting - seated;
  return { wanting: around(wanting, 20), seated: around(seated, 4), partly: exactly(0), waiting: waitlist ? around(others, 18) : exactly(0), turned_away: waitlist ? exactly(0) : around(others, 18), too_large: exactly(2), too_late: exactly(0), no_session: exactly(0), gave_back: around(6) };
}

/** Each class has nineteen families that want to come, and a part of the seats. */
export function rehearsed({ size }: School, { plan, runs, seed }: EventRehearse): EventRehearsed {
  const classes = count(size, 12, 60);
  const seats = plan.sessions.reduce((sum, session) => sum + session.capacity, 0);
  const wanting = classes * 19;
  const figures = (capacity: number, draws: boolean): SessionFigures => ({ session: 'session', capacity, used: { low: capacity - 2, median: capacity, high: capacity }, wanted_first: around(Math.round(wanting / plan.sessions.length), 8), waiting: around(Math.max(0, Math.round((wanting - seats) / plan.sessions.length)), 6), full_runs: draws ? 0 : runs, full_after_s: draws ? null : 47 });
  const left = (n: number): LeftOutOfSeats | null => (n % 9 === 3 ? 'nobody' : n % 9 === 5 ? 'few' : n === 8 ? 'no-session' : null);
  const share = Math.round(seats / Math.max(1, classes));
  const seated = Math.min(seats, wanting);
  return {
    seed: seed ?? 20_261,
    runs,
    families: classes * 38,
    alone: classes ? 3 : 0,
    by_staff: classes * 4,
    draws: plan.draw !== null,
    race: fates(wanting, seated, plan.waitlist),
    draw: plan.child_limit === 1 ? fates(wanting, seated, plan.waitlist) : null,
    sessions: plan.sessions.map(({ name, starts, ends, capacity }) => ({ name, starts, ends, race: figures(capacity, false), draw: plan.child_limit === 1 ? figures(capacity, true) : null, enough: Math.round(wanting / plan.sessions.length) + 4 })),
    classes: times(classes, (n) => ({ class: classAt(n), race: classFigures(n, left(n) === 'nobody' || left(n) === 'no-session' ? 0 : left(n) ? 1 : share, left(n)), draw: plan.child_limit === 1 ? classFigures(n, left(n) === 'no-session' ? 0 : share, left(n) === 'no-session' ? 'no-session' : null) : null })),
  };
}
