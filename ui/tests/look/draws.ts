// An event whose seats are drawn, at each step of its draw: as a family meets it, and at its desk.
import type { BookingIs, BookingView, DeskBooking, DeskView, DrawFault, DrawPhase, DrawView, DrawnPlace, EventOpened, Recomputed } from '../../src/lib/bindings';
import { ago, at, booking, own, pick, sessionAt, times, type School } from './people';
import { deskBooking, openedOf } from './things';

const hash = (seed: string) => seed.repeat(16).slice(0, 64);
export const COMMITMENT = hash('5f1c9ae07b22');
export const SECRET = hash('0b77de41c9a3');
export const ROLL = hash('9c4e17d2a6b8');
export const SEED = hash('e4a80c5d13f9');
export const TICKET = hash('03fa6b1188ce');
export const NAMED = '2026-12-04 上证指数收盘价';
export const VALUE = '3286.51';
const ENTRIES = 86;
const SEATED = 60;

const [first, second, third] = [sessionAt(0, 0, 0, 14), sessionAt(1, 0, 0, 14), sessionAt(2, 0, 0, 14)].map((session) => ({ ...session, capacity: 20, open_seats: 20 })) as [BookingView['session'], BookingView['session'], BookingView['session']];
const all = [first, second, third];
const both = own.map(({ id }) => id);

const phases: Record<string, DrawPhase> = {
  soon: { is: 'not-open' },
  wishes: { is: 'wishes', until: at(9, '20:00') },
  closing: { is: 'closing' },
  rolled: { is: 'rolled', roll_sha256: ROLL },
  drawn: { is: 'drawn', at: ago(95), value: VALUE, secret: SECRET, roll_sha256: ROLL, seated: SEATED },
};
const drawAt = (phase: DrawPhase): DrawView => ({ public_value: NAMED, decimals: 2, known: at(11, '15:30'), commitment: COMMITMENT, phase, entries: ENTRIES, most_wishes: 8 });

const entry = (state: BookingIs, more: Partial<BookingView> = {}): BookingView => ({ ...booking(0, state, '重庆科技馆研学'), id: 'entry-0000', session: second, children: own, adults: 1, size: 1, may_withdraw: true, may_change: true, wishes: [second.id, first.id], ...more });

/** Which of them it is, what the phase is, and what the family has in it. */
interface Made {
  phase: string;
  mine: BookingView[];
}
const made: Record<string, Made> = {
  soon: { phase: 'soon', mine: [] },
  open: { phase: 'wishes', mine: [] },
  saved: { phase: 'wishes', mine: [entry({ is: 'saved' })] },
  entered: { phase: 'wishes', mine: [entry({ is: 'entered' })] },
  reordering: { phase: 'wishes', mine: [entry({ is: 'entered' }, { pending: { act: 'change-booking', state: { is: 'sent' }, party: { children: both, adults: 1 } } })] },
  closing: { phase: 'closing', mine: [entry({ is: 'entered' }, { may_change: false })] },
  rolled: { phase: 'rolled', mine: [entry({ is: 'entered' }, { may_change: false, misses: 1 })] },
  won: { phase: 'drawn', mine: [drawnEntry({ is: 'confirmed' }, { place: 12, of: ENTRIES, wish: 2 }, { session: first })] },
  waits: { phase: 'drawn', mine: [drawnEntry({ is: 'waitlisted', place: 3 }, { place: 71, of: ENTRIES, wish: null })] },
  missed: { phase: 'drawn', mine: [drawnEntry({ is: 'not-drawn' }, { place: 71, of: ENTRIES, wish: null }, { may_withdraw: false })] },
};
function drawnEntry(state: BookingIs, drawn: DrawnPlace, more: Partial<BookingView> = {}): BookingView {
  return entry(state, { may_change: false, misses: 1, drawn, ...more });
}
export const DRAWS = Object.keys(made).map((what) => `draw-${what}`);

function eventOf(given: School, id: string, { phase, mine }: Made): EventOpened {
  const opened = openedOf(given, false);
  const open = phase === 'wishes';
  const taken = mine.length > 0;
  const used = phase === 'drawn' ? 20 : 0;
  const sessions = all.map((session) => ({ ...session, used, open_seats: 20 - used }));
  return {
    ...opened,
    about: '参观科技馆，午餐自带。每一场 20 位家长。',
    open_now: open,
    clashes: [{ session: third.id, with: '护学岗', at: at(14, '10:20'), too_far: false }],
    may_join: sessions.map(({ id }) => ({ session: id, children: given.role !== 'parent' || taken || !open ? [] : id === third.id ? both.slice(0, 1) : both })),
    seats_left: taken ? 3 : 4,
    withdraw_until: at(13, '20:00'),
    line: {
      ...opened.line,
      id,
      title: '重庆科技馆研学',
      programme: '馆校合作',
      venue: '',
      sessions,
      starts: first.starts,
      ends: third.ends,
      opens: phase === 'soon' ? at(2, '19:00') : at(-3, '19:00'),
      closes: open || phase === 'soon' ? at(9, '20:00') : at(-1, '20:00'),
      open_now: open,
      mine,
      draw: drawAt(phases[phase]!),
    },
  };
}

/** One of the events above, as this family has it. */
export function drawOf(given: School, event: string): EventOpened | undefined {
  const one = made[event.replace('draw-', '')];
  return event.startsWith('draw-') && one ? eventOf(given, event, given.role === 'parent' ? one : { ...one, mine: [] }) : undefined;
}

const wishesAt = (n: number) => pick([[first.id], [second.id, first.id], [second.id, third.id, first.id], [first.id, second.id]], n);
function deskEntry(phase: string, n: number): DeskBooking {
  const wishes = wishesAt(n);
  const seated = n % 3 !== 2;
  const one: DeskBooking = { ...deskBooking(n), entered: null, wishes, session: wishes[0]!, state: { is: 'entered' }, may_change: phase === 'wishes', misses: phase === 'wishes' ? null : n % 4 === 1 ? 2 : 0 };
  if (phase !== 'drawn') return one;
  const drawn = { place: n + 1, of: 24, wish: seated ? 1 : null };
  return { ...one, drawn, state: seated ? { is: 'confirmed' } : { is: 'not-drawn' } };
}

/** The desk of such an event. */
export function drawDeskOf(given: School, event: string): DeskView | undefined {
  const one = made[event.replace('draw-', '')];
  if (!event.startsWith('draw-') || !one) return undefined;
  const opened = eventOf(given, event, { ...one, mine: [] });
  const wishes = all.map((session, n) => ({ session: session.id, by_rank: pick([[38, 21, 9], [41, 12, 0], [7, 22, 30]], n), seats_first: pick([43, 52, 8], n) }));
  return { event: opened, bookings: given.size === 0 ? [] : times(24, (n) => deskEntry(one.phase, n)), draw: { wishes: given.size === 0 ? wishes.map((it) => ({ ...it, by_rank: [], seats_first: 0 })) : wishes, may_draw: one.phase === 'rolled' && given.line === undefined } };
}

const STEPS: readonly DrawFault[] = ['commitment', 'plan', 'roll', 'changed', 'order', 'outcome'];
/** What recomputing comes to; with a fault, what follows it was not looked at. */
export function recomputed(fault: DrawFault | null = null, more: Partial<Recomputed> = {}): Recomputed {
  const at = fault ? STEPS.indexOf(fault) : STEPS.length;
  return {
    steps: STEPS.map((step, i) => ({ step, agrees: i < at ? true : i === at ? false : null })),
    fault,
    commitment: COMMITMENT,
    secret: SECRET,
    value: VALUE,
    roll_sha256: ROLL,
    roll_seen: ago(60 * 24),
    seed: SEED,
    entries: ENTRIES,
    seated: SEATED,
    mine: [{ booking: 'entry-0000', ticket: TICKET, misses: 1, place: 12, session: first.id, wish: 2 }],
    ...more,
  };
}
