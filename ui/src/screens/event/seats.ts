// What the sign-up form starts with, and how many seats a party takes. For display: the school decides.
import type { BookingIs, BookingView, ChildName, EventOpened, SeatRule, SessionFill } from '$lib/bindings';
import { instant } from '$lib/when';

/** Adults in one booking, as the core limits it. */
export const MOST_ADULTS = 6;

/** Seats a newcomer could still get, as last heard: those behind a waitlist are not for the newcomer. */
export function openSeats(session: SessionFill): number {
  return session.waiting > 0 ? 0 : Math.max(0, session.capacity - session.used);
}

export function openSeatsOf(sessions: readonly SessionFill[], now: Date): number {
  return sessions.filter((s) => !hasBegun(s, now)).reduce((sum, s) => sum + openSeats(s), 0);
}

export function hasBegun(session: SessionFill, now: Date): boolean {
  return instant(session.starts) <= now;
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

/** The eligible children who have no live booking in this event yet. */
export function unbooked(eligible: readonly ChildName[], mine: readonly BookingView[]): ChildName[] {
  const booked = new Set(mine.filter(isLive).flatMap((b) => b.children.map((c) => c.id)));
  return eligible.filter((child) => !booked.has(child.id));
}

/** Seats of this event the family may still take. */
export function seatsLeftFor(opened: Pick<EventOpened, 'family_limit' | 'line'>): number {
  const held = opened.line.mine.filter(isLive).reduce((sum, b) => sum + b.size, 0);
  return Math.max(0, opened.family_limit - held);
}

export interface Party {
  session: string;
  children: string[];
  adults: number;
}

/** Whether one can still ask for this session. */
export function canChoose(session: SessionFill, size: number, waitlist: boolean, now: Date): boolean {
  if (hasBegun(session, now)) return false;
  return openSeats(session) >= Math.max(1, size) || (waitlist && size <= session.capacity);
}

/** The session to propose: with room and no clash, else with room, else a waitlist. */
export function bestSession(opened: EventOpened, size: number, now: Date): string {
  const open = opened.line.sessions.filter((s) => canChoose(s, size, opened.waitlist, now));
  const room = open.filter((s) => openSeats(s) >= Math.max(1, size));
  const clashes = new Set(opened.clashes.map((clash) => clash.session));
  return (room.find((s) => !clashes.has(s.id)) ?? room[0] ?? open[0])?.id ?? '';
}

/** Every child that may come, one adult, the first session with room: most families only press the button. */
export function defaults(opened: EventOpened, now: Date): Party {
  const free = unbooked(opened.line.eligible, opened.line.mine);
  const left = seatsLeftFor(opened);
  const adults = opened.seat_rule === 'children' ? 0 : 1;
  let children = free.length;
  while (children > 1 && seatsFor(opened.seat_rule, children, adults) > left) children -= 1;
  const size = seatsFor(opened.seat_rule, children, adults);
  return { session: bestSession(opened, size, now), children: free.slice(0, children).map((c) => c.id), adults };
}
