// What the sign-up form starts with, and how many seats a party takes. For display: the school decides.
import type { BookingIs, BookingView, ChildName, EventOpened, SeatRule, SessionFill } from '$lib/bindings';
import { isPending, waits } from '$lib/items';
import { m } from '$messages';
import { counted } from './shared';

/** Seats a newcomer could still get in several sessions, as the core counts each. */
export function openSeatsOf(sessions: readonly SessionFill[]): number {
  return counted(sessions).reduce((sum, { open_seats }) => sum + open_seats, 0);
}

export function seatsFor(rule: SeatRule, children: number, adults: number): number {
  if (rule === 'adults') return adults;
  return rule === 'children' ? children : children + adults;
}

/** Why a party of so many children and seats is too large, where it is; `held` are seats it has already. For display: the school decides. */
export function overLimit({ child_seats, seats_left, family_limit }: EventOpened, children: number, size: number, held = 0): string | undefined {
  if (child_seats !== null && size > child_seats * children) return m.refusal_child_seats({ limit: child_seats });
  return size > seats_left + held ? m.event_over_limit({ limit: family_limit }) : undefined;
}

/** How full several sessions are together. */
export function total(sessions: readonly SessionFill[]): { used: number; capacity: number; waiting: number } {
  return counted(sessions).reduce(
    (sum, s) => ({ used: sum.used + s.used, capacity: sum.capacity + s.capacity, waiting: sum.waiting + s.waiting }),
    { used: 0, capacity: 0, waiting: 0 },
  );
}

const LIVE: readonly BookingIs['is'][] = ['saved', 'sent', 'entered', 'confirmed', 'waitlisted', 'offered'];

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

/** The family's children who may still be signed up for this session. */
export function joining(opened: EventOpened, session: string): ChildName[] {
  const may = opened.may_join.find((one) => one.session === session)?.children ?? [];
  return opened.line.eligible.filter(({ id }) => may.includes(id));
}

/** Those who may be signed up for one session at least. */
export function joiningAny(opened: EventOpened): ChildName[] {
  const may = new Set(opened.may_join.flatMap(({ children }) => children));
  return opened.line.eligible.filter(({ id }) => may.has(id));
}

/** Sessions a child may still be signed up for, in a series. */
export function timesLeft({ child_limit, line }: EventOpened, child: string): number {
  const has = shownOf(line.mine).filter((booking) => isLive(booking) && booking.children.some(({ id }) => id === child));
  return Math.max(0, child_limit - has.length);
}

export interface Party {
  session: string;
  children: string[];
  adults: number;
}

/** Where a booking without seats may go instead: other sessions with room, for each of its children. */
export function insteadOf({ state, children }: BookingView, opened: EventOpened): SessionFill[] {
  if (state.is !== 'refused' && state.is !== 'displaced' && state.is !== 'cancelled') return [];
  const mayAll = ({ id }: SessionFill) => {
    const may = joining(opened, id).map((child) => child.id);
    return children.every((child) => may.includes(child.id));
  };
  return opened.line.state.is === 'published' ? state.instead.filter(mayAll) : [];
}

/** Whether one can still ask for this session. */
export function canChoose(session: SessionFill, size: number, waitlist: boolean): boolean {
  if (session.begun || session.cancelled !== null) return false;
  return session.open_seats >= Math.max(1, size) || (waitlist && size <= session.capacity);
}

/** The session to propose: with room and no clash, else with room, else a waitlist; first where the most would come. */
export function bestSession(opened: EventOpened, size: number, comes: (session: string) => number = () => 1): string {
  const open = opened.line.sessions.filter((s) => canChoose(s, size, opened.waitlist) && comes(s.id) > 0).sort((a, b) => comes(b.id) - comes(a.id));
  const room = open.filter((s) => s.open_seats >= Math.max(1, size));
  const clashes = new Set(opened.clashes.map((clash) => clash.session));
  return (room.find((s) => !clashes.has(s.id)) ?? room[0] ?? open[0])?.id ?? '';
}

/** As many of them as the family may still have seats for; one at least. */
export function within(opened: EventOpened, children: readonly ChildName[], adults: number): string[] {
  let count = children.length;
  while (count > 1 && seatsFor(opened.seat_rule, count, adults) > opened.seats_left) count -= 1;
  return children.slice(0, count).map(({ id }) => id);
}

/** Every child that may come, one adult, the first session with room: most families only press the button. `but`: who is helped elsewhere. */
export function defaults(opened: EventOpened, but: ReadonlySet<string> = new Set()): Party {
  const adults = opened.seat_rule === 'children' ? 0 : 1;
  const come = (children: readonly ChildName[]) => children.filter(({ id }) => !but.has(id));
  const size = seatsFor(opened.seat_rule, within(opened, come(joiningAny(opened)), adults).length, adults);
  const session = bestSession(opened, size, (id) => come(joining(opened, id)).length);
  return { session, children: within(opened, come(joining(opened, session)), adults), adults };
}

/** What of a booking can be changed now: more or others may come, fewer, a question be answered otherwise, or other sessions be wished for. */
export interface Changeable {
  more: boolean;
  fewer: boolean;
  answers: boolean;
  wishes: boolean;
}

export function changeable(booking: BookingView, opened: EventOpened): Changeable {
  const { line, seat_rule, open_now, questions, most_adults } = opened;
  const [children, least] = [booking.children.length, seat_rule === 'adults' ? 1 : 0];
  const adults = seat_rule !== 'children';
  return {
    more: open_now && (joining(opened, booking.session.id).length > 0 || (adults && booking.adults < most_adults)),
    fewer: booking.may_withdraw && (children > 1 || (adults && booking.adults > least)),
    answers: questions.length > 0,
    wishes: booking.state.is === 'entered' && line.draw?.phase.is === 'wishes' && line.sessions.length > 1,
  };
}

/** Whether there is something to change, and no other wish about it is on its way. */
export function isChangeable(booking: BookingView, opened: EventOpened): boolean {
  const { more, fewer, answers, wishes } = changeable(booking, opened);
  return booking.may_change && !isPending(booking.pending?.state ?? null) && (more || fewer || answers || wishes);
}

/** The same party in so many seats: adults stay at home first. */
export function fitted(booking: BookingView, rule: SeatRule, seats: number): { children: string[]; adults: number } {
  let { adults } = booking;
  const children = booking.children.map(({ id }) => id);
  while (rule !== 'children' && adults > 0 && seatsFor(rule, children.length, adults) > seats) adults -= 1;
  while (children.length > 1 && seatsFor(rule, children.length, adults) > seats) children.pop();
  return { children, adults };
}

/** Seats that are free, but too few for the party that is next. */
export function fewFree({ session, state, size }: BookingView): number {
  const free = session.capacity - session.used;
  return state.is === 'waitlisted' && state.place === 1 && free > 0 && free < size ? free : 0;
}
