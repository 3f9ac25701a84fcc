// What a family wishes for in a draw: sessions in order of preference, which all of its party may come to.
import type { BookingView, ChildName, DrawView, EventOpened, SessionFill } from '$lib/bindings';
import { joining, joiningAny } from '../seats';

/** Earlier misses that weigh, by the rules of the draw. */
export const MOST_MISSES = 5;

/** Sessions in the order of the wishes; what is not known here is left out. */
export function wished(sessions: readonly SessionFill[], wishes: readonly string[]): SessionFill[] {
  return wishes.flatMap((id) => sessions.find((session) => session.id === id) ?? []);
}

/** Children who may come to every session that is wished for; before the first wish, to any. */
export function joiningAll(opened: EventOpened, wishes: readonly string[]): ChildName[] {
  return joiningAny(opened).filter(({ id }) => wishes.every((session) => joining(opened, session).some((child) => child.id === id)));
}

/** What is drawn stands: sign-up has closed, and nobody has drawn. */
export const isFixed = (draw: DrawView | null): boolean => draw?.phase.is === 'closing' || draw?.phase.is === 'rolled';

/** Seats are still to be drawn. */
export const isAhead = (draw: DrawView | null): draw is DrawView => draw !== null && draw.phase.is !== 'drawn';

/** It stands, or stood, in a draw and has no session of its own: its wishes say what it is for. */
export function isEntry({ wishes, state }: Pick<BookingView, 'wishes' | 'state'>): boolean {
  return wishes.length > 0 && ['saved', 'sent', 'entered', 'not-drawn', 'withdrawn', 'refused'].includes(state.is);
}

/** The same wishes in the same order. */
export const sameOrder = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((id, i) => id === other[i]);
