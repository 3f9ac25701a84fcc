// What the sign-up form starts with, and how many seats a party takes. For display: the school decides.
import type { BookingIs, BookingView, ChildName, EventOpened, SeatRule, SessionFill } from '$lib/bindings';
import { waits } from '$lib/items';

/** Seats a newcomer could still get in several sessions, as the core counts each. */
export function openSeatsOf(sessions: readonly SessionFill[]): number {
  return sessions.reduce((sum, { open_seats }) => sum + open_seats, 0);
}

export function seatsFor(rule: SeatRule, children: number, adults: number): number {
  if (rule === 'adults') return adults;
  return rule === 'children' ? children : children + adults;
}

/** How full several sessions are together. */
export function total(sessions: readonly SessionFill[]): { used: number; capacity: number; waiting: number } {
  return sessions.reduce(
    (sum, s) => ({ used: sum.used + s.used, capacity: sum.capacity + s.capacity, waiting: sum.waiting + s.waiting }),
    { used: 0, capacity: 0, waiting: 0 },
  );
}

const LIVE: readonly BookingIs['is'][] = ['saved', 'sent', 'confirmed', 'waitlisted', 'offered'];

/** Whether the family still counts on it. */
export function isLive(booking: { state: BookingIs }): boolean {
  return LIVE.includes(booking.state.is);
}

/** Given back before it was ever sent: as if it had not been. */
export function isUndone({ state, pending }: BookingView): boolean {
  return state.is === 'saved' && pending?.act === 'withdraw' && waits(pending.state);
}

/** The bookings there are to show. */
export function shownOf(mine: readonly BookingView[]): BookingView[] {
  return mine.filter((booking) => !isUndone(booking));
}

/** The eligible children who have no live booking in this event yet. */
export function unbooked(eligible: readonly ChildName[], mine: readonly BookingView[]): ChildName[] {
  const booked = new Set(shownOf(mine).filter(isLive).flatMap((b) => b.children.map((c) => c.id)));
  return eligible.filter((child) => !booked.has(child.id));
}

export interface Party {
  session: string;
  children: string[];
  adults: number;
}

/** Whether one can still ask for this session. */
export function canChoose(session: SessionFill, size: number, waitlist: boolean): boolean {
  if (session.begun) return false;
  return session.open_seats >= Math.max(1, size) || (waitlist && size <= session.capacity);
}

/** The session to propose: with room and no clash, else with room, else a waitlist. */
export function bestSession(opened: EventOpened, size: number): string {
  const open = opened.line.sessions.filter((s) => canChoose(s, size, opened.waitlist));
  const room = open.filter((s) => s.open_seats >= Math.max(1, size));
  const clashes = new Set(opened.clashes.map((clash) => clash.session));
  return (room.find((s) => !clashes.has(s.id)) ?? room[0] ?? open[0])?.id ?? '';
}

/** Every child that may come, one adult, the first session with room: most families only press the button. */
export function defaults(opened: EventOpened): Party {
  const free = unbooked(opened.line.eligible, opened.line.mine);
  const adults = opened.seat_rule === 'children' ? 0 : 1;
  let children = free.length;
  while (children > 1 && seatsFor(opened.seat_rule, children, adults) > opened.seats_left) children -= 1;
  const size = seatsFor(opened.seat_rule, children, adults);
  return { session: bestSession(opened, size), children: free.slice(0, children).map((c) => c.id), adults };
}
