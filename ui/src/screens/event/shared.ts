// Seats that several sessions share: in a plan by which session's they are, in what stands by the session they are counted with.
import type { SessionFill } from '$lib/bindings';
import { m } from '$messages';
import type { SessionPlan } from './plan';
import { sessionName } from './words';

/** Each session's seats once: of those that share them the one with which most can still be had. */
export function counted<S extends Pick<SessionFill, 'id' | 'pool' | 'open_seats'>>(sessions: readonly S[]): S[] {
  const better = (one: S, than: S) => one.open_seats > than.open_seats;
  return sessions.filter(
    (one, at) => one.pool === null || !sessions.some((other, i) => other.pool === one.pool && (better(other, one) || (other.open_seats === one.open_seats && i < at))),
  );
}

/** "和第 1 组、第 3 组共用这 30 个名额"; empty where it shares none. */
export function sharedWords(session: SessionFill, sessions: readonly SessionFill[], zone: string): string {
  const others = session.pool === null ? [] : sessions.filter(({ id, pool, cancelled }) => pool === session.pool && id !== session.id && cancelled === null);
  return others.length ? m.pool_with({ sessions: others.map((other) => sessionName(other, zone)).join(m.common_comma()), seats: session.capacity }) : '';
}

/** The session of a plan whose seats this one has: its own, if it shares none. */
export function seatsAt(sessions: readonly SessionPlan[], at: number): number {
  return sessions[at]?.sharesWith ?? at;
}

/** Whether its seats are those of others too. */
export function isShared(sessions: readonly SessionPlan[], at: number): boolean {
  return sessions[at]?.sharesWith !== undefined || sessions.some(({ sharesWith }) => sharesWith === at);
}

/** Sessions before a new one whose seats it may share: what stands alone was published so. */
export function sharable(sessions: readonly SessionPlan[], at: number, fixed: (session: SessionPlan) => boolean): number[] {
  if (sessions[at]?.id !== undefined || sessions.some(({ sharesWith }) => sharesWith === at)) return [];
  return sessions.flatMap((session, i) => {
    const open = i < at && session.sharesWith === undefined && !fixed(session);
    return open && (session.id === undefined || isShared(sessions, i)) ? [i] : [];
  });
}

/** Without one of them: who shared its seats goes on sharing them, with the first of those that are left. */
export function without(sessions: readonly SessionPlan[], gone: number): SessionPlan[] {
  const heir = sessions.findIndex(({ sharesWith }) => sharesWith === gone);
  const seats = sessions[gone]?.capacity ?? '';
  const moved = (at: number) => (at > gone ? at - 1 : at);
  return sessions.flatMap((session, at) => {
    if (at === gone) return [];
    if (at === heir) return [{ ...session, sharesWith: undefined, capacity: seats }];
    const first = session.sharesWith === gone ? heir : session.sharesWith;
    return [{ ...session, sharesWith: first === undefined ? undefined : moved(first) }];
  });
}
