// The desk's lists, and how sign-ups came in over time.
import type { BookingAnswer, BookingIs, ChildName, DeskBooking } from '$lib/bindings';
import { instant } from '$lib/when';
import { m } from '$messages';
import { isLive } from './seats';

export type DeskTab = 'booked' | 'waiting' | 'not-drawn' | 'gone';

export function inTab(state: BookingIs, tab: DeskTab): boolean {
  const gone = state.is === 'withdrawn' || state.is === 'lapsed' || state.is === 'displaced' || state.is === 'released' || state.is === 'refused';
  if (gone) return tab === 'gone';
  if (state.is === 'waitlisted') return tab === 'waiting';
  return tab === (state.is === 'not-drawn' ? 'not-drawn' : 'booked');
}

/** What a family answered, in one line; the question only where several are asked. */
export function answersWords(answers: readonly BookingAnswer[]): string {
  const given = answers.filter(({ answer }) => answer.trim());
  const words = given.map(({ question, answer }) => (answers.length > 1 ? m.plan_answer_to({ question, answer: answer.trim() }) : answer.trim()));
  return words.join(m.common_semicolon()).replace(/\s+/g, ' ');
}

/** Guardians who have a seat or wait for one, each once: in one session, or in any. A family is counted by them. */
export function guardiansOf(bookings: readonly DeskBooking[], session?: string): string[] {
  const live = bookings.filter((booking) => isLive(booking) && (session === undefined || booking.session === session));
  return [...new Set(live.map(({ guardian }) => guardian.id))];
}

/** Children of the same guardian who come to something here with another booking. */
export function siblingsOf(of: DeskBooking, bookings: readonly DeskBooking[]): ChildName[] {
  const others = bookings.filter(({ id, guardian }) => id !== of.id && guardian.id === of.guardian.id);
  const known = new Map(others.flatMap(({ children }) => children).map((child) => [child.id, child]));
  return [...known.values()].filter(({ id }) => !of.children.some((child) => child.id === id));
}

export interface Point {
  at: number;
  seats: number;
}

/** Seats asked for so far, after each booking that still stands. */
export function growth(bookings: readonly DeskBooking[]): Point[] {
  const standing = bookings.filter((b) => !inTab(b.state, 'gone'));
  const times = standing.map((b) => ({ at: instant(b.at).getTime(), seats: b.size })).sort((a, b) => a.at - b.at);
  let seats = 0;
  return times.map((one) => ({ at: one.at, seats: (seats += one.seats) }));
}

export interface Drawn {
  path: string;
  /** The last point. */
  x: number;
  y: number;
  /** Where the line of all seats lies. */
  full: number;
}

/** The steps of `points` in a box: a sign-up counts from its moment on. */
export function draw(points: readonly Point[], capacity: number, from: number, to: number, width: number, height: number): Drawn {
  const most = Math.max(capacity, points.at(-1)?.seats ?? 0, 1);
  const across = (at: number) => round(((at - from) / Math.max(1, to - from)) * width);
  const up = (seats: number) => round(height - (seats / most) * height);
  let path = `M0 ${height}`;
  let y = height;
  for (const point of thinned(points)) {
    y = up(point.seats);
    path += `H${across(point.at)}V${y}`;
  }
  return { path: `${path}H${width}`, x: width, y, full: up(capacity) };
}

/** More points than pixels draw the same line. */
const MOST_POINTS = 240;
function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_POINTS) return points;
  const every = points.length / MOST_POINTS;
  return Array.from({ length: MOST_POINTS }, (_, i) => points[Math.min(points.length - 1, Math.round((i + 1) * every) - 1)]!);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Seats at the end of each of `steps` equal stretches: the numbers behind the drawing. */
export function table(points: readonly Point[], from: number, to: number, steps: number): Point[] {
  return Array.from({ length: steps }, (_, i) => {
    const at = from + ((i + 1) * (to - from)) / steps;
    return { at, seats: points.findLast((p) => p.at <= at)?.seats ?? 0 };
  });
}
